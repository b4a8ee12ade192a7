import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { choice, generate, standIn } from '../../test/support/stand-in-evaluation.ts';
import type { ModelSession } from '../engine/engine.ts';
import { Interrupted, UserError } from '../errors.ts';
import { listFolder, move, sha256 } from '../platform/files.ts';
import { evaluate } from './evaluate.ts';

const BOTH = [choice, generate];
let hub: { env: Record<string, string> };
beforeAll(async () => {
  const mirror = mkdtempSync(join(tmpdir(), 'carryover-hub-'));
  await mkdir(join(mirror, 'datasets/test/rows'), { recursive: true });
  const rows = (n: number): string =>
    Array.from({ length: n }, (_, i) =>
      JSON.stringify({ id: `item ${i}`, question: `What is ${i}?`, choices: ['small', 'a larger one'] }),
    ).join('\n');
  writeFileSync(join(mirror, 'datasets/test/rows/choice.jsonl'), rows(70));
  writeFileSync(join(mirror, 'datasets/test/rows/generate.jsonl'), rows(40));
  hub = { env: { CARRYOVER_HUB: mirror } };
});

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'carryover-eval-'));
const FILES = [
  'results.json',
  'samples/test_choice.jsonl',
  'samples/test_generate.jsonl',
  'responses/test_choice.jsonl',
  'responses/test_generate.jsonl',
];
const contents = (out: string): string[] => FILES.map((file) => readFileSync(join(out, file), 'utf8'));

