/**
 * What identifies a model: its shape, tokenizer and template, and the bytes of its weights.
 *
 * Up to FULL_LIMIT the weights are hashed whole, of large files once: the digest is kept in the cache folder under path, size
 * and modification time. Larger files would make opening a model wait for minutes, so of those the header and three
 * samples of each tensor (start, middle, end) are hashed. That tells any two trainings apart, because training changes
 * nearly every weight, but not a file with single flipped bits. Which rule applies depends on the size alone, so the
 * same model has the same fingerprint on every machine.
 */
import { join } from 'node:path';
import { exists, openRandomAccess, readText, sha256, sha256File, writeAtomic } from '../platform/files.ts';
import { cacheFolder } from '../platform/hub.ts';
import type { AdapterConfig } from './adapter/config.ts';
import type { ModelConfig, Tokenizer } from './checkpoint.ts';
import type { WeightFile } from './weight-source.ts';

const FULL_LIMIT = 2 ** 30;
/** Smaller files are hashed again each time: that takes a tenth of a second at most. */
const CACHE_FROM = 2 ** 25;
const SAMPLE = 4096;

/** What of a model other than its weights decides its answers. `template`: the chat template's source. */
export interface Prompted {
  readonly config: ModelConfig;
  readonly template: string | undefined;
}

/**
 * The fingerprint of one model for each way of prompting it: its weights are read once. `adapter`: the settings of an
 * adapter on top, whose weight file is then among `weights`.
 */
export async function modelFingerprints(
  ways: readonly Prompted[],
  adapter: AdapterConfig | undefined,
  tokenizer: Tokenizer,
  weights: readonly WeightFile[],
): Promise<string[]> {
  const digests: string[] = [];
  for (const file of weights) digests.push(await weightDigest(file));
  const settings = adapter && { rank: adapter.rank, scale: adapter.scale };
  return ways.map(({ config, template }) =>
    sha256(sortedJson([config, settings ?? null, tokenizer.fingerprint, template ?? null, ...digests])),
  );
}

async function weightDigest(file: WeightFile): Promise<string> {
  if (file.size > FULL_LIMIT) return sampledDigest(file);
  if (file.size < CACHE_FROM) return sha256File(file.path);
  const key = sha256(JSON.stringify([file.path, file.size, file.modified]));
  const cached = join(cacheFolder(), 'digests', key);
  if (await exists(cached)) {
    const digest = (await readText(cached)).trim();
    if (/^[0-9a-f]{64}$/.test(digest)) return digest;
  }
  const digest = await sha256File(file.path);
  // A cache that cannot be written costs time, not correctness.
  await writeAtomic(cached, `${digest}\n`).catch(() => undefined);
  return digest;
}

async function sampledDigest({ path, size, ranges }: WeightFile): Promise<string> {
  const file = await openRandomAccess(path);
  try {
    const start = ranges.reduce((least, { offset }) => Math.min(least, offset), size);
    const samples = [sha256(await file.read(0, start))];
    for (const { offset, bytes } of ranges) {
      const length = Math.min(SAMPLE, bytes);
      for (const at of [0, Math.floor((bytes - length) / 2), bytes - length]) {
        samples.push(sha256(await file.read(offset + at, length)));
      }
    }
    return sha256(JSON.stringify([size, samples]));
  } finally {
    await file.close();
  }
}

function sortedJson(value: object): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
