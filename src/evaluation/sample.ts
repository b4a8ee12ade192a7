/** Joins an item and what the engine answered into the scored sample that is written down. */
import type { Benchmark, GenerateItem } from '../benchmarks/benchmark.ts';
import type { GenerateRequest, GenerateResult, LoglikelihoodResult } from '../engine/engine.ts';
import { Interrupted } from '../errors.ts';
import { scoreChoices, weigh } from '../scoring/choice.ts';
import type { Sample, Score } from '../scoring/score.ts';
import type { Answer } from './ask.ts';
import { promptHash, promptOf, type Request } from './request.ts';

export interface SampleOptions {
  /** Tokens that the model's context holds. */
  readonly context: number;
  /** Write the whole prompt down. */
  readonly logPrompts?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Scores one answer. A failed request, one that has no room in the model's context and a scorer's own failure end as
 * `error`, with the reason in `why`.
 */
export async function sampleOf(
  benchmark: Benchmark,
  asked: Request,
  answer: Answer,
  { context, logPrompts = false, signal }: SampleOptions,
): Promise<Sample> {
  const { item } = asked;
  const head = {
    benchmark: benchmark.name,
    id: item.id,
    ...(item.drawnFor === undefined ? {} : { item: item.drawnFor }),
    index: item.index,
    cluster: item.cluster,
    prompt_sha256: promptHash(asked),
    ...(logPrompts ? { prompt: promptOf(asked) } : {}),
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
      tokens: tokensOf(promptTokens, sum(weighed.map(({ tokens }) => tokens)), answer.cutTokens),
    };
  }
  const { text, finish, tokens } = answer as GenerateResult;
  const fit = fitOf(asked.request, answer as GenerateResult, context);
  const score = fit.none
    ? failed(fit.why)
    : withEnd(await scoreText(benchmark, asked.item, text, finish, signal), fit.why);
  return {
    ...head,
    output: text,
    choices: [],
    ...tail(fit.none ? score : withCut(score, answer.cutTokens), item.gold),
    tokens: tokensOf(tokens.prompt, tokens.completion, answer.cutTokens),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function tokensOf(prompt: number, completion: number, cut = 0): Sample['tokens'] {
  return { prompt, completion, ...(cut > 0 ? { cut } : {}) };
}

/**
 * What the model's context had to do with the end of an answer. Where an answer alone may take more tokens than the
 * context holds, lm-evaluation-harness 0.4.13 (lm_eval/models/huggingface.py, `generate_until`) stops with an assertion.
 * Here the answer gets what its whole prompt leaves; a prompt that leaves nothing (`none`) cannot be asked. An empty
 * `why`: nothing.
 */
function fitOf(
  { maxTokens }: GenerateRequest,
  { finish, tokens, cutTokens = 0 }: GenerateResult,
  context: number,
): { readonly none: boolean; readonly why: string } {
  if (maxTokens < context) return { none: false, why: '' };
  if (cutTokens > 0)
    return {
      none: true,
      why: `A prompt of ${tokens.prompt + cutTokens} tokens leaves no room for the answer: it may take ${maxTokens}, and the model's context holds ${context} in all.`,
    };
  if (finish !== 'length') return { none: false, why: '' };
  return {
    none: false,
    why: `The answer ended with the model's context of ${context} tokens, after ${tokens.completion} of ${maxTokens} that it may take.`,
  };
}

function withEnd(score: Score, why: string): Score {
  return why === '' ? score : { ...score, why: `${score.why} ${why}` };
}

/** A prompt that did not fit was not the benchmark's prompt any more: whoever reads the sample must see it. */
function withCut(score: Score, cut: number | undefined): Score {
  if (!cut) return score;
  return withEnd(score, `The prompt lost its first ${cut} tokens: the model's context is shorter.`);
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
