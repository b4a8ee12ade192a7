/** The cache of a text that many requests begin with. */
import type { Decoder } from './decoder.ts';
import { KvCache } from './kv-cache.ts';
import { readRows } from './read-rows.ts';
import { plainRow } from './row.ts';

/** Reads `tokens` into a cache of one row; nothing for an empty text. */
export async function readPrefix(
  decoder: Decoder,
  tokens: readonly number[],
  signal: AbortSignal | undefined,
): Promise<KvCache | undefined> {
  if (tokens.length === 0) return undefined;
  const cache = new KvCache(decoder.config, 1, tokens.length);
  await readRows(decoder, cache, [{ ...plainRow(tokens), heads: [] }], 0, { signal });
  return cache;
}
