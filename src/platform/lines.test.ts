import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rawZstd } from '../../test/support/zstd-frames.ts';
import { readLines } from './lines.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-lines-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function lines(name: string, content: string | Uint8Array, onBytes?: (done: number) => void) {
  await writeFile(join(folder, name), content);
  const found: string[] = [];
  for await (const line of readLines(join(folder, name), { onBytes })) found.push(line);
  return found;
}

test('letters of several bytes at every border of what is read at once, compressed or not', async () => {
  // 256 KiB are read at once: lengths around it put each byte of a letter on the border.
  for (const extra of [0, 1, 2, 3, 4]) {
    const written = [`${'x'.repeat(256 * 1024 - extra)}😀`, '', 'é'.repeat(200_000), 'last'];
    const text = `\ufeff${written.join('\r\n')}\r\n`;
    expect(await lines('a.txt', text)).toEqual(written);
    expect(await lines('a.gz', gzipSync(text))).toEqual(written);
    expect(await lines('a.zst', rawZstd(text))).toEqual(written);
  }
});

test('compressed by the zstd command, with its checksum, and frames one after another', async () => {
  // printf 'one\ntwo\n' | zstd -19 | base64
  const frame = Buffer.from('KLUv/QRoQQAAb25lCnR3bwrmpg5A', 'base64');
  const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9]);
  expect(await lines('b.zst', frame)).toEqual(['one', 'two']);
  expect(await lines('c.zst', Buffer.concat([frame, skipped, frame, rawZstd('three\n')]))).toEqual([
    ...['one', 'two', 'one', 'two'],
    'three',
  ]);
  for (const at of [10, 18]) {
    const changed = Buffer.from(frame);
    changed[at]! ^= 1;
    await expect(lines('d.zst', changed)).rejects.toThrow('their checksum is another');
  }
  await expect(lines('e.zst', Buffer.concat([frame, Buffer.from('rest')]))).rejects.toThrow(
    'no zstd data after its first frames',
  );
});

test('tells how much of the file was read, in the bytes of the file', async () => {
  const content = gzipSync('a line\n'.repeat(500_000));
  const told: number[] = [];
  await lines('d.gz', content, (done) => told.push(done));
  expect(told.at(-1)).toBe(content.length);
});
