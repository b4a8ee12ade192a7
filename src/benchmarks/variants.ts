/** Other set-ups and parts of a benchmark: found by name, left out of tables, domains and suites unless these name them. */
import type { Benchmark } from './benchmark.ts';
import { isProcedural, setupsOf } from './describe.ts';
import { BENCHMARKS } from './index.ts';

export interface Variant {
  /** `mmlu_SUBJECT@5shot` stands for one of each subject. */
  readonly name: string;
  /** The benchmark of the tables that it belongs to. */
  readonly of: string;
  readonly title: string;
  /** Of all that the name stands for. */
  readonly items: number;
  readonly shots: number | undefined;
}

/** Told in one line each: one benchmark for every subject or task. */
const SERIES = [
  { member: /^mmlu_.+@5shot$/, name: 'mmlu_SUBJECT@5shot', of: 'mmlu_SUBJECT', title: 'MMLU, 5-shot' },
  {
    member: /^bbh_zeroshot_/,
    name: 'bbh_zeroshot_TASK',
    of: 'bbh_cot_fewshot_TASK',
    title: 'BIG-Bench Hard, answered at once',
  },
  {
    member: /^bbh_cot_zeroshot_/,
    name: 'bbh_cot_zeroshot_TASK',
    of: 'bbh_cot_fewshot_TASK',
    title: 'BIG-Bench Hard, thought through without examples',
  },
] as const;

/** Those of the hub's benchmarks among these; procedural tasks have their splits instead. */
export function variantsOf(benchmarks: readonly Benchmark[]): readonly Variant[] {
  const roots = new Set(benchmarks.map(({ name }) => name));
  const lines = new Map<string, Variant>();
  for (const one of Object.values(BENCHMARKS)) {
    if (one.variantOf === undefined || isProcedural(one)) continue;
    const root = rootOf(one);
    if (!roots.has(root)) continue;
    const series = SERIES.find(({ member }) => member.test(one.name));
    const { name, of, title } = series ?? { ...one, of: root };
    const items = (lines.get(name)?.items ?? 0) + one.size;
    lines.set(name, { name, of, title, items, shots: shotsOf(one) });
  }
  return [...lines.values()];
}

function rootOf(one: Benchmark): string {
  return one.variantOf === undefined ? one.name : rootOf(BENCHMARKS[one.variantOf]!);
}

/** Worked examples in front of a question, in the first set-up that is named; undefined where it is not stated. */
export function shotsOf(one: Benchmark): number | undefined {
  return setupsOf(one)[0]?.shots;
}
