/**
 * Asks the engine one chunk. The chunk is always the same set of requests in the same order, because the last bits of
 * a float may depend on what is computed together. When the engine fails on a chunk, its halves are asked, and so on, so
 * that a single impossible request costs only its own item. If all can be answered so, the failure was a passing one,
 * and the chunk is asked together once more.
 */
import type { ModelSession, Sampling } from '../engine/engine.ts';
import { ImpossibleRequest } from '../engine/impossible-request.ts';
import { Interrupted } from '../errors.ts';
import type { Request } from './request.ts';
import type { Response } from './response-journal.ts';

/** A request the engine could not answer: the item's outcome will be `error` with this reason. */
export interface Failure {
  readonly id: string;
  readonly failure: string;
}
export type Answer = Response | Failure;

export interface AskOptions {
  readonly onResult?: (response: Response) => void;
  readonly signal?: AbortSignal | undefined;
  /** Greedy without it. */
  readonly sampling?: Sampling | undefined;
  /** Answers that an earlier call for the same chunk has given to `onUnit`. */
  readonly known?: ReadonlyMap<string, Response> | undefined;
  /** Called with answers that may be kept: those of an undisturbed run, bit for bit. */
  readonly onUnit?: ((responses: readonly Response[]) => void) | undefined;
}

export interface ChunkAnswers {
  /** In the order of the chunk. */
  readonly answers: readonly Answer[];
  /** False where requests were asked in pieces: the last bits may differ from those of an undisturbed run. */
  readonly together: boolean;
}

/**
 * Throws Interrupted when the signal aborts, and the engine's own error when it fails at every one of several requests,
 * unless each of them is one that no engine could answer.
 */
export async function askChunk(
  session: ModelSession,
  chunk: readonly Request[],
  options: AskOptions = {},
): Promise<ChunkAnswers> {
  const known = new Map(options.known);
  const onUnit = (responses: readonly Response[]): void => {
    const sound = responses.filter((response) => !('failure' in finite(response)));
    for (const response of sound) known.set(response.id, response);
    options.onUnit?.(sound);
  };
  const whole = async (): Promise<ChunkAnswers> => ({
    answers: (await askTogether(session, chunk, options, { known, onUnit })).map(finite),
    together: true,
  });
  try {
    return await whole();
  } catch (error) {
    stopIfAborted(options.signal, error);
  }
  const failures: unknown[] = [];
  const answers = await askHalves(session, chunk, options, failures);
  const failed = answers.filter((answer) => 'failure' in answer);
  // An engine that can answer nothing is broken; that is no result about the model. One request proves nothing.
  const broken = failed.length === answers.length && chunk.length > 1;
  const impossible =
    failures.length === failed.length && failures.every((one) => one instanceof ImpossibleRequest);
  if (broken && !impossible) throw failures.at(-1) ?? new Error(failed.at(-1)!.failure);
  if (failed.length > 0) return { answers, together: false };
  try {
    return await whole();
  } catch (error) {
    stopIfAborted(options.signal, error);
    return { answers, together: false };
  }
}

/** The answers to a chunk that failed: each half together, and so on down to the requests that fail alone. */
async function askHalves(
  session: ModelSession,
  chunk: readonly Request[],
  options: AskOptions,
  failures: unknown[],
): Promise<readonly Answer[]> {
  const middle = Math.ceil(chunk.length / 2);
  const answers: Answer[] = [];
  // A chunk of one is its own first half: it is asked once more.
  const halves = [chunk.slice(0, middle), chunk.slice(middle)].filter((half) => half.length > 0);
  for (const half of halves) {
    try {
      answers.push(...(await askTogether(session, half, options)).map(finite));
    } catch (error) {
      stopIfAborted(options.signal, error);
      if (half.length > 1) answers.push(...(await askHalves(session, half, options, failures)));
      else {
        failures.push(error);
        const failure = error instanceof Error ? error.message : String(error);
        answers.push({ id: half[0]!.request.id, failure });
      }
    }
  }
  return answers;
}

/** A log-probability that is no number is the engine's failure, not a judgement about the choice. */
function finite(response: Response): Answer {
  if (!('choices' in response)) return response;
  const bad = response.choices.findIndex((choice) => !Number.isFinite(choice.logprob));
  if (bad < 0) return response;
  const failure = `the log-probability of choice ${bad} is ${response.choices[bad]?.logprob}`;
  return { id: response.id, failure };
}

function stopIfAborted(signal: AbortSignal | undefined, error: unknown): void {
  if (error instanceof Interrupted) throw error;
  if (signal?.aborted) throw new Interrupted();
}

/** `units`: where the chunk is asked as a whole; units of its pieces are others. */
async function askTogether(
  session: ModelSession,
  chunk: readonly Request[],
  options: AskOptions,
  units: Partial<Pick<Required<AskOptions>, 'known' | 'onUnit'>> = {},
): Promise<readonly Response[]> {
  const byId = new Map(units.known);
  const onResult = (response: Response): void => {
    byId.set(response.id, response);
    options.onResult?.(response);
  };
  const run = {
    onResult,
    onUnit: (ids: readonly string[]) => units.onUnit?.(ids.map((id) => byId.get(id)!)),
    known: new Set(byId.keys()),
    ...(options.signal ? { signal: options.signal } : {}),
  };
  const generate = chunk.flatMap((one) => (one.kind === 'generate' ? [one.request] : []));
  const choose = chunk.flatMap((one) => (one.kind === 'choice' ? [one.request] : []));
  const sampling = options.sampling ?? { temperature: 0 };
  if (generate.length > 0) await session.generate(generate, { ...run, sampling });
  if (choose.length > 0) await session.loglikelihood(choose, run);
  if (options.signal?.aborted) throw new Interrupted();
  return chunk.map(({ request }) => {
    const response = byId.get(request.id);
    if (response === undefined) throw new Error(`the engine gave no answer for item ${request.id}`);
    return response;
  });
}
