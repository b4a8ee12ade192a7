/**
 * Asks a model chunk by chunk. Answers go into their benchmark's journal, under the key of the chunk, as soon as the
 * engine has finished the unit that they were computed in. Of a chunk that was broken off only the other units are
 * computed; one whose answers are all on the disk costs no call.
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
  /** Called once, before the model is asked anything. */
  readonly onKept?: ((kept: KeptAnswers) => void) | undefined;
  /** Called in the order of the list for every benchmark whose last answer is there. */
  readonly onComplete: (run: BenchmarkRun) => Promise<void>;
}

/** What earlier starts have left, in answers. */
export interface KeptAnswers {
  /** On the disk: not asked again. */
  readonly kept: number;
  /** Asked again: what is on the disk was computed in another chunk. */
  readonly elsewhere: number;
  /** Asked for. */
  readonly total: number;
}

/** A chunk with its requests and the answers to them that are on the disk, by the id that the engine is asked with. */
interface PlannedChunk {
  readonly chunk: Chunk;
  readonly requests: readonly Request[];
  readonly key: string;
  readonly known: ReadonlyMap<string, Response>;
  /** Requests that only another chunk has an answer to. */
  readonly elsewhere: number;
}

/** Throws Interrupted when the signal aborts; the units finished by then are kept. */
export async function runChunks(
  session: ModelSession,
  runs: readonly BenchmarkRun[],
  { signal, sampling, onProgress, onKept, onComplete }: ChunkOptions,
): Promise<void> {
  const total = runs.reduce((sum, { requests }) => sum + requests.length, 0);
  const lists = runs.map(({ requests }) => requests);
  const planned: PlannedChunk[] = [];
  for (const chunk of planChunks(lists, session.description.parameters))
    planned.push(await plan(session, runs, chunk, sampling));
  const keptBefore = planned.reduce((sum, { known }) => sum + known.size, 0);
  onKept?.({
    kept: keptBefore,
    elsewhere: planned.reduce((sum, { elsewhere }) => sum + elsewhere, 0),
    total,
  });
  // Finished chunks, and what is on the disk of those that come after the present one.
  let done = keptBefore;
  let tokens = 0;
  let reported = '';
  // The count is that of all benchmarks: a name alone beside it would claim all the items for one of them.
  const all = runs.length > 1 ? `${runs.length} benchmarks, now ` : '';
  const report = (benchmark: string, kept = 0, answered = 0): void => {
    const ahead = answered - kept;
    reported = `${done + kept} ${ahead}`;
    const progress = { done: done + kept, ...(ahead > 0 ? { ahead } : {}), total, tokens };
    onProgress?.({ ...progress, unit: 'items', note: `${all}${benchmark}` });
  };
  const waiting = [...runs];
  const complete = async (): Promise<void> => {
    while (waiting[0]?.complete) await onComplete(waiting.shift()!);
  };
  await complete();
  for (const planning of planned) {
    const { chunk, known } = planning;
    if (signal?.aborted) throw new Interrupted();
    done -= known.size;
    report(runs[chunk[0]!.list]!.benchmark.name, known.size, known.size);
    await runChunk(session, runs, planning, { signal, sampling }, (benchmark, counts) => {
      tokens += counts.tokens;
      report(benchmark, counts.kept, counts.answered);
    });
    done += chunk.reduce((sum, part) => sum + size(part), 0);
    // Restored items and failed ones have not been reported one by one.
    if (reported !== `${done} 0`) report(runs[chunk.at(-1)!.list]!.benchmark.name);
    await complete();
  }
}

const size = ({ from, to }: Part): number => to - from;

interface Counts {
  /** Of the chunk's items: in units that are finished, or on the disk before. */
  readonly kept: number;
  /** Of the chunk's items: answered. */
  readonly answered: number;
  /** Read and written for this answer. */
  readonly tokens: number;
}

async function plan(
  session: ModelSession,
  runs: readonly BenchmarkRun[],
  chunk: Chunk,
  sampling: Sampling | undefined,
): Promise<PlannedChunk> {
  const requests = toldApart(runs, chunk, sampling !== undefined);
  const key = chunkKey(session.fingerprint, requests, sampling);
  const known = new Map<string, Response>();
  let elsewhere = 0;
  for (const [at, part] of chunk.entries()) {
    const run = runs[part.list]!;
    const stored = await run.kept(key);
    const start = startOf(chunk, at);
    for (const [index, id] of ownIds(run, part).entries()) {
      const asked = requests[start + index]!.request.id;
      const found = stored.get(id);
      if (found !== undefined) known.set(asked, { ...found, id: asked });
      else if (await run.answeredElsewhere(id)) elsewhere++;
    }
  }
  return { chunk, requests, key, known, elsewhere };
}