describe('an evaluation', () => {
  it('asks the same chunks in the same order and writes samples and results', async () => {
    const session = standIn({});
    const out = newFolder();
    const results = await evaluate(session, BOTH, { out, hub });
    expect(session.calls.map((ids) => ids.length)).toEqual([32, 32, 6, 24, 16]);
    expect(await listFolder(out)).toEqual(['responses', 'results.json', 'samples', 'timing.json']);
    expect(JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'))).toEqual(results);
    expect(Object.keys(results.benchmarks['test_choice']!.metrics)).toEqual([
      'acc_norm',
      'acc',
      'acc_bytes',
      'acc,none',
      'acc_norm,none',
      'acc_bytes,none',
    ]);
    expect(Object.keys(results.benchmarks['test_generate']!.metrics)).toEqual([
      'exact_match',
      'exact_match,strict-match',
      'exact_match,flexible-extract',
    ]);
    const { outcomes, n } = results.benchmarks['test_generate']!;
    expect(Object.values(outcomes).reduce((a, b) => a + b)).toBe(n);
    expect(outcomes.no_answer).toBeGreaterThan(0);
    const sample = JSON.parse(readFileSync(join(out, FILES[1]!), 'utf8').split('\n')[0]!);
    expect(Object.keys(sample)).toEqual(
      'benchmark id index cluster prompt_sha256 kind output choices answer gold value outcome why readings tokens'.split(
        ' ',
      ),
    );
    expect(Object.keys(sample.choices[0])).toEqual(['text', 'logprob', 'chars', 'bytes', 'tokens']);
  });

  it('that is stopped anywhere, goes on where it was and ends with the same bytes', async () => {
    const whole = newFolder();
    await evaluate(standIn({}), BOTH, { out: whole, hub });
    for (const calls of [0, 1, 3, 4]) {
      const out = newFolder();
      const abort = new AbortController();
      const first = standIn({ stopAfter: { calls, abort } });
      await expect(evaluate(first, BOTH, { out, hub, signal: abort.signal })).rejects.toThrow(Interrupted);
      const second = standIn({});
      await evaluate(second, BOTH, { out, hub });
      expect(second.calls).toHaveLength(5 - calls);
      expect(contents(out)).toEqual(contents(whole));
    }
  });

  it('that was killed while a line was being written drops that line only', async () => {
    const whole = newFolder();
    await evaluate(standIn({}), BOTH, { out: whole, hub });
    const complete = readFileSync(join(whole, FILES[3]!), 'utf8');
    for (const cut of [1, 200, complete.length - 1, complete.length - 40]) {
      const out = newFolder();
      await mkdir(join(out, 'responses'));
      writeFileSync(join(out, FILES[3]!), complete.slice(0, cut));
      await evaluate(standIn({}), BOTH, { out, hub });
      expect(contents(out)).toEqual(contents(whole));
    }
  });

  it('restores everything when it is run again, and asks anew for another model or another limit', async () => {
    const out = newFolder();
    await evaluate(standIn({}), BOTH, { out, hub });
    const again = standIn({});
    await evaluate(again, BOTH, { out, hub });
    expect(again.calls).toEqual([]);
    const fewer = standIn({});
    await evaluate(fewer, BOTH, { out, hub, limit: 40 });
    expect(fewer.calls.map((ids) => ids.length)).toEqual([8]);
    // The answers of the longer run are still there.
    const longer = standIn({});
    await evaluate(longer, BOTH, { out, hub });
    expect(longer.calls).toEqual([]);
    // Without results the folder is that of an evaluation that was broken off: any model may go on in it.
    rmSync(join(out, 'results.json'));
    const other = { ...standIn({}), fingerprint: 'stand-in-2' };
    await evaluate(other, [choice], { out, hub, limit: 40 });
    expect(other.calls.map((ids) => ids.length)).toEqual([32, 8]);
  });

  it('counts an item that the engine cannot answer as error, apart from the scores, and asks it again', async () => {
    const out = newFolder();
    const results = await evaluate(standIn({ fail: (id) => id === 'item 3' }), BOTH, { out, hub });
    expect(results.benchmarks['test_choice']!.outcomes.error).toBe(1);
    expect(results.benchmarks['test_choice']!.n).toBe(70);
    const sample = JSON.parse(readFileSync(join(out, FILES[2]!), 'utf8').split('\n')[3]!);
    expect(sample).toMatchObject({
      outcome: 'error',
      why: 'The engine could not answer: item item 3 does not fit',
    });
    const again = standIn({});
    const whole = await evaluate(again, BOTH, { out, hub });
    expect(again.calls.map((ids) => ids.length)).toEqual([32, 24]);
    expect(whole.benchmarks['test_choice']!.outcomes.error).toBe(0);
  });

  it('does not keep answers that were asked one by one, whose last bits differ', async () => {
    const whole = newFolder();
    await evaluate(standIn({}), [choice], { out: whole, hub });
    // Fails whenever the items of the first chunk are asked together, but answers each alone.
    const out = newFolder();
    const session = standIn({});
    const crowded: ModelSession = {
      ...session,
      loglikelihood: async (requests, options) => {
        if (requests.length === 32 && requests[0]!.id === 'item 0') throw new Error('out of memory');
        return session.loglikelihood(requests, options);
      },
    };
    await evaluate(crowded, [choice], { out, hub });
    const again = standIn({});
    await evaluate(again, [choice], { out, hub });
    expect(again.calls.map((ids) => ids.length)).toEqual([32]);
    const journal = join('responses', 'test_choice.jsonl');
    expect(readFileSync(join(out, journal), 'utf8')).toBe(readFileSync(join(whole, journal), 'utf8'));
    // A failure that passes leaves no trace at all.
    const passing = newFolder();
    let failures = 0;
    const shaky: ModelSession = {
      ...session,
      loglikelihood: async (requests, options) => {
        if (failures++ === 0) throw new Error('a passing failure');
        return session.loglikelihood(requests, options);
      },
    };
    await evaluate(shaky, [choice], { out: passing, hub });
    expect(readFileSync(join(passing, journal), 'utf8')).toBe(readFileSync(join(whole, journal), 'utf8'));
  });

  it('refuses a folder in which another evaluation is at work', async () => {
    const out = newFolder();
    const session = standIn({});
    let second: Promise<unknown> | undefined;
    const slow: ModelSession = {
      ...session,
      loglikelihood: async (requests, options) => {
        second ??= expect(evaluate(standIn({}), [choice], { out, hub })).rejects.toThrow('at work in');
        await second;
        return session.loglikelihood(requests, options);
      },
    };
    await evaluate(slow, [choice], { out, hub });
    expect(second).toBeDefined();
    expect(await listFolder(out)).not.toContain('eval.lock');
  });

  it('stops when the engine can answer nothing', async () => {
    const session = standIn({ fail: () => true });
    await expect(evaluate(session, BOTH, { out: newFolder(), hub })).rejects.toThrow('does not fit');
  });

  it('keeps the results of other benchmarks beside new ones', async () => {
    const out = newFolder();
    await evaluate(standIn({}), [choice], { out, hub, limit: 10 });
    await evaluate(standIn({}), [generate], { out, hub, limit: 10 });
    const { benchmarks, asked } = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
    expect(Object.keys(benchmarks)).toEqual(['test_generate', 'test_choice']);
    expect(asked.map((one: { benchmarks: string[] }) => one.benchmarks)).toEqual([
      ['test_generate'],
      ['test_choice'],
    ]);
  });

  it('refuses a folder with results of another model or other settings, unless all are made again', async () => {
    const out = newFolder();
    await evaluate(standIn({}), BOTH, { out, hub, limit: 10 });
    const other = { ...standIn({}), fingerprint: 'stand-in-2' };
    await expect(evaluate(other, BOTH, { out, hub, limit: 10 })).rejects.toThrow('another model (stand-in)');
    const longer = evaluate(standIn({}), [choice], { out, hub, limit: 20 });
    await expect(longer).rejects.toThrow('other settings (at most 10 items of each): test_generate');
  });

  it('puts results with other settings aside when all are made again, and says so', async () => {
    const out = newFolder();
    await evaluate(standIn({}), BOTH, { out, hub, limit: 10 });
    const old = ['results.json', 'samples/test_choice.jsonl', 'samples/test_generate.jsonl'];
    const read = (folder: string) => old.map((file) => readFileSync(join(folder, file), 'utf8'));
    const before = read(out);
    const warnings: string[] = [];
    const again = async (limit: number) =>
      evaluate(standIn({}), BOTH, { out, hub, limit, onWarning: (one) => void warnings.push(one) });
    expect((await again(20)).settings.limit).toBe(20);
    const [first] = await listFolder(join(out, '.superseded'));
    const aside = join(out, '.superseded', first!);
    expect(warnings).toEqual([
      `Results with other settings (at most 10 items of each) were in ${out}; they are now in ${aside}.`,
    ]);
    expect(read(aside)).toEqual(before);
    // The same settings again put nothing aside; going back does.
    await again(20);
    expect(warnings).toHaveLength(1);
    await again(10);
    expect(warnings).toHaveLength(2);
    expect(read(out)).toEqual(before);
    expect(await listFolder(join(out, '.superseded'))).toHaveLength(2);
  });

  it('goes on with putting aside where it was killed in the middle of it', async () => {
    const out = newFolder();
    await evaluate(standIn({}), BOTH, { out, hub, limit: 10 });
    const read = (...path: string[]) => readFileSync(join(out, ...path), 'utf8');
    const [choices, texts] = ['test_choice', 'test_generate'].map((name) => read('samples', `${name}.jsonl`));
    const aside = join('.superseded', sha256(read('results.json')).slice(0, 12), 'samples');
    await move(join(out, 'samples', 'test_choice.jsonl'), join(out, aside, 'test_choice.jsonl'));
    await evaluate(standIn({}), BOTH, { out, hub, limit: 20 });
    expect([read(aside, 'test_choice.jsonl'), read(aside, 'test_generate.jsonl')]).toEqual([choices, texts]);
  });

  it('leaves no samples of a model whose evaluation was broken off', async () => {
    const out = newFolder();
    const stopAfter = { calls: 3, abort: new AbortController() };
    const broken = evaluate(standIn({ stopAfter }), BOTH, { out, hub, signal: stopAfter.abort.signal });
    await expect(broken).rejects.toThrow(Interrupted);
    expect(await listFolder(join(out, 'samples'))).toEqual(['test_choice.jsonl']);
    await evaluate({ ...standIn({}), fingerprint: 'stand-in-2' }, [generate], { out, hub });
    // Nor where the next evaluation asks for the same benchmarks and is broken off itself.
    rmSync(join(out, 'results.json'));
    expect(await listFolder(join(out, 'samples'))).toEqual(['test_generate.jsonl']);
    const stop = { calls: 0, abort: new AbortController() };
    const other = { ...standIn({ stopAfter: stop }), fingerprint: 'stand-in-3' };
    await expect(evaluate(other, BOTH, { out, hub, signal: stop.abort.signal })).rejects.toThrow(Interrupted);
    expect(await listFolder(join(out, 'samples'))).toEqual([]);
    // The answers stay.
    expect(await listFolder(join(out, 'responses'))).toEqual(['test_choice.jsonl', 'test_generate.jsonl']);
  });

  it('tells a cut answer from none', async () => {
    const results = await evaluate(standIn({ finish: 'length' }), [generate], { hub });
    expect(results.benchmarks['test_generate']!.outcomes.no_answer).toBe(0);
    expect(results.benchmarks['test_generate']!.outcomes.truncated).toBeGreaterThan(0);
  });

  it('refuses an incomplete copy unless the first items are asked for', async () => {
    const larger = { ...choice, size: 71 };
    await expect(evaluate(standIn({}), [larger], { hub })).rejects.toThrow(UserError);
    const first = await evaluate(standIn({}), [larger], { hub, limit: 70 });
    expect(first.benchmarks['test_choice']!.n).toBe(70);
    await expect(evaluate(standIn({}), [larger], { hub, limit: 71 })).rejects.toThrow(
      'test_choice has 71 items, but the copy of test/rows has 70.',
    );
    // Few-shot examples drawn from a part are other examples.
    const shots = { ...choice.test, rows: 71 };
    await expect(evaluate(standIn({}), [{ ...choice, shots }], { hub })).rejects.toThrow(
      '71 rows of examples',
    );
  });

  it('asks through the chat template on request', async () => {
    const prompts: string[] = [];
    const session = standIn({});
    const spy: ModelSession = {
      ...session,
      loglikelihood: (requests, options) => {
        prompts.push(...requests.map(({ pairs }) => pairs[0]!.context + pairs[0]!.continuation));
        return session.loglikelihood(requests, options);
      },
    };
    await evaluate(spy, [choice], { hub, limit: 1, chatTemplate: true });
    expect(prompts).toEqual(['<chat>user:What is 0?<answer>small']);
  });

  it('reports progress up to the total', async () => {
    const seen: number[] = [];
    await evaluate(standIn({}), BOTH, { hub, onProgress: ({ done }) => void seen.push(done) });
    expect(seen.at(-1)).toBe(110);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});
