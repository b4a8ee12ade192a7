/**
 * What every benchmark with written answers promises, on the real data (CARRYOVER_HUB, a local mirror of the hub) or,
 * where the mirror has no copy, on made-up rows of the same shape.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answersFor } from '../../test/support/written-answers.ts';
import { readRows } from '../data/sources/read-rows.ts';
import { sha256 } from '../platform/files.ts';
import { boxContent, lastBoxedOnly } from '../scoring/math-compatible.ts';
import { minervaNormal } from '../scoring/minerva.ts';
import type { Benchmark, DatasetSplit, GenerateItem, HubBenchmark, Item, Row } from './benchmark.ts';
import { BENCHMARKS } from './index.ts';

interface Reference {
  readonly n: number;
  readonly prompts: string;
  readonly gold: string;
}

const mirror = process.env['CARRYOVER_HUB'];
const fixture = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../test/fixtures/${name}`, import.meta.url), 'utf8')) as T;
/** Made with the real lm-evaluation-harness; the files' `about` says how. */
const written = fixture<{
  tasks: Record<string, Reference>;
  madeUp: Record<string, Reference>;
  generation: { until: string[]; max_gen_toks: number | null; tasks: string[] }[];
}>('lm-eval-prompts-written.json');
const references: Record<string, Reference> = {
  ...fixture<{ tasks: Record<string, Reference> }>('lm-eval-prompts-all.json').tasks,
  ...written.tasks,
};
const madeUp = fixture<Record<string, Row[]>>('made-up-rows-written.json');
/** By benchmark, the items whose reference the reading of the original cannot count, with the harness's own reason. */
const unscorable = fixture<Record<string, string[]>>('unscorable-by-original.json');

/** Rows are read once a file group: many benchmarks share one. */
const read = new Map<string, Promise<Row[]>>();

function rowsOf(split: DatasetSplit): Promise<Row[]> {
  const key = `${split.dataset}/${split.files}`;
  const rows = read.get(key) ?? readRows(split);
  read.set(key, rows);
  return rows;
}

/** Items are built for the first test that asks for them. */
function once(build: () => Promise<readonly Item[]>): () => Promise<readonly Item[]> {
  let items: Promise<readonly Item[]> | undefined;
  return () => {
    items ??= build();
    return items;
  };
}

const inMirror = ({ test: { dataset } }: HubBenchmark): boolean =>
  mirror !== undefined && existsSync(join(mirror, 'datasets', ...dataset.split('/')));

/** The made-up rows of the longest name that begins the benchmark's. */
function madeUpFor(name: string): Row[] | null {
  const key = Object.keys(madeUp)
    .filter((one) => name.startsWith(one))
    .sort((a, b) => b.length - a.length)[0];
  return key === undefined ? null : madeUp[key]!;
}

for (const benchmark of Object.values(BENCHMARKS) as Benchmark[]) {
  const { name } = benchmark;
  if (answersFor(name) === null) continue;
  if ('make' in benchmark) {
    describe(`${name}, made here`, () =>
      describeItems(benchmark, async () => benchmark.make(benchmark.size)));
    continue;
  }
  describe.skipIf(!inMirror(benchmark))(
    `${name}${inMirror(benchmark) ? '' : mirror ? ` (no ${benchmark.test.dataset} in CARRYOVER_HUB)` : ' (CARRYOVER_HUB is not set)'}`,
    () => {
      const load = async (): Promise<readonly Item[]> =>
        benchmark.items(await rowsOf(benchmark.test), benchmark.shots ? await rowsOf(benchmark.shots) : []);
      it('reads as many examples as were published', async () => {
        expect(benchmark.shots ? (await rowsOf(benchmark.shots)).length : 0).toBe(benchmark.shots?.rows ?? 0);
      });
      describeItems(benchmark, load);
      describePrompts(name, load, references[name]);
    },
  );
  const rows = madeUpFor(name);
  if (rows) {
    describe(`${name}, on made-up rows`, () => {
      const load = once(async () => benchmark.items(rows, []));
      describeItems({ ...benchmark, size: rows.length }, load);
      describePrompts(name, load, written.madeUp[name]);
    });
  }
}

