/** Joins an item and what the engine answered into the scored sample that is written down. */
import type { Benchmark, GenerateItem } from '../benchmarks/benchmark.ts';
import type { GenerateResult, LoglikelihoodResult } from '../engine/engine.ts';
import { Interrupted } from '../errors.ts';
import { scoreChoices, weigh } from '../scoring/choice.ts';
import type { Sample, Score } from '../scoring/score.ts';
import type { Answer } from './ask.ts';
import { promptHash, type Request } from './request.ts';

/** Scores one answer. A failed request and a scorer's own failure end as `error`, with the reason in `why`. */
export async function sampleOf(
  benchmark: Benchmark,
  asked: Request,
  answer: Answer,
  signal?: AbortSignal,
): Promise<Sample> {
  const { item } = asked;
  const head = {
    benchmark: benchmark.name,
    id: item.id,
    ...(item.drawnFor === undefined ? {} : { item: item.drawnFor }),
    index: item.index,
    cluster: item.cluster,
    prompt_sha256: promptHash(asked),
    kind: item.kind,
    ...(item.problem === undefined ? {} : { problem: item.problem }),
  } as const;
  if (signal?.aborted) throw new Interrupted();
  if ('failure' in answer) {
    const score = failed(`The engine could not answer: ${answer.failure}`);
    return {
      ...head,
      output: '',
      choices: [],
      ...tail(score, item.gold),
      tokens: { prompt: 0, completion: 0 },
    };
  }
  if (asked.kind === 'choice') {
    const { choices, promptTokens } = answer as LoglikelihoodResult;
    const weighed = asked.item.choices.map((text, i) =>
      weigh(text, choices[i]?.logprob ?? Number.NaN, choices[i]?.tokens ?? 0),
    );
    const { chosen, ...score } = scoreChoices(asked.item, weighed, benchmark.metric);
    return {
      ...head,
      output: chosen === null ? '' : weighed[chosen]!.text,
      // JSON has no word for infinity: numbers that cannot be written are not written.
      choices: chosen === null ? [] : weighed,
      ...tail(withCut(score, answer.cutTokens), item.gold),
      tokens: { prompt: promptTokens, completion: weighed.reduce((sum, choice) => sum + choice.tokens, 0) },
    };
  }
  const { text, finish, tokens } = answer as GenerateResult;
  const score = await scoreText(benchmark, asked.item, text, finish, signal);
  return { ...head, output: text, choices: [], ...tail(withCut(score, answer.cutTokens), item.gold), tokens };
}

/** A prompt that did not fit was not the benchmark's prompt any more: whoever reads the sample must see it. */
function withCut(score: Score, cut: number | undefined): Score {
  if (!cut) return score;
  return {
    ...score,
    why: `${score.why} The prompt lost its first ${cut} tokens: the model's context is shorter.`,
  };
}

/** The order of the fields is that of the contract: samples are compared byte for byte. */
function tail(
  { answer, value, outcome, why, readings, weights, instructions }: Score,
  gold: unknown,
): Pick<Sample, 'answer' | 'gold' | 'value' | 'outcome' | 'why' | 'readings' | 'weights' | 'instructions'> {
  return {
    ...{ answer, gold, value, outcome, why, readings },
    ...(weights === undefined ? {} : { weights }),
    ...(instructions === undefined ? {} : { instructions }),
  };
}

async function scoreText(
  benchmark: Benchmark,
  item: GenerateItem,
  text: string,
  finish: GenerateResult['finish'],
  signal?: AbortSignal,
): Promise<Score> {
  if (!benchmark.score) return failed(`${benchmark.name} has no scorer.`);
  try {
    const score = await benchmark.score(text, item, { ending: finish, ...(signal ? { signal } : {}) });
    return score.outcome === 'no_answer' && finish === 'length' ? { ...score, outcome: 'truncated' } : score;
  } catch (error) {
    if (signal?.aborted) throw new Interrupted();
    return failed(`The scorer failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function failed(why: string): Score {
  return { value: 0, answer: null, outcome: 'error', why, readings: { compatible: {}, corrected: {} } };
}
