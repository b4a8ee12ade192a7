import { mcnemarExact } from './mcnemar.ts';
import { randomStream } from './random.ts';
import { signFlipTest } from './sign-flip.ts';

export interface PairedTest {
  /** Two-sided. */
  readonly p: number;
  readonly test: 'mcnemar' | 'sign-flip';
}

/**
 * Is the arm as likely to win an item as to lose it? McNemar's exact test where every item is its own cluster and the
 * scores are 0 or 1; else the sign-flip test of whole clusters, whose random numbers are named by `seed`.
 */
export function pairedTest(
  base: readonly number[],
  arm: readonly number[],
  clusters: readonly string[],
  seed: string,
): PairedTest {
  const values = arm.map((score, i) => score - (base[i] as number));
  const binary = [...base, ...arm].every((score) => score === 0 || score === 1);
  if (binary && new Set(clusters).size === values.length) {
    const won = values.filter((d) => d > 0).length;
    return { p: mcnemarExact(won, values.filter((d) => d < 0).length), test: 'mcnemar' };
  }
  return { p: signFlipTest([{ values, clusters }], randomStream(seed)), test: 'sign-flip' };
}
