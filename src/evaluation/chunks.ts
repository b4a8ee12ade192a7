/**
 * Which items are asked in one call. A large model is kept busy by a few items; a small one needs hundreds, more than one
 * benchmark has, so its chunks go on over the benchmarks. The engine computes a chunk in units; the unit under way is what
 * is lost when an evaluation is killed. A pure function of the model's size and the requests: chunks are part of the result, because
 * the last bits of log-probabilities may depend on what is computed together.
 */
import type { Item } from '../benchmarks/benchmark.ts';
import type { Request } from './request.ts';

/** Items asked at once of a model with `LARGE` parameters or more, and the fewest asked of any (if there are so many). */
export const CHUNK: Readonly<Record<Item['kind'], number>> = { choice: 32, generate: 24 };
const LARGE = 100e6;
/** So many times more for the smallest: the calls are then long enough for their beginning and end not to matter. */
const MOST_TIMES = 16;
/**
 * Tokens of a chunk where it holds more than `CHUNK` items: about 10 seconds on one core for the smallest models, which
 * compute 10 thousand tokens a second whatever their size, and for those whose speed is bound by arithmetic.
 */
const MOST_TOKENS = 100_000;
const PARAMETER_TOKENS = 4e11;
/** Characters a token, of a small vocabulary. The estimate must not need the tokenizer. */
const CHARACTERS = 3;

/** Neighbouring requests `from` (inclusive) to `to` (exclusive) of one list. */
export interface Part {
  readonly list: number;
  readonly from: number;
  readonly to: number;
}

/** Requests of one kind that are asked together, in this order: at most one part of each list, none of them empty. */
export type Chunk = readonly Part[];

export interface ChunkLimits {
  /** Items of a chunk at most. */
  readonly items: number;
  /** Tokens, by estimate, that a chunk of more than `CHUNK` items may come to; null: any number. */
  readonly tokens: number | null;
  /** Whether a chunk goes on over the borders of lists. */
  readonly across: boolean;
}

/** Of a model with so many parameters. */
export function chunkLimits(parameters: number, kind: Item['kind']): ChunkLimits {
  const times = Math.min(MOST_TIMES, Math.floor(LARGE / Math.max(1, parameters)));
  if (times < 2) return { items: CHUNK[kind], tokens: null, across: false };
  return {
    items: CHUNK[kind] * times,
    tokens: Math.min(MOST_TOKENS, PARAMETER_TOKENS / Math.max(1, parameters)),
    across: true,
  };
}

/**
 * Every request of every list (one list a benchmark, its requests of one kind) in exactly one chunk. Chunks come in the
 * order in which their last requests stand in the lists.
 */
export function planChunks(lists: readonly (readonly Request[])[], parameters: number): Chunk[] {
  const chunks: Chunk[] = [];
  const open = { choice: new OpenChunk(), generate: new OpenChunk() };
  const close = (kind: Item['kind']): void => {
    if (open[kind].parts.length > 0) chunks.push(open[kind].parts);
    open[kind] = new OpenChunk();
  };
  for (const [list, requests] of lists.entries()) {
    for (const [index, request] of requests.entries()) {
      const { kind } = request;
      const limits = chunkLimits(parameters, kind);
      const tokens = estimatedTokens(request);
      const { items, tokens: before } = open[kind];
      const most = limits.tokens ?? Number.POSITIVE_INFINITY;
      if (items >= limits.items || (items >= CHUNK[kind] && before + tokens > most)) close(kind);
      open[kind].add(list, index, tokens);
    }
    for (const kind of ['choice', 'generate'] as const) {
      if (!chunkLimits(parameters, kind).across) close(kind);
    }
  }
  // What was begun first is finished first.
  const rest = (['choice', 'generate'] as const).filter((kind) => open[kind].parts.length > 0);
  rest.sort((a, b) => open[a].parts.at(-1)!.list - open[b].parts.at(-1)!.list);
  for (const kind of rest) close(kind);
  return chunks;
}

class OpenChunk {
  readonly parts: Part[] = [];
  items = 0;
  tokens = 0;

  add(list: number, index: number, tokens: number): void {
    const last = this.parts.at(-1);
    if (last?.list === list) this.parts[this.parts.length - 1] = { ...last, to: index + 1 };
    else this.parts.push({ list, from: index, to: index + 1 });
    this.items++;
    this.tokens += tokens;
  }
}

/** Read and written, about; the context of all choices counts once. */
export function estimatedTokens(asked: Request): number {
  if (asked.kind === 'generate') return asked.request.prompt.length / CHARACTERS + asked.request.maxTokens;
  const { pairs } = asked.request;
  const contexts = [...new Set(pairs.map(({ context }) => context))];
  const texts = [...contexts, ...pairs.map(({ continuation }) => continuation)];
  return texts.reduce((sum, text) => sum + text.length, 0) / CHARACTERS;
}