const ownIds = ({ requests }: BenchmarkRun, { from, to }: Part): string[] =>
  requests.slice(from, to).map(({ request }) => request.id);

/** `onAnswer`: the benchmark's name, and what is done of the chunk. */
async function runChunk(
  session: ModelSession,
  runs: readonly BenchmarkRun[],
  { chunk, requests, key, known }: PlannedChunk,
  { signal, sampling }: Pick<ChunkOptions, 'signal' | 'sampling'>,
  onAnswer: (benchmark: string, counts: Counts) => void,
): Promise<void> {
  const places = new Map<string, { readonly run: BenchmarkRun; readonly id: string }>();
  chunk.forEach((part, at) => {
    const run = runs[part.list]!;
    const start = startOf(chunk, at);
    ownIds(run, part).forEach((id, index) => {
      const asked = requests[start + index]!.request.id;
      places.set(asked, { run, id });
      if (known.has(asked)) run.timing.restored++;
      else run.timing.asked++;
    });
  });
  const take = (answers: readonly Answer[]): void =>
    chunk.forEach((part, at) => {
      const start = startOf(chunk, at);
      const its = ownIds(runs[part.list]!, part).map(
        (id, index): Answer => ({ ...answers[start + index]!, id }),
      );
      runs[part.list]!.take(key, part, its);
    });
  if (known.size === requests.length) {
    take(requests.map(({ request }) => known.get(request.id)!));
    return;
  }
  const answered = new Set(known.keys());
  const kept = new Set(known.keys());
  const keep = (responses: readonly Response[]): void => {
    const byRun = new Map<BenchmarkRun, Response[]>();
    for (const response of responses) {
      if (kept.has(response.id)) continue;
      kept.add(response.id);
      const { run, id } = places.get(response.id)!;
      byRun.set(run, [...(byRun.get(run) ?? []), { ...response, id }]);
    }
    for (const [run, its] of byRun) run.keep(key, its);
  };
  const spent = new Map<BenchmarkRun, number>();
  let latest = places.get(requests[0]!.request.id)!.run;
  const report = (tokens: number): void =>
    onAnswer(latest.benchmark.name, { kept: kept.size, answered: answered.size, tokens });
  const started = monotonic();
  const { answers, together } = await askChunk(session, requests, {
    signal,
    sampling,
    known,
    onUnit: (responses) => {
      keep(responses);
      report(0);
    },
    onResult: (response) => {
      latest = places.get(response.id)!.run;
      const { prompt, completion } = tokensOf(response);
      latest.timing.prompt_tokens += prompt;
      latest.timing.completion_tokens += completion;
      spent.set(latest, (spent.get(latest) ?? 0) + prompt + completion);
      answered.add(response.id);
      report(prompt + completion);
    },
  });
  const seconds = (monotonic() - started) / 1000;
  const all = [...spent.values()].reduce((sum, count) => sum + count, 0);
  for (const [run, tokens] of spent) run.timing.seconds += all > 0 ? (seconds * tokens) / all : 0;
  // A failure is not kept, nor what was asked in pieces: the next start asks again.
  if (together) keep(answers.filter((answer): answer is Response => !('failure' in answer)));
  await Promise.all(chunk.map((part) => runs[part.list]!.flush()));
  take(answers);
}

/** Where the first request of a part stands in its chunk. */
function startOf(chunk: Chunk, at: number): number {
  return chunk.slice(0, at).reduce((sum, part) => sum + size(part), 0);
}

/**
 * The requests of a chunk. Ids are unique in a benchmark only: side by side with others they begin with its name.
 * Tokens are drawn by id, so there they always do: what is asked beside a benchmark may not change its answers.
 */
function toldApart(runs: readonly BenchmarkRun[], chunk: Chunk, drawn: boolean): Request[] {
  return chunk.flatMap(({ list, from, to }) => {
    const { benchmark, requests } = runs[list]!;
    const own = requests.slice(from, to);
    if (chunk.length === 1 && !drawn) return own;
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
