/**
 * Scores a response to an IFEval prompt. Compatible: the verdicts of lm-evaluation-harness 0.4.13 (tasks/ifeval), strict
 * on the response as it is, loose if any of its versions follows (`loose.ts`). Corrected: the same with a careful
 * reader's verdict on each instruction. A prompt counts when all of its instructions are followed.
 */
import type { Ending } from '../../benchmarks/benchmark.ts';
import { pythonStrip } from '../../text/python-text.ts';
import type { InstructionVerdict, Metrics, Score } from '../score.ts';
import type { BoundInstruction } from './instruction.ts';
import { looseVersions } from './loose.ts';
import { bindTarget, type IfevalTarget } from './target.ts';
import { loadLanguages } from './tools/language.ts';

/** Never throws. `target` must be one that `isIfevalTarget` accepts; another ends as `error`. */
export async function scoreIfeval(output: string, target: IfevalTarget, ending?: Ending): Promise<Score> {
  const bound = bindTarget(target);
  if (bound === null) {
    const why = 'The target is not {prompt, instruction_id_list, kwargs} with instructions of IFEval.';
    return { value: 0, answer: null, outcome: 'error', why, readings: { compatible: {}, corrected: {} } };
  }
  await loadLanguages();
  const verdicts = judge(output, target.instruction_id_list, bound);
  const followed = verdicts.filter((verdict) => verdict.corrected.strict).length;
  const all = followed === verdicts.length;
  const empty = pythonStrip(output) === '';
  const answer = `${followed} of ${verdicts.length} instructions followed`;
  const count = verdicts.length;
  return {
    value: all ? 1 : 0,
    answer: empty ? null : answer,
    outcome: empty ? 'no_answer' : all ? 'correct' : ending === 'length' ? 'truncated' : 'wrong',
    why: empty ? 'The response is empty.' : sentence(answer, verdicts, all ? undefined : ending),
    readings: {
      compatible: metrics(verdicts.map(({ strict, loose }) => ({ strict, loose }))),
      corrected: metrics(verdicts.map(({ corrected }) => corrected)),
    },
    weights: { inst_level_strict_acc: count, inst_level_loose_acc: count },
    instructions: verdicts,
  };
}

function judge(
  output: string,
  ids: readonly string[],
  bound: readonly BoundInstruction[],
): InstructionVerdict[] {
  const versions = looseVersions(output);
  const blank = pythonStrip(output) === '';
  return bound.map((instruction, i) => {
    const strict = !blank && instruction.original(output);
    const finding = blank ? { followed: false, why: 'empty' } : instruction.corrected(output);
    return {
      id: ids[i]!,
      strict,
      loose: strict || versions.some((version) => version !== output && instruction.original(version)),
      corrected: {
        strict: finding.followed,
        loose:
          finding.followed ||
          versions.some((version) => version !== output && instruction.corrected(version).followed),
      },
      why: finding.why,
    };
  });
}

/** The four metrics of one prompt; those of instructions are shares, which `weights` make shares of all instructions. */
function metrics(verdicts: readonly { readonly strict: boolean; readonly loose: boolean }[]): Metrics {
  const share = (which: 'strict' | 'loose'): number =>
    verdicts.filter((verdict) => verdict[which]).length / verdicts.length;
  return {
    prompt_level_strict_acc: Number(share('strict') === 1),
    inst_level_strict_acc: share('strict'),
    prompt_level_loose_acc: Number(share('loose') === 1),
    inst_level_loose_acc: share('loose'),
  };
}

function sentence(answer: string, verdicts: readonly InstructionVerdict[], ending?: Ending): string {
  const broken = verdicts.filter((verdict) => !verdict.corrected.strict);
  const faults = broken.map(({ id, why }) => `${id} (${why})`).join('; ');
  const cut = ending === 'length' ? 'Cut off at the token limit. ' : '';
  return `${cut}${answer}${faults === '' ? '' : `; not followed: ${faults}`}.`;
}
