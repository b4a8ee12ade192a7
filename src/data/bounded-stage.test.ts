import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { byteLevelTokenizer } from '../../test/support/tiny-tokenizer.ts';
import { prepareStage, stageReceipt } from './prepare-stage.ts';
import type { StageSpec, StageTools } from './stage.ts';

/** Where Linux lists the files that this process has open. */
const OPEN = '/proc/self/fd';
const why = existsSync(OPEN) ? '' : ` (skipped: needs ${OPEN})`;

const { tokenizer } = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']);
const ROWS = 1200;
let folder = '';
let cache = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-bounded-'));
  cache = join(folder, 'cache');
  for (const name of ['math', 'general']) {
    const line = (index: number) =>
      JSON.stringify({
        question: `${name} ${index}`,
        answer: `${name[0]}${'x'.repeat((index * 31) % 400)}.`,
      });
    await writeFile(
      join(folder, `${name}.jsonl`),
      Array.from({ length: ROWS }, (_, index) => `${line(index)}\n`).join(''),
    );
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  vi.stubEnv('CARRYOVER_CACHE', cache);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(join(folder, 'out'), { recursive: true, force: true });
});

const SPEC: StageSpec = {
  sources: { math: { file: 'math.jsonl' }, general: { file: 'general.jsonl' } },
  seed: 3,
  rowLength: 1024,
  batches: { rowsPerStep: 4 },
  baseFolder: '',
};
const spec = (rest: Partial<StageSpec> = {}): StageSpec => ({ ...SPEC, baseFolder: folder, ...rest });
const prepare = (stage: StageSpec, tools: Partial<StageTools>, name = 'out') =>
  prepareStage(stage, { tokenizer, chatTemplate: undefined, folder: join(folder, name), ...tools });

test('a stage on the disk has the bytes of a stage in memory, and the receipt is that of one that is not written', async () => {
  const part = fc.record({ from: fc.nat(3000), tokens: fc.integer({ min: 1, max: 20_000 }) });
  const bytes = async (name: string) =>
    Promise.all(
      (await readdir(join(folder, name))).sort().map((file) => readFile(join(folder, name, file), 'latin1')),
    );
  await fc.assert(
    fc.asyncProperty(part, part, fc.constantFrom(0, 700, 50_000), async (math, general, memory) => {
      const stage = spec({
        parts: [
          { source: 'math', ...math },
          { source: 'general', ...general },
        ],
      });
      const receipt = await prepare(stage, {}, 'held');
      await prepare(stage, { memory }, 'spilt');
      expect(await bytes('spilt')).toEqual(await bytes('held'));
      expect(await stageReceipt(stage, { tokenizer, chatTemplate: undefined, memory })).toEqual(receipt);
    }),
    { numRuns: 6 },
  );
});

/** Files of the cache that are open, those without a name among them. */
function openFiles(): string[] {
  return readdirSync(OPEN).flatMap((number) => {
    try {
      const path = readlinkSync(join(OPEN, number));
      return path.startsWith(cache) ? [path] : [];
    } catch {
      // The folder itself was open while it was listed.
      return [];
    }
  });
}

/** Does `work` with rows and examples on the disk; nothing of them may be left. `seen`: files open on the way. */
async function leavesNothing(work: (tools: Partial<StageTools>) => Promise<unknown>): Promise<unknown> {
  let seen = 0;
  const onProgress = () => {
    seen = Math.max(seen, openFiles().length);
  };
  const ended = await work({ memory: 1000, onProgress }).catch((error: unknown) => error);
  expect(seen).toBeGreaterThan(0);
  expect(openFiles()).toEqual([]);
  expect(await readdir(cache)).toEqual([]);
  const written = await readdir(join(folder, 'out')).catch(() => []);
  expect(written.filter((name) => name.startsWith('.'))).toEqual([]);
  return ended;
}

describe.skipIf(why !== '')(`what is kept on the disk goes${why}`, () => {
  test('after success', async () => {
    await leavesNothing((tools) => prepare(spec(), tools));
    expect((await readdir(join(folder, 'out'))).sort()).toEqual([
      'packed.bin',
      'packed.json',
      'receipt.json',
      'sample-rows.json',
    ]);
  });

  test.each([
    [
      'a second source that is too small',
      {
        parts: [
          { source: 'general', from: 0, tokens: 500 },
          { source: 'math', from: 0, tokens: 1e9 },
        ],
      },
      'may be used',
    ],
    ['a row that is too long', { overlong: 'error', rowLength: 300 }, 'this row has'],
    ['more steps than examples', { batches: { steps: 1e6 } }, 'optimizer steps are planned'],
  ] as const)('after %s', async (_, rest, message) => {
    const error = await leavesNothing((tools) => prepare(spec(rest), tools));
    expect(String(error)).toContain(message);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test.each(['rendering math', 'packing'])('after an interrupt while it is %s', async (note) => {
    const abort = new AbortController();
    const error = await leavesNothing((tools) =>
      prepare(spec(), {
        ...tools,
        signal: abort.signal,
        onProgress: (progress) => {
          tools.onProgress?.(progress);
          if (progress.note === note) abort.abort();
        },
      }),
    );
    expect(error).toMatchObject({ name: 'AbortError' });
    expect(await readdir(join(folder, 'out')).catch(() => [])).toEqual([]);
  });
});
