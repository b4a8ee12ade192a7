/** Benchmarks that share chunks: a real, tiny model and made items. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GeneratedBenchmark, Item } from '../benchmarks/benchmark.ts';
import { findBenchmark } from '../benchmarks/select.ts';
import type { ModelSession } from '../engine/engine.ts';
import { openModel } from '../engine/open-engine.ts';
import { Interrupted } from '../errors.ts';
import { evaluate } from './evaluate.ts';

/** The first items of a procedural task, under ids that other benchmarks have as well and with short answers. */
function small(name: string, change: (item: Item) => Item = (item) => item): GeneratedBenchmark {
  const whole = findBenchmark(name) as GeneratedBenchmark;
  const make = (count: number): Item[] =>
    whole.make(count).map((item) => {
      const short = item.kind === 'generate' ? { ...item, maxTokens: 4 + (item.index % 5) } : item;
      return change({ ...short, id: `item ${item.index}` });
    });
  return { ...whole, make };
}

const NAMES = ['proc/arithmetic', 'proc/syllogisms', 'proc/equations', 'proc/cause_and_effect'];
const BENCHMARKS = NAMES.map((name) => small(name));
const LIMIT = 6;

let model: ModelSession;
let calls: number;
beforeAll(async () => {
  const ref = fileURLToPath(new URL('../../test/fixtures/models/llama', import.meta.url));
  const session = await openModel({ ref });
  const counted =
    <T extends 'generate' | 'loglikelihood'>(verb: T): ModelSession[T] =>
    // biome-ignore lint/suspicious/noExplicitAny: both verbs take requests and options
    (requests: any, options: any) => {
      calls++;
      return session[verb](requests, options);
    };
  model = { ...session, generate: counted('generate'), loglikelihood: counted('loglikelihood') };
});
afterAll(() => model.close());

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'carryover-shared-'));
const FILES = [
  'results.json',
  ...NAMES.flatMap((name) => [`samples/${name}.jsonl`, `responses/${name}.jsonl`]),
];
const contents = (out: string) =>
  Object.fromEntries(FILES.map((file) => [file, readFileSync(join(out, file), 'utf8')]));

async function run(out: string, options: Partial<Parameters<typeof evaluate>[2]> = {}): Promise<number> {
  calls = 0;
  await evaluate(model, BENCHMARKS, { out, limit: LIMIT, ...options });
  return calls;
}

