import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { lockFolder, takeLock } from './lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'carryover-lock-'));
const path = join(folder, 'run.lock');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is held by one at a time and free again after release', async () => {
  const first = await takeLock(path);
  expect(first.ok).toBe(true);
  expect(await takeLock(path)).toMatchObject({ ok: false, owner: { pid: process.pid } });
  if (first.ok) await first.release();
  const second = await takeLock(path);
  expect(second.ok).toBe(true);
  if (second.ok) await second.release();
});

it('is taken over from a process that has died, by one of many', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(path, JSON.stringify({ pid, host: hostname(), born: '1' }));
  const results = await Promise.all(Array.from({ length: 8 }, () => takeLock(path)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
  expect(readdirSync(folder)).toEqual(['run.lock']);
});

it('is not taken from another machine, but from a process whose id was given away again (on Linux)', async () => {
  writeFileSync(path, JSON.stringify({ pid: process.pid, host: 'elsewhere', born: '1' }));
  expect(await takeLock(path)).toMatchObject({ ok: false, owner: { host: 'elsewhere' } });
  if (process.platform !== 'linux') return;
  writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname(), born: '1' }));
  expect((await takeLock(path)).ok).toBe(true);
});

it('works on a file system without hard links', async () => {
  const place = join(folder, 'fat', 'run.lock');
  const none = async (): Promise<void> => {
    throw Object.assign(new Error('operation not permitted'), { code: 'EPERM' });
  };
  const results = await Promise.all(Array.from({ length: 8 }, () => takeLock(place, none)));
  const winner = results.find((one) => one.ok);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(readdirSync(join(folder, 'fat'))).toEqual(['run.lock']);
  if (winner?.ok) await winner.release();
  // Killed between making the file and writing its owner: taken over after a while.
  writeFileSync(place, '');
  expect((await takeLock(place, none)).ok).toBe(true);
});

it('of a folder names who is at work in it', async () => {
  const out = join(folder, 'out');
  const release = await lockFolder(out, 'train.lock');
  await expect(lockFolder(out, 'train.lock')).rejects.toThrow(`at work in ${out} (process ${process.pid}`);
  await release();
  await (await lockFolder(out, 'train.lock'))();
});
