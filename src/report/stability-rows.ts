import type { Sample } from '../scoring/score.ts';
import { mean } from '../stats/moments.ts';
import { pairedDifference } from '../stats/paired.ts';
import { proportionInterval } from '../stats/proportion-interval.ts';
import { poolSeeds } from '../stats/seeds.ts';
import type { Transitions } from '../stats/transitions.ts';
import { domainsOf } from './domain-rows.ts';
import { addOutcomes, countOutcomes, scoredItems, valuesOf } from './item-scores.ts';
import { points, signedRange } from './number-text.ts';
import type { Panel } from './pair-samples.ts';
import type {
  BenchmarkComparison,
  DomainComparison,
  DomainScore,
  Forgetting,
  FormatStability,
  ReadingDifference,
  ReportArm,
  ReportBenchmark,
} from './report.ts';
import { RULES } from './rules.ts';

/** A program that was stopped had been extracted and run: its answer is readable, only too slow. */
const READ: ReadonlySet<Sample['outcome']> = new Set(['correct', 'wrong', 'timeout']);

/** How many generated answers could be read at all, for every arm; choices are always readable and left out. */
export function formatRows(
  panels: readonly Panel[],
  arms: readonly ReportArm[],
  base: string,
): FormatStability[] {
  const generated = panels.filter((panel) => panel.arms.get(base)?.[0]?.[0]?.kind === 'generate');
  const seedsOf = (panel: Panel, arm: string) => panel.arms.get(arm) ?? [];
  const isRead = ({ outcome }: Sample) => (READ.has(outcome) ? 1 : 0);
  /** Of the items that ended in an error for none of `together`: an outage is no unreadable answer. */
  const readable = (arm: string, together: readonly string[]) => {
    const parts = generated.map((panel) => {
      const keep = scoredItems(together.flatMap((name) => seedsOf(panel, name)));
      return {
        items: poolSeeds(valuesOf(seedsOf(panel, arm), keep, isRead)).items,
        clusters: panel.clusters.filter((_, i) => keep[i]).map((name) => `${panel.info.name}/${name}`),
      };
    });
    return {
      items: parts.flatMap(({ items }) => items),
      clusters: parts.flatMap(({ clusters }) => clusters),
    };
  };
  return arms.map(({ name }) => {
    const own = generated.length > 0 ? readable(name, [name]) : null;
    const pair = own && name !== base ? [base, name] : [];
    const [before, after] = pair.map((arm) => readable(arm, pair));
    return {
      arm: name,
      readable: own && proportionInterval(own.items, own.clusters),
      difference: before && after ? pairedDifference(before.items, after.items, after.clusters) : null,
      outcomes: addOutcomes(generated.map((panel) => countOutcomes(seedsOf(panel, name)))),
      items: own?.items.length ?? 0,
    };
  });
}

/** Non-inferiority of every arm on the guards, and what became of the items of each domain. */
export function forgettingRows(
  arms: readonly ReportArm[],
  comparisons: readonly BenchmarkComparison[],
  benchmarks: readonly ReportBenchmark[],
  domains: readonly DomainComparison[],
  scores: readonly DomainScore[],
): Forgetting[] {
  const base = arms.find((arm) => arm.isBase)?.name;
  const before = scores.find((row) => row.arm === base && row.domain === 'guards');
  const baseAtChance = before !== undefined && before.score.low <= before.chance;
  return arms
    .filter((arm) => !arm.isBase)
    .map(({ name }) => {
      const byDomain = domainsOf(benchmarks).map(({ domain, members }) => {
        const own = comparisons.filter(
          (row) => row.arm === name && members.some((member) => member.name === row.benchmark),
        );
        const total = (key: keyof Transitions) => own.reduce((sum, row) => sum + row.transitions[key], 0);
        const [rightToWrong, wrongToRight] = [total('rightToWrong'), total('wrongToRight')];
        return {
          domain,
          rightToWrong,
          baseRight: rightToWrong + total('rightToRight'),
          wrongToRight,
          baseWrong: wrongToRight + total('wrongToWrong'),
        };
      });
      const guards = domains.find((row) => row.arm === name && row.domain === 'guards');
      return {
        arm: name,
        guards: guards?.difference ?? null,
        ...judge(guards, baseAtChance),
        baseAtChance,
        rightToWrong: byDomain.reduce((sum, row) => sum + row.rightToWrong, 0),
        baseRight: byDomain.reduce((sum, row) => sum + row.baseRight, 0),
        byDomain,
      };
    });
}

/** Lost by the domain's own verdict, kept by the margin if there was something to lose; anything else cannot tell. */
function judge(
  guards: DomainComparison | undefined,
  baseAtChance: boolean,
): Pick<Forgetting, 'verdict' | 'because'> {
  const margin = points(RULES.forgettingMargin);
  if (!guards) return { verdict: 'no guards', because: 'The study evaluates no guard benchmark.' };
  const range = signedRange(guards.difference);
  if (guards.verdict === 'loss')
    return { verdict: 'lost', because: `The interval of the guards (${range}) lies below 0.` };
  if (baseAtChance)
    return {
      verdict: 'cannot tell',
      because: 'The base model cannot be told from guessing on the guards, so there was nothing to lose.',
    };
  return guards.difference.low > -RULES.forgettingMargin
    ? { verdict: 'kept', because: `The interval of the guards (${range}) lies above a loss of ${margin}.` }
    : {
        verdict: 'cannot tell',
        because: `The interval of the guards (${range}) reaches a loss of ${margin}.`,
      };
}

/** The two readings of the same answers, wherever the harness-compatible one gives the benchmark's metric. */
export function readingRows(panels: readonly Panel[], arms: readonly ReportArm[]): ReadingDifference[] {
  return panels.flatMap((panel) =>
    arms.flatMap(({ name }) => {
      const seeds = panel.arms.get(name) ?? [];
      const keep = scoredItems(seeds).map(
        (kept, i) =>
          kept &&
          seeds.every((seed) =>
            Number.isFinite(seed[i]?.readings.compatible[panel.info.metric] ?? Number.NaN),
          ),
      );
      if (!keep.some(Boolean)) return [];
      const clusters = panel.clusters.filter((_, i) => keep[i]);
      const metric = panel.info.metric;
      const compatible = poolSeeds(
        valuesOf(seeds, keep, (sample) => sample.readings.compatible[metric] as number),
      );
      const corrected = poolSeeds(valuesOf(seeds, keep));
      const difference = pairedDifference(compatible.items, corrected.items, clusters);
      return {
        benchmark: panel.info.name,
        arm: name,
        compatible: mean(compatible.items),
        corrected: mean(corrected.items),
        difference,
        differs: difference.low > 0 || difference.high < 0,
      };
    }),
  );
}