function describePrompts(
  name: string,
  load: () => Promise<readonly Item[]>,
  reference: Reference | undefined,
): void {
  it.runIf(!reference)('asks as before', async () => {
    const items = (await load()) as readonly GenerateItem[];
    const all = sha256(items.map((item) => item.prompt).join('\0')).slice(0, 16);
    expect(`${name}: ${items.length} prompts, ${all}`).toMatchSnapshot();
  });
  it.runIf(reference)('asks what lm-evaluation-harness asks, byte for byte, for every item', async () => {
    const items = (await load()) as readonly GenerateItem[];
    const hashes = items.map((item) => sha256(JSON.stringify([[item.prompt, null]])));
    const golds = items.map((item) => harnessGold(name, String(item.gold)));
    expect({
      n: hashes.length,
      prompts: sha256(hashes.join('\n')),
      gold: sha256(JSON.stringify(golds)),
    }).toEqual(reference);
  });
  const settings = written.generation.find((one) => one.tasks.includes(name));
  it.runIf(settings)('stops where lm-evaluation-harness stops', async () => {
    const item = (await load())[0] as GenerateItem;
    expect(item.stop).toEqual(settings!.until);
    expect(item.maxTokens).toBe(settings!.max_gen_toks ?? 256);
  });
}

/**
 * What the harness's doc_to_target gives: for MATH the answer alone, where ours is the whole solution, and of an
 * interval such as "[2,5]" a Python list (a slip of its templates that its metric does not see).
 */
function harnessGold(name: string, gold: string): unknown {
  if (!/^(?:minerva|hendrycks)_math/.test(name)) return gold;
  const answer = boxContent(lastBoxedOnly(gold))!;
  const target = name.startsWith('minerva') ? minervaNormal(answer) : answer;
  try {
    return /^\[.*\]$/.test(target) ? JSON.parse(target) : target;
  } catch {
    return target;
  }
}

function describeItems(benchmark: Benchmark, load: () => Promise<readonly Item[]>): void {
  const { name, size } = benchmark;
  it('is complete, in order, with unique ids that do not depend on the place', async () => {
    const items = await load();
    expect(items).toHaveLength(size);
    expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
    expect(items.map((item) => item.index)).toEqual(items.map((_, i) => i));
    expect(items.every((item) => item.kind === benchmark.kind && item.cluster !== '')).toBe(true);
  });

  it('scores the reference 1, nothing as no answer, another answer as wrong', async () => {
    const answers = answersFor(name)!;
    const listed = new Set(unscorable[name] ?? []);
    const missed: string[] = [];
    // A variant is scored as its primary is: every tenth item will do.
    const step = 'variantOf' in benchmark && size > 400 ? 10 : 1;
    for (const item of (await load()).filter((_, i) => i % step === 0) as GenerateItem[]) {
      const { right, wrong } = answers(item);
      const label = `${item.id}: ${right}`;
      const score = await benchmark.score!(right, item);
      expect(score, label).toMatchObject({ value: 1, outcome: 'correct' });
      if (score.readings.compatible['exact_match'] !== 1) missed.push(item.id);
      const other = await benchmark.score!(wrong, item);
      expect(other.value, label).toBe(0);
      // A reference that the mathematics cannot read yet says so instead of guessing.
      if (!/^The reference "/.test(other.why)) expect(other, label).toMatchObject({ outcome: 'wrong' });
      const nothing = { value: 0, outcome: 'no_answer', answer: null };
      expect(await benchmark.score!('', item)).toMatchObject(nothing);
    }
    expect(missed.filter((id) => !listed.has(id))).toEqual([]);
  });
}
