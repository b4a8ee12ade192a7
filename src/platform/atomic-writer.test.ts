import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openAtomicWriter, writeAtomicChunks } from './files.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-atomic-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('is there only when it is finished', async () => {
  const path = join(folder, 'deep', 'rows.txt');
  const writer = await openAtomicWriter(path);
  await writer.write('one ');
  await writer.write(new TextEncoder().encode('two'));
  await expect(readFile(path)).rejects.toThrow('ENOENT');
  await writer.finish();
  expect(await readFile(path, 'utf8')).toBe('one two');
  expect(await readdir(join(folder, 'deep'))).toEqual(['rows.txt']);
});

it('leaves what was there when it is discarded, or when its content fails', async () => {
  const path = join(folder, 'rows.txt');
  await writeFile(path, 'before');
  const writer = await openAtomicWriter(path);
  await writer.write('half');
  await writer.discard();
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode('half');
    throw new Error('no more');
  }
  await expect(writeAtomicChunks(path, failing())).rejects.toThrow('no more');
  expect(await readFile(path, 'utf8')).toBe('before');
  expect(await readdir(folder)).toEqual(['rows.txt']);
});

it('leaves nothing where it cannot be put in its place', async () => {
  const path = join(folder, 'rows.txt');
  await mkdir(join(path, 'a-folder-with-a-file'), { recursive: true });
  await expect(writeAtomicChunks(path, ['whole'])).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['rows.txt']);
});
