import type { Stratum } from './bootstrap.ts';
import { clusterSums } from './clusters.ts';
import { incompleteBeta, logGamma } from './incomplete-beta.ts';

/** What an exact paired test has to work with: clusters whose differences do not cancel. */
export interface Changes {
  /** All clusters; items that stand alone are clusters of one. */
  readonly clusters: number;
  /** Clusters that went up or down: McNemar's discordant pairs. */
  readonly changed: number;
  /** What one changed cluster adds to the difference, on average, as a share: 1/n for single 0/1 items. */
  readonly weight: number;
}

/** The changes of a macro-average of paired differences (or, with one stratum, of a plain mean). */
export function changesOf(strata: readonly Stratum[]): Changes {
  let [clusters, changed, moved, single] = [0, 0, 0, 0];
  for (const { values, clusters: names } of strata) {
    const { sums } = clusterSums(values, names);
    const item = 1 / values.length / strata.length;
    clusters += sums.length;
    single += sums.length * item;
    for (const sum of sums) {
      if (Math.abs(sum) <= 1e-12) continue;
      changed++;
      moved += Math.abs(sum) * item;
    }
  }
  if (clusters === 0) throw new RangeError('the changes of no items');
  return { clusters, changed, weight: changed > 0 ? moved / changed : single / clusters };
}

/**
 * Fewest changed clusters with which an exact sign test can reach the two-sided level at all: with d of them its
 * smallest p is 2 · 2^-d. 6 at 0.05.
 */
export function fewestChanges(alpha: number): number {
  return Math.max(1, Math.ceil(1 - Math.log2(alpha) - 1e-12));
}

/**
 * Power of the exact two-sided sign test (McNemar's, for pairs) against a true net share `net` of clusters that go up,
 * when a share `moving` >= `net` changes at all: the number of changes is binomial, and given it the number of gains
 * is. A rejection on the wrong side does not count.
 */
export function exactPower(clusters: number, moving: number, net: number, alpha: number): number {
  if (!(moving >= net && net >= 0 && moving <= 1)) throw new RangeError(`a share of ${net} in ${moving}`);
  if (moving === 0) return 0;
  const up = Math.min(1, (moving + net) / (2 * moving));
  const centre = clusters * moving;
  // Beyond five standard deviations lie less than 10^-6 of the studies.
  const reach = 5 * Math.sqrt(clusters * moving * (1 - moving)) + 1;
  const [from, to] = [Math.max(0, Math.floor(centre - reach)), Math.min(clusters, Math.ceil(centre + reach))];
  let power = 0;
  let wins = Math.ceil(from / 2);
  for (let d = Math.max(from, fewestChanges(alpha)); d <= to; d++) {
    wins = Math.max(wins, Math.ceil(d / 2));
    // The fewest wins that reject grow with d, so the search goes on where it stopped.
    while (wins <= d && 2 * atLeast(wins, d, 0.5) > alpha) wins++;
    power += probability(d, clusters, moving) * atLeast(wins, d, up);
  }
  return power;
}

/**
 * Smallest true difference, but not below `floor`, that the exact test shows with the given power. The share of clusters
 * that change is taken to be the observed one, or that of the difference itself where this is more. 1 when even a change
 * of every cluster would not be shown: with fewer than `fewestChanges` clusters.
 */
export function exactDetectable(changes: Changes, power: number, alpha: number, floor = 0): number {
  const { clusters, changed, weight } = changes;
  const seen = changed / clusters;
  const shows = (net: number) => exactPower(clusters, Math.max(seen, net), net, alpha) >= power;
  if (!shows(1)) return 1;
  let low = Math.min(1, floor / (clusters * weight));
  if (floor > 0 && shows(low)) return floor;
  // The answer is seldom far above the floor, and each look costs a sum over all numbers of changes.
  let high = Math.min(1, Math.max(1.15 * low, 1 / clusters));
  while (!shows(high)) {
    low = high;
    high = Math.min(1, 1.15 * high);
  }
  for (let i = 0; i < 9; i++) {
    const middle = (low + high) / 2;
    if (shows(middle)) high = middle;
    else low = middle;
  }
  return Math.min(1, Math.max(floor, high * clusters * weight));
}

/** P(X = k) of Binomial(n, p). */
function probability(k: number, n: number, p: number): number {
  if (p >= 1) return k === n ? 1 : 0;
  const choose = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return Math.exp(choose + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** P(X >= k) of Binomial(n, p). */
function atLeast(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return p >= 1 ? 1 : incompleteBeta(p, k, n - k + 1);
}
