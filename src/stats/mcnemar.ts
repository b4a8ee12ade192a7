import { logGamma } from './incomplete-beta.ts';

/**
 * Exact two-sided McNemar test: of the pairs that differ, is "gained" as likely as "lost"? Twice the smaller tail of
 * Binomial(gained + lost, 1/2), at most 1 (McNemar, Psychometrika 12, 1947, in its exact binomial form). 1 when
 * nothing differs. Valid for independent items; related items need `signFlipTest`.
 */
export function mcnemarExact(gained: number, lost: number): number {
  const trials = gained + lost;
  if (!(Number.isInteger(gained) && Number.isInteger(lost) && gained >= 0 && lost >= 0))
    throw new RangeError(`counts of pairs, not ${gained} and ${lost}`);
  if (trials === 0) return 1;
  let tail = 0;
  for (let k = 0; k <= Math.min(gained, lost); k++) {
    tail += Math.exp(logGamma(trials + 1) - logGamma(k + 1) - logGamma(trials - k + 1) - trials * Math.LN2);
  }
  return Math.min(1, 2 * tail);
}
