/** The benchmarks of a study by their own names: groups and other names stand for what they mean. */
import { membersOf } from '../benchmarks/names.ts';
import type { EvaluationSection } from './study.ts';

/** Files of the user's own stay as they are. */
const meant = (name: string): readonly string[] => membersOf(name) ?? [name];

/**
 * Every benchmark once, in the order of the file. A limit of a group is one of each of its members, unless they have one
 * of their own.
 */
export function withNamedBenchmarks(evaluation: EvaluationSection): EvaluationSection {
  const benchmarks = [...new Set(evaluation.benchmarks.flatMap(meant))];
  const { limits } = evaluation;
  if (limits === undefined) return { ...evaluation, benchmarks };
  const own = Object.entries(limits).filter(([name]) => meant(name).includes(name));
  const shared = Object.entries(limits)
    .filter(([name]) => !meant(name).includes(name))
    .flatMap(([name, items]) => meant(name).map((member): [string, number] => [member, items]));
  return { ...evaluation, benchmarks, limits: Object.fromEntries([...shared, ...own]) };
}

/** Where a study as written names a benchmark: its place in the list. */
export function placeOfBenchmark(written: readonly string[], benchmark: string): readonly PropertyKey[] {
  const index = written.findIndex((name) => meant(name).includes(benchmark));
  return ['evaluation', 'benchmarks', ...(index < 0 ? [] : [index])];
}
