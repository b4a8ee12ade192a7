import type { Stratum } from './bootstrap.ts';
import { clusterSums } from './clusters.ts';
import type { RandomStream } from './random.ts';

/**
 * Two-sided test of "arm and base are exchangeable", for a macro-average of paired differences of related items:
 * the signs of whole clusters are flipped at random (Fisher's randomisation test; Dror et al., ACL 2018, recommend
 * it for paired scores). With one stratum of independent 0/1 pairs it tests what McNemar's exact test tests.
 * p = (1 + flips at least as extreme) / (1 + flips), which is valid for any number of flips (Phipson and Smyth,
 * Statistical Applications in Genetics 9, 2010).
 */
export function signFlipTest(strata: readonly Stratum[], random: RandomStream, flips = 9999): number {
  const weights: number[] = [];
  for (const { values, clusters } of strata) {
    for (const sum of clusterSums(values, clusters).sums) {
      // A cluster whose differences cancel does not change under a flip.
      if (Math.abs(sum) > 1e-12) weights.push(sum / values.length / strata.length);
    }
  }
  if (weights.length === 0) return 1;
  const observed = Math.abs(weights.reduce((total, weight) => total + weight, 0));
  let extreme = 0;
  for (let flip = 0; flip < flips; flip++) {
    let total = 0;
    let bits = 0;
    for (let i = 0; i < weights.length; i++) {
      if (i % 32 === 0) bits = random.bits();
      total += bits & 1 ? (weights[i] as number) : -(weights[i] as number);
      bits >>>= 1;
    }
    // A tolerance, because equal sums in another order differ in the last digit.
    if (Math.abs(total) >= observed - 1e-12) extreme++;
  }
  return (1 + extreme) / (1 + flips);
}
