import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rawZstd } from '../../../test/support/zstd-frames.ts';
import { UserError } from '../../errors.ts';
import { fileRows } from './read-rows.ts';

/** Text files, cut short and with changed bytes: rows, or an error of the user's that names the file. */

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-fuzzed-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ROWS = Array.from({ length: 40 }, (_, i) => ({
  q: `Was ist ${i}, "é" 1?`,
  a: `${i}\nover two lines`,
  n: i,
}));
const JSONL = ROWS.map((row) => `${JSON.stringify(row)}\n`).join('');
const JSON_ARRAY = JSON.stringify(ROWS, null, 1);
const CSV = `q,a,n\n${ROWS.map(({ q, a, n }) => `"${q.replaceAll('"', '""')}","${a}",${n}\r\n`).join('')}`;

const FILES: Readonly<Record<string, Uint8Array>> = {
  'x.jsonl': Buffer.from(JSONL),
  'x.json': Buffer.from(JSON_ARRAY),
  'lines.json': Buffer.from(JSONL),
  'x.csv': Buffer.from(CSV),
  'x.jsonl.gz': gzipSync(JSONL),
  'x.json.gz': Buffer.concat([
    gzipSync(JSON_ARRAY.slice(0, 700)),
    Buffer.alloc(30),
    gzipSync(JSON_ARRAY.slice(700)),
  ]),
  'x.csv.zst': rawZstd(CSV),
  'x.jsonl.zst': zstd(JSONL) ?? rawZstd(JSONL),
};

/** With a real compressor, where there is one: its frames have a checksum, and blocks that are compressed. */
function zstd(text: string): Uint8Array | undefined {
  try {
    return execFileSync('zstd', ['-q', '-c'], { input: text });
  } catch {
    return undefined;
  }
}

async function rowsOf(name: string, bytes: Uint8Array): Promise<number> {
  const local = join(folder, name);
  writeFileSync(local, bytes);
  let rows = 0;
  for await (const _ of fileRows({ local, shown: name })) rows++;
  return rows;
}

const damage = fc.record({
  keep: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
  flips: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { maxLength: 4 }),
});

test.each(Object.keys(FILES))('%s', async (name) => {
  const whole = FILES[name]!;
  expect(await rowsOf(name, whole)).toBe(ROWS.length);
  await fc.assert(
    fc.asyncProperty(damage, async ({ keep, flips }) => {
      const bytes = Buffer.from(whole.subarray(0, Math.ceil(whole.length * keep)));
      for (const [at, mask] of flips) if (bytes.length > 0) bytes[at % bytes.length]! ^= mask;
      try {
        expect(await rowsOf(name, bytes)).toBeLessThanOrEqual(3 * ROWS.length);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        expect(error.place?.file).toBe(name);
        expect(error.remedy).toBeTruthy();
        const packed = /\.(gz|zst)$/.test(name);
        if (bytes.length > 0 && !packed && !/white space/.test(error.message))
          expect(error.place?.line, error.message).toBeGreaterThan(0);
      }
    }),
    { numRuns: 150 },
  );
});
