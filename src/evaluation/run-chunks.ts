/**
 * Asks a model chunk by chunk. Every part of a finished chunk goes into its benchmark's journal under the key of the
 * whole chunk; a chunk is taken from the disk when all of its parts are there.
 */
import type { ModelSession, Sampling } from '../engine/engine.ts';
import { Interrupted } from '../errors.ts';
import { monotonic } from '../platform/clock.ts';
import type { Progress } from '../study/events.ts';
import { type Answer, askChunk } from './ask.ts';
import type { BenchmarkRun } from './benchmark-run.ts';
import { type Chunk, type Part, planChunks } from './chunks.ts';
import type { Request } from './request.ts';
import { chunkKey, type Response } from './response-journal.ts';

export interface ChunkOptions {
  readonly signal?: AbortSignal | undefined;
  /** How tokens are drawn; greedy without it. */
  readonly sampling?: Sampling | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Called in the order of the list for every benchmark whose last answer is there. */
  readonly onComplete: (run: BenchmarkRun) => Promise<void>;
}

/** Throws Interrupted when the signal aborts; the chunks finished by then are kept. */
export async function runChunks(
  session: ModelSession,
  runs: readonly BenchmarkRun[],
  { signal, sampling, onProgress, onComplete }: ChunkOptions,
): Promise<void> {
  const total = runs.reduce((sum, { requests }) => sum + requests.length, 0);
  let done = 0;
  let tokens = 0;
  let reported = -1;
  // The count is that of all benchmarks: a name alone beside it would claim all the items for one of them.
  const all = runs.length > 1 ? `${runs.length} benchmarks, now ` : '';
  const report = (benchmark: string, fresh = 0): void => {
    reported = done + fresh;
    onProgress?.({ done: reported, total, unit: 'items', tokens, note: `${all}${benchmark}` });
  };
  const waiting = [...runs];
  const complete = async (): Promise<void> => {
    while (waiting[0]?.complete) await onComplete(waiting.shift()!);
  };
  await complete();
  const lists = runs.map(({ requests }) => requests);
  for (const chunk of planChunks(lists, session.description.parameters)) {
    if (signal?.aborted) throw new Interrupted();
    report(runs[chunk[0]!.list]!.benchmark.name);
    await runChunk(session, runs, chunk, { signal, sampling }, (benchmark, fresh, more) => {
      tokens += more;
      report(benchmark, fresh);
    });
    done += chunk.reduce((sum, part) => sum + size(part), 0);
    // Restored items and failed ones have not been reported one by one.
    if (reported < done) report(runs[chunk.at(-1)!.list]!.benchmark.name);
    await complete();
  }
}

const size = ({ from, to }: Part): number => to - from;

/** `onAnswer`: the benchmark's name, how many of the chunk are answered, and the tokens that this one took. */
async function runChunk(
  session: ModelSession,
  runs: readonly BenchmarkRun[],
  chunk: Chunk,
  { signal, sampling }: Pick<ChunkOptions, 'signal' | 'sampling'>,
  onAnswer: (benchmark: string, count: number, tokens: number) => void,
): Promise<void> {
  const requests = toldApart(runs, chunk);
  const key = chunkKey(session.fingerprint, requests, sampling);
  const kept = await Promise.all(chunk.map((part) => runs[part.list]!.kept(key, part)));
  if (kept.every((part) => part !== undefined)) {
    chunk.forEach((part, at) => {
      runs[part.list]!.timing.restored += size(part);
      runs[part.list]!.take(key, part, kept[at]!);
    });
    return;
  }
  const owner = new Map(
    chunk.flatMap((part, at) => placesOf(chunk, at).map((place) => [requests[place]!.request.id, part.list])),
  );
  const seen = new Set<string>();
  const spent = new Map<number, number>();
  const started = monotonic();
  const { answers, together } = await askChunk(session, requests, {
    signal,
    sampling,
    onResult: (response) => {
      const list = owner.get(response.id)!;
      const { prompt, completion } = tokensOf(response);
      runs[list]!.timing.prompt_tokens += prompt;
      runs[list]!.timing.completion_tokens += completion;
      spent.set(list, (spent.get(list) ?? 0) + prompt + completion);
      seen.add(response.id);
      onAnswer(runs[list]!.benchmark.name, seen.size, prompt + completion);
    },
  });
  const seconds = (monotonic() - started) / 1000;
  const all = [...spent.values()].reduce((sum, count) => sum + count, 0);
  // A failure is not kept, nor what was asked in pieces: the next start asks again.
  const keep = together && answers.every((answer) => !('failure' in answer));
  await Promise.all(
    chunk.map(async (part, at) => {
      const run = runs[part.list]!;
      const own = placesOf(chunk, at).map((place, index): Answer => {
        const { id } = run.requests[part.from + index]!.request;
        return { ...answers[place]!, id };
      });
      run.timing.asked += own.length;
      run.timing.seconds += all > 0 ? (seconds * (spent.get(part.list) ?? 0)) / all : 0;
      if (keep) await run.keep(key, own as readonly Response[]);
      run.take(key, part, own);
    }),
  );
}

/** Where the requests of a part stand in its chunk. */
function placesOf(chunk: Chunk, at: number): number[] {
  const start = chunk.slice(0, at).reduce((sum, part) => sum + size(part), 0);
  return Array.from({ length: size(chunk[at]!) }, (_, index) => start + index);
}

/** The requests of a chunk. Ids are unique in a benchmark only: side by side with others they begin with its name. */
function toldApart(runs: readonly BenchmarkRun[], chunk: Chunk): Request[] {
  return chunk.flatMap(({ list, from, to }) => {
    const { benchmark, requests } = runs[list]!;
    const own = requests.slice(from, to);
    if (chunk.length === 1) return own;
    const named = (id: string) => `${benchmark.name}: ${id}`;
    return own.map(
      (one): Request =>
        one.kind === 'generate'
          ? { ...one, request: { ...one.request, id: named(one.request.id) } }
          : { ...one, request: { ...one.request, id: named(one.request.id) } },
    );
  });
}

function tokensOf(response: Response): { prompt: number; completion: number } {
  if ('tokens' in response) return response.tokens;
  return {
    prompt: response.promptTokens,
    completion: response.choices.reduce((sum, choice) => sum + choice.tokens, 0),
  };
}
