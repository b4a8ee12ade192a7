/** From a mixture to the parts of a stage: how many supervised tokens of each source, and how their shares change. */
import { boundedCourse } from './bounded-course.ts';
import type { ShareBounds } from './bounded-shares.ts';
import { type Course, type Knot, meanShare, wholeCourse } from './course.ts';
import { type BySource, type Mixture, rulesOf, type ShareRule } from './mixture.ts';

export interface SettledMixture {
  /** Mean share of each source over the run, by name; those that give nothing are left out. */
  readonly means: BySource;
  /** Left out when the shares are the same all along. */
  readonly course?: Course;
}

/** Whether the shares depend on how many supervised tokens the sources hold. */
export function needsSizes(mixture: Mixture): boolean {
  return rulesOf(mixture).some(({ weights }) => weights === undefined);
}

/**
 * The shares of a mixture that `checkMixture` has passed. `names`: its sources. `sizes`: supervised tokens of one epoch
 * of each source, where `needsSizes` says so. Undefined when the bounds leave no way: floors of more than 1, or caps
 * that leave something no source may take.
 */
export function settleMixture(
  mixture: Mixture,
  names: readonly string[],
  sizes: BySource = {},
): SettledMixture | undefined {
  const sorted = [...names].sort();
  const bounds = sorted.map((name): ShareBounds => {
    return { least: mixture.at_least?.[name] ?? 0, most: mixture.at_most?.[name] ?? 1 };
  });
  const points = boundedCourse(
    rulesOf(mixture).map((rule) => ({ at: rule.at, weights: weightsOf(rule, sorted, mixture, sizes) })),
    bounds,
  );
  if (points === undefined) return undefined;
  const knots = points.map(
    ({ at, shares }): Knot => ({
      at,
      shares: Object.fromEntries(sorted.map((name, source) => [name, shares[source]!])),
    }),
  );
  const course = wholeCourse(knots);
  const means = sorted.flatMap((name): [string, number][] => {
    const share = meanShare(course, name);
    return share > 0 ? [[name, share]] : [];
  });
  const constant = knots.every(({ shares }) =>
    sorted.every((name) => Math.abs(shares[name]! - knots[0]!.shares[name]!) < 1e-12),
  );
  return { means: Object.fromEntries(means), ...(constant ? {} : { course }) };
}

/** Weights that sum to 1. */
function weightsOf(
  { weights, temperature }: ShareRule,
  names: readonly string[],
  mixture: Mixture,
  sizes: BySource,
): number[] {
  const raw = names.map((name) => {
    if (weights !== undefined) return weights[name] ?? 0;
    const size = sizes[name] ?? 0;
    if (temperature === undefined) return size * (mixture.epochs?.[name] ?? 1);
    // Twelve digits: the last bits of a power may differ between machines.
    return Number((size ** (1 / temperature)).toPrecision(12));
  });
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => weight / sum);
}

/**
 * The most supervised tokens that a run may have without using any source more often than its epochs. `sizes` as for
 * `settleMixture`.
 */
export function longestRun(mixture: Mixture, means: BySource, sizes: BySource): number {
  const most = Object.entries(means).map(
    ([name, share]) => ((sizes[name] ?? 0) * (mixture.epochs?.[name] ?? 1)) / share,
  );
  const whole = Math.min(...most);
  const near = Math.round(whole);
  // A run of exactly all epochs must not lose a token to the last bit.
  return Math.abs(whole - near) < 1e-3 ? near : Math.floor(whole);
}
