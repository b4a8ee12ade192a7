import { DOMAINS } from '../domains/domains.ts';
import type { Sample } from '../scoring/score.ts';
import type { Estimate } from '../stats/interval.ts';
import { plainEstimate } from '../stats/interval.ts';
import { macroAverage } from '../stats/macro-average.ts';
import { mean } from '../stats/moments.ts';
import { proportionInterval } from '../stats/proportion-interval.ts';
import { poolSeeds } from '../stats/seeds.ts';
import { scoredItems, valuesOf } from './item-scores.ts';
import type { Panel } from './pair-samples.ts';
import type { ReportArm, ReportBenchmark } from './report.ts';
import type { DifficultyScore } from './report-splits.ts';

/** The name of the level beyond training, which is a level of its own however it is numbered. */
export const HARDER = 'harder';

/**
 * Score by level of difficulty for every arm and domain, from the samples that say their level: test items by their
 * level, and the split `harder`. Levels rise; `harder` comes last. Empty where no sample says its level.
 */
export function difficultyRows(
  panels: readonly Panel[],
  benchmarks: readonly ReportBenchmark[],
  arms: readonly ReportArm[],
): DifficultyScore[] {
  const rowOf = (panel: Panel) => benchmarks.find(({ name }) => name === panel.info.name);
  const used = panels.filter((panel) => {
    const row = rowOf(panel);
    return row !== undefined && (row.inDomain || row.split === HARDER) && levelsOf(panel, row).length > 0;
  });
  return DOMAINS.flatMap((domain) => {
    const own = used.filter(({ info }) => info.domain === domain);
    const levels = [
      ...new Set(own.flatMap((panel) => levelsOf(panel, rowOf(panel) as ReportBenchmark))),
    ].sort(byDifficulty);
    return arms.flatMap((arm) =>
      levels.flatMap((level) => {
        const parts = own.flatMap((panel) => {
          const row = rowOf(panel) as ReportBenchmark;
          const score = scoreAt(panel, row, arm.name, level);
          return score === null ? [] : { score, chance: row.chance, task: row.variantOf ?? row.name };
        });
        if (parts.length === 0) return [];
        return {
          domain,
          arm: arm.name,
          level,
          score: plainEstimate(macroAverage(parts.map(({ score }) => score))),
          chance: mean(parts.map(({ chance }) => chance)),
          tasks: parts.map(({ task }) => task),
        };
      }),
    );
  });
}

const levelOf = (sample: Sample | undefined, row: ReportBenchmark): string | null =>
  sample?.problem === undefined ? null : row.split === HARDER ? HARDER : String(sample.problem.level);

function levelsOf(panel: Panel, row: ReportBenchmark): string[] {
  const samples = [...panel.arms.values()][0]?.[0] ?? [];
  return [...new Set(samples.flatMap((sample) => levelOf(sample, row) ?? []))];
}

function byDifficulty(a: string, b: string): number {
  if (a === HARDER || b === HARDER) return Number(a === HARDER) - Number(b === HARDER);
  return Number(a) - Number(b);
}

/** Null when no item of the level was scored. */
function scoreAt(panel: Panel, row: ReportBenchmark, arm: string, level: string): Estimate | null {
  const seeds = panel.arms.get(arm) ?? [];
  const keep = scoredItems(seeds).map((kept, i) => kept && levelOf(seeds[0]?.[i], row) === level);
  if (!keep.some(Boolean)) return null;
  const clusters = panel.clusters.filter((_, i) => keep[i]);
  return proportionInterval(poolSeeds(valuesOf(seeds, keep)).items, clusters);
}
