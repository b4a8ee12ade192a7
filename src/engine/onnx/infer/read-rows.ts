/** Reads rows into a cache and answers their heads, in passes of bounded size. */
import { Interrupted } from '../../../errors.ts';
import type { Decoder } from './decoder.ts';
import type { KvCache } from './kv-cache.ts';
import { passTensors, type Row } from './row.ts';

/** Tokens of one pass, padding included. Matmuls are at full speed from about 256; more only takes memory. */
export const PASS_TOKENS = 1024;

export interface HeadAnswer {
  readonly best: number;
  /** In the order of the head's targets, in nats. */
  readonly logprobs: readonly number[];
  /** Not every logit is a finite number: no answer can be trusted. */
  readonly broken: boolean;
  /** [vocabulary] when asked for. */
  readonly logits: Float32Array;
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Interrupted();
}

/** Neighbours whose padded tokens together stay within `budget`; a single longer row is a group of its own. */
export function groupByTokens(
  lengths: readonly number[],
  budget: number,
  mostRows: number,
): [number, number][] {
  const groups: [number, number][] = [];
  let from = 0;
  let longest = 0;
  lengths.forEach((length, at) => {
    const next = Math.max(longest, length);
    if (at > from && (next * (at - from + 1) > budget || at - from >= mostRows)) {
      groups.push([from, at]);
      from = at;
      longest = length;
    } else longest = next;
  });
  if (lengths.length > 0) groups.push([from, lengths.length]);
  return groups;
}

/**
 * Row r of `rows` goes to row r of the cache. The first `start` slots of each are in the cache already. Answers, by
 * row, the heads in their order.
 */
export async function readRows(
  decoder: Decoder,
  cache: KvCache,
  rows: readonly Row[],
  start: number,
  options: { readonly logits?: boolean; readonly signal?: AbortSignal | undefined } = {},
): Promise<HeadAnswer[][]> {
  const answers: HeadAnswer[][] = [];
  const lengths = rows.map((row) => row.tokens.length - start);
  for (const [from, to] of groupByTokens(lengths, PASS_TOKENS, rows.length)) {
    answers.push(...(await readGroup(decoder, cache, rows.slice(from, to), from, start, options)));
  }
  return answers;
}

async function readGroup(
  decoder: Decoder,
  cache: KvCache,
  rows: readonly Row[],
  from: number,
  start: number,
  { logits = false, signal }: { readonly logits?: boolean; readonly signal?: AbortSignal | undefined },
): Promise<HeadAnswer[][]> {
  const end = Math.max(...rows.map((row) => row.tokens.length));
  const firstHead = Math.min(end, ...rows.map((row) => row.heads[0]?.slot ?? end));
  const place = { cache, from, to: from + rows.length };
  let at = start;
  for (; firstHead - at > PASS_TOKENS; at += PASS_TOKENS) {
    throwIfAborted(signal);
    const tensors = passTensors(cache, rows, at, at + PASS_TOKENS);
    await decoder.run({ ...place, ...tensors, write: rows.map(() => at), heads: [] });
  }
  throwIfAborted(signal);
  const heads = rows.flatMap((row, r) => row.heads.map((head) => ({ ...head, r })));
  const targets = heads.flatMap((head, index) => head.targets.map((token) => ({ head: index, token })));
  const result = await decoder.run({
    ...place,
    ...passTensors(cache, rows, at, end),
    write: rows.map(() => at),
    heads: heads.map(({ r, slot }) => r * (end - at) + slot - at),
    ...(targets.length > 0 ? { targets } : {}),
    logits,
  });
  const broken = new Set(result.broken);
  const { vocabulary } = decoder.config;
  const answers: HeadAnswer[][] = rows.map(() => []);
  let target = 0;
  heads.forEach((head, index) => {
    answers[head.r]!.push({
      best: result.best[index]!,
      logprobs: [...result.logprobs.subarray(target, target + head.targets.length)],
      broken: broken.has(index),
      logits: result.logits.subarray(index * vocabulary, (index + 1) * vocabulary),
    });
    target += head.targets.length;
  });
  return answers;
}
