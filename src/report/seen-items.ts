import type { RunFacts } from '../study/run-facts.ts';
import type { ReportArm, ReportBenchmark } from './report.ts';
import type { SeenItems } from './report-training.ts';

/** Splits whose items are problems of the training data, or made from them. */
export const OF_TRAINING: ReadonlySet<string> = new Set(['train', 'perturbed']);

/** Ids of the items of which an arm saw the training problem with every seed; null where it cannot be told. */
export type SeenIds = (arm: string, benchmark: string) => ReadonlySet<string> | null;

export function seenIds(facts: RunFacts): SeenIds {
  return (arm, benchmark) => {
    const [first, ...others] = idsBySeed(facts, arm, benchmark) ?? [];
    if (first === undefined) return null;
    return new Set([...first].filter((id) => others.every((ids) => ids.has(id))));
  };
}

/** Null where a run does not say. */
function idsBySeed(facts: RunFacts, arm: string, benchmark: string): readonly Set<string>[] | null {
  const runs = facts.arms.find(({ name }) => name === arm)?.runs ?? [];
  const ids = runs.flatMap(({ trainedItems }) => {
    const own = trainedItems?.[benchmark];
    return own === undefined ? [] : [new Set(own)];
  });
  return ids.length === runs.length && ids.length > 0 ? ids : null;
}

/** One row for every trained arm and every benchmark of such items. */
export function seenRows(
  facts: RunFacts,
  benchmarks: readonly ReportBenchmark[],
  arms: readonly ReportArm[],
): SeenItems[] {
  const common = seenIds(facts);
  return benchmarks
    .filter(({ split }) => OF_TRAINING.has(split))
    .flatMap((benchmark) =>
      arms
        .filter((arm) => !arm.isBase)
        .map((arm) => ({
          arm: arm.name,
          benchmark: benchmark.name,
          items: benchmark.items,
          perSeed: idsBySeed(facts, arm.name, benchmark.name)?.map((ids) => ids.size) ?? null,
          everySeed: common(arm.name, benchmark.name)?.size ?? null,
        })),
    );
}
