/** An evaluation as a process of its own, killed at several moments and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const COMMAND = fileURLToPath(new URL('../../test/carryover.ts', import.meta.url));
const NAMES = ['proc/word_problems', 'proc/syllogisms', 'proc/fact_lists'];
/** One chunk of texts, over two benchmarks and in more units than one, and one of choices. */
const LIMIT = 80;

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'carryover-killed-'));

function start(out: string): ChildProcess {
  const args = [
    'eval',
    '--model',
    'builtin:seedling',
    '--benchmarks',
    NAMES.join(','),
    '--limit',
    String(LIMIT),
  ];
  return spawn(process.execPath, ['--import', 'tsx', COMMAND, ...args, '--out', out], { stdio: 'ignore' });
}

const ended = (child: ChildProcess): Promise<number | NodeJS.Signals | null> =>
  new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));

/** Ids of the answers in the journals, by benchmark. */
function answered(out: string): Map<string, Set<string>> {
  return new Map(
    NAMES.map((name) => {
      const file = join(out, 'responses', `${name}.jsonl`);
      // The last line may be half a line.
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
      const ids = lines.flatMap((line) =>
        (JSON.parse(line) as { responses: { id: string }[] }).responses.map(({ id }) => id),
      );
      return [name, new Set(ids)];
    }),
  );
}

const count = (ids: ReadonlyMap<string, Set<string>>): number =>
  [...ids.values()].reduce((sum, { size }) => sum + size, 0);

const FILES = [
  'results.json',
  ...NAMES.flatMap((name) => [`samples/${name}.jsonl`, `responses/${name}.jsonl`]),
];
const contents = (out: string) =>
  Object.fromEntries(FILES.map((file) => [file, readFileSync(join(out, file), 'utf8')]));

/** Starts, sends the signal when so many answers are on the disk, and says how it ended and what is there then. */
async function broken(out: string, answers: number, signal: NodeJS.Signals) {
  const child = start(out);
  const end = ended(child);
  const looking = setInterval(() => {
    if (count(answered(out)) >= answers) child.kill(signal);
  }, 2);
  const how = await end;
  clearInterval(looking);
  return { how, kept: answered(out) };
}

it('loses no finished answer, whenever it is killed or interrupted, and ends with the bytes of an undisturbed run', async () => {
  const whole = newFolder();
  expect(await ended(start(whole))).toBe(0);
  const out = newFolder();
  let before = answered(out);
  // Each start is broken off as soon as it has kept something that the one before had not.
  for (const signal of ['SIGKILL', 'SIGINT', 'SIGKILL'] as const) {
    const { how, kept } = await broken(out, count(before) + 1, signal);
    expect(how).toBe(signal === 'SIGKILL' ? 'SIGKILL' : 130);
    for (const [name, ids] of before) expect([...ids].filter((id) => !kept.get(name)!.has(id))).toEqual([]);
    // The first one comes in the middle of the texts: they are not lost because they are not all there.
    if (count(before) === 0) expect(count(kept)).toBeLessThan(2 * LIMIT);
    before = kept;
  }
  expect(await ended(start(out))).toBe(0);
  expect(contents(out)).toEqual(contents(whole));
  const { benchmarks } = JSON.parse(readFileSync(join(out, 'timing.json'), 'utf8')) as {
    benchmarks: Record<string, { restored: number }>;
  };
  for (const [name, ids] of before) expect(benchmarks[name]!.restored).toBe(ids.size);
}, 240_000);
