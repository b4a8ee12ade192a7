/**
 * Evaluates a model on benchmarks: loads items, asks the engine in fixed chunks, keeps every finished chunk on disk,
 * scores, and writes `samples/<benchmark>.jsonl` and `results.json`. Killed at any moment and started again, it asks
 * only what is missing and ends with the same bytes.
 */
import { join } from 'node:path';
import type { Benchmark, Item } from '../benchmarks/benchmark.ts';
import type { ModelSession } from '../engine/engine.ts';
import { Interrupted } from '../errors.ts';
import { monotonic } from '../platform/clock.ts';
import { writeAtomic } from '../platform/files.ts';
import type { HubOptions } from '../platform/hub.ts';
import { lockFolder } from '../platform/lock.ts';
import type { Sample } from '../scoring/score.ts';
import type { Progress } from '../study/events.ts';
import { type Answer, askChunk } from './ask.ts';
import { keepEarlier } from './earlier-results.ts';
import { loadItems } from './load-items.ts';
import { type Request, requestFor } from './request.ts';
import { chunkKey, type Response, ResponseJournal } from './response-journal.ts';
import { type BenchmarkSummary, type EvaluationResults, summarise } from './results.ts';
import { sampleOf } from './sample.ts';

/** Items asked at once. Part of the result: changing it may change the last bits of log-probabilities. */
export const CHUNK: Readonly<Record<Item['kind'], number>> = { choice: 32, generate: 24 };

export interface EvaluateOptions {
  /** Folder for samples, results and responses. Without it nothing is written. */
  readonly out?: string;
  /** The first items of each benchmark; all without it. */
  readonly limit?: number;
  /** Ask through the model's chat template, few-shot examples as turns. */
  readonly chatTemplate?: boolean;
  readonly hub?: HubOptions;
  readonly signal?: AbortSignal;
  /** `done` and `total` in items over all benchmarks, `note` the benchmark's name. */
  readonly onProgress?: (progress: Progress) => void;
}

interface Loaded {
  readonly benchmark: Benchmark;
  readonly requests: readonly Request[];
}

interface Timing {
  seconds: number;
  asked: number;
  restored: number;
  prompt_tokens: number;
  completion_tokens: number;
}

/**
 * Returns the results of these benchmarks; in `results.json` those of earlier evaluations of the same model under the
 * same settings stay beside them. Items are loaded before the model is asked anything, so that missing data is found at
 * once. Throws UserError for data that cannot be had, for an `out` in which another process works or results of another
 * model lie, Interrupted when the signal aborts; the chunks finished by then are kept.
 */
export async function evaluate(
  session: ModelSession,
  benchmarks: readonly Benchmark[],
  options: EvaluateOptions = {},
): Promise<EvaluationResults> {
  const loaded: Loaded[] = [];
  for (const benchmark of benchmarks) {
    const items = await loadItems(benchmark, options.limit, options.hub);
    const render = options.chatTemplate ? session : null;
    loaded.push({ benchmark, requests: items.map((item) => requestFor(item, render)) });
  }
  const release = options.out === undefined ? undefined : await lockFolder(options.out, 'eval.lock');
  try {
    return await evaluateLoaded(session, loaded, options);
  } finally {
    await release?.();
  }
}

async function evaluateLoaded(
  session: ModelSession,
  loaded: readonly Loaded[],
  options: EvaluateOptions,
): Promise<EvaluationResults> {
  const total = loaded.reduce((sum, { requests }) => sum + requests.length, 0);
  let done = 0;
  let tokens = 0;
  const settings: EvaluationResults['settings'] = {
    fingerprint: session.fingerprint,
    limit: options.limit ?? null,
    chat_template: options.chatTemplate ?? false,
  };
  const names = loaded.map(({ benchmark }) => benchmark.name);
  const earlier = options.out === undefined ? {} : await keepEarlier(options.out, settings, names);
  const summaries: Record<string, BenchmarkSummary> = {};
  const timings: Record<string, Timing> = {};
  for (const { benchmark, requests } of loaded) {
    const timing: Timing = { seconds: 0, asked: 0, restored: 0, prompt_tokens: 0, completion_tokens: 0 };
    const before = done;
    const started = monotonic();
    options.onProgress?.({ done, total, unit: 'items', tokens, note: benchmark.name });
    const samples = await runBenchmark(session, benchmark, requests, options, timing, (count, more) => {
      done = before + count;
      tokens += more;
      options.onProgress?.({ done, total, unit: 'items', tokens, note: benchmark.name });
    });
    timing.seconds = (monotonic() - started) / 1000;
    timings[benchmark.name] = timing;
    summaries[benchmark.name] = summarise(benchmark, samples);
    if (options.out !== undefined) {
      const lines = samples.map((sample) => `${JSON.stringify(sample)}\n`).join('');
      await writeAtomic(join(options.out, 'samples', `${benchmark.name}.jsonl`), lines);
    }
  }
  const results: EvaluationResults = {
    model: session.description.name,
    settings,
    benchmarks: summaries,
  };
  if (options.out !== undefined) {
    await writeAtomic(
      join(options.out, 'timing.json'),
      `${JSON.stringify({ benchmarks: timings }, null, 2)}\n`,
    );
    const all = { ...results, benchmarks: { ...summaries, ...earlier } };
    await writeAtomic(join(options.out, 'results.json'), `${JSON.stringify(all, null, 2)}\n`);
  }
  return results;
}

async function runBenchmark(
  session: ModelSession,
  benchmark: Benchmark,
  requests: readonly Request[],
  options: EvaluateOptions,
  timing: Timing,
  onDone: (count: number, tokens: number) => void,
): Promise<readonly Sample[]> {
  const path = options.out === undefined ? null : join(options.out, 'responses', `${benchmark.name}.jsonl`);
  const journal = await ResponseJournal.open(path);
  const keys: string[] = [];
  const answers: Answer[] = [];
  try {
    for (const chunk of chunks(requests, CHUNK[benchmark.kind])) {
      if (options.signal?.aborted) throw new Interrupted();
      const key = chunkKey(session.fingerprint, chunk);
      keys.push(key);
      const kept = journal.get(key);
      if (kept) {
        timing.restored += kept.length;
        answers.push(...kept);
        onDone(answers.length, 0);
        continue;
      }
      const seen = new Set<string>();
      const { answers: asked, together } = await askChunk(session, chunk, {
        signal: options.signal,
        onResult: (response) => {
          const { prompt, completion } = tokensOf(response);
          timing.prompt_tokens += prompt;
          timing.completion_tokens += completion;
          seen.add(response.id);
          onDone(answers.length + seen.size, prompt + completion);
        },
      });
      timing.asked += asked.length;
      answers.push(...asked);
      // A failure is not kept, nor what was asked one by one: the next start asks again.
      if (together && asked.every((answer) => !('failure' in answer)))
        await journal.put(key, asked as readonly Response[]);
    }
    await journal.finish(keys);
  } finally {
    await journal.close();
  }
  // Programs run side by side; the scorer bounds how many.
  return Promise.all(requests.map((asked, i) => sampleOf(benchmark, asked, answers[i]!, options.signal)));
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

function tokensOf(response: Response): { prompt: number; completion: number } {
  if ('tokens' in response) return response.tokens;
  return {
    prompt: response.promptTokens,
    completion: response.choices.reduce((sum, choice) => sum + choice.tokens, 0),
  };
}