describe('benchmarks that share chunks', () => {
  it('are asked in one call a kind, and each has its own answers', async () => {
    const out = newFolder();
    expect(await run(out)).toBe(2);
    for (const benchmark of BENCHMARKS) {
      const alone = newFolder();
      await evaluate(model, [benchmark], { out: alone, limit: LIMIT });
      const samples = (folder: string) =>
        readFileSync(join(folder, 'samples', `${benchmark.name}.jsonl`), 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line));
      const near = samples(alone).map((sample) => ({
        ...sample,
        choices: sample.choices.map((one: { logprob: number }) => ({
          ...one,
          logprob: expect.closeTo(one.logprob, 4),
        })),
      }));
      expect(samples(out)).toEqual(near);
    }
  });

  it('end with the same bytes when they are broken off anywhere', async () => {
    const whole = newFolder();
    await run(whole);
    for (const after of [0, 3, 12, 13, 17, 23]) {
      const out = newFolder();
      const abort = new AbortController();
      let kept = 0;
      const broken = run(out, {
        signal: abort.signal,
        onProgress: ({ done, ahead = 0 }) => {
          kept = done;
          if (done + ahead >= after) abort.abort();
        },
      });
      await expect(broken).rejects.toThrow(Interrupted);
      // The texts are one unit: with the last of them all are kept. The choices are several.
      expect(kept).toBeGreaterThanOrEqual(after < 12 ? 0 : Math.max(12, after));
      const said: unknown[] = [];
      await run(out, { onKept: (found) => void said.push(found) });
      expect(said).toEqual([{ kept, elsewhere: 0, total: 24 }]);
      const { benchmarks } = JSON.parse(readFileSync(join(out, 'timing.json'), 'utf8'));
      const restored = NAMES.reduce((sum, name) => sum + benchmarks[name].restored, 0);
      expect(restored, `after ${after} items`).toBe(kept);
      expect(contents(out)).toEqual(contents(whole));
    }
  });

  it('say what is there: an answer of another chunk is none, and one of the same chunk stays for good', async () => {
    const out = newFolder();
    const said: unknown[] = [];
    const seen: number[] = [];
    const again = (limit: number) =>
      run(out, {
        limit,
        onKept: (found) => void said.push(found),
        onProgress: ({ done }) => void seen.push(done),
      });
    expect(await again(LIMIT)).toBe(2);
    expect(await again(2)).toBe(2);
    seen.length = 0;
    expect(await again(LIMIT)).toBe(0);
    expect(said).toEqual([
      { kept: 0, elsewhere: 0, total: 24 },
      { kept: 0, elsewhere: 8, total: 8 },
      { kept: 24, elsewhere: 0, total: 24 },
    ]);
    expect(new Set(seen)).toEqual(new Set([24]));
  });

  it('ask a chunk again when it is not in the journals of all of them', async () => {
    const whole = newFolder();
    await run(whole);
    for (const lost of NAMES) {
      const out = newFolder();
      await run(out);
      const journal = join(out, 'responses', `${lost}.jsonl`);
      writeFileSync(journal, readFileSync(journal, 'utf8').slice(0, -9));
      rmSync(join(out, 'results.json'));
      expect(await run(out)).toBe(1);
      expect(contents(out)).toEqual(contents(whole));
    }
    expect(await run(whole)).toBe(0);
  });

  it('lose one item each to a request that cannot be answered', async () => {
    const tooLong = (item: Item): Item =>
      item.kind === 'choice' && item.index === 2
        ? { ...item, pairs: item.pairs.map((pair) => ({ ...pair, continuation: ' so'.repeat(400) })) }
        : item;
    const [arithmetic, syllogisms, equations] = BENCHMARKS;
    const mixed = [arithmetic!, syllogisms!, equations!, small('proc/cause_and_effect', tooLong)];
    const results = await evaluate(model, mixed, { limit: LIMIT });
    const errors = Object.entries(results.benchmarks).map(([name, { n, outcomes }]) => [
      name,
      n,
      outcomes.error,
    ]);
    expect(errors).toEqual([
      ['proc/arithmetic', LIMIT, 0],
      ['proc/syllogisms', LIMIT, 0],
      ['proc/equations', LIMIT, 0],
      ['proc/cause_and_effect', LIMIT, 1],
    ]);
  });

  it('end with an error and its reason for a request that cannot be answered and stands alone', async () => {
    const long = ' so'.repeat(400);
    const tooLong = (item: Item): Item =>
      item.kind === 'choice'
        ? { ...item, pairs: item.pairs.map((pair) => ({ ...pair, continuation: long })) }
        : item;
    for (const limit of [1, 3]) {
      const out = newFolder();
      const results = await evaluate(model, [small('proc/syllogisms', tooLong)], { out, limit });
      const { n, metrics, outcomes } = results.benchmarks['proc/syllogisms']!;
      expect([n, outcomes.error, metrics]).toEqual([limit, limit, {}]);
      const [first] = readFileSync(join(out, 'samples/proc/syllogisms.jsonl'), 'utf8').split('\n');
      expect(JSON.parse(first!)).toMatchObject({
        outcome: 'error',
        why: expect.stringMatching(
          /could not answer: a continuation of \d+ tokens does not fit into the model's/,
        ),
      });
    }
  });

  it('count every item once in their progress, which says of how many benchmarks and which is asked', async () => {
    const seen: [number, string | undefined][] = [];
    await run(newFolder(), { onProgress: ({ done, note }) => void seen.push([done, note]) });
    const counts = seen.map(([done]) => done);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts.at(-1)).toBe(LIMIT * NAMES.length);
    const notes = NAMES.map((name) => `4 benchmarks, now ${name}`);
    expect([...new Set(seen.map(([, note]) => note))].sort()).toEqual(notes.sort());
    const alone: unknown[] = [];
    await evaluate(model, [BENCHMARKS[0]!], { limit: 1, onProgress: ({ note }) => void alone.push(note) });
    expect([...new Set(alone)]).toEqual(['proc/arithmetic']);
  });
});
