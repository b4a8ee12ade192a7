/** What a model's context was too short for, in sentences beside the scores. */
import type { Sample } from '../scoring/score.ts';
import { counted } from '../text/counts.ts';
import type { BenchmarkRun } from './benchmark-run.ts';

/**
 * `context`: tokens that the model's context holds. lm-evaluation-harness warns of cut prompts as well ("Left truncation
 * applied" and "Combined length of context ... exceeds", lm_eval/models/huggingface.py of 0.4.13).
 */
export function contextWarnings(
  { benchmark: { name }, requests }: Pick<BenchmarkRun, 'benchmark' | 'requests'>,
  samples: readonly Sample[],
  context: number,
): readonly string[] {
  const warnings: string[] = [];
  const holds = `the model's context of ${counted(context, 'token')}`;
  const cut = samples.filter(({ outcome, tokens }) => tokens.cut !== undefined && outcome !== 'error').length;
  if (cut > 0)
    warnings.push(
      `${name}: ${cut} of ${counted(samples.length, 'prompt')} did not fit into ${holds} and lost their beginning, as in lm-evaluation-harness. The score is that of the cut prompts.`,
    );
  const asking = samples.filter((_, at) => {
    const asked = requests[at]!;
    return asked.kind === 'generate' && asked.request.maxTokens >= context;
  });
  const none = asking.filter(({ outcome, tokens }) => outcome === 'error' && tokens.cut !== undefined).length;
  if (none > 0)
    warnings.push(
      `${name}: ${counted(none, 'item')} ended as error: the prompt leaves no room for an answer in ${holds}.`,
    );
  const short = asking.filter(({ outcome }) => outcome === 'truncated').length;
  if (short > 0)
    warnings.push(
      `${name}: ${counted(short, 'answer')} ended with ${holds}, which is shorter than an answer may be. They count as truncated.`,
    );
  return warnings;
}
