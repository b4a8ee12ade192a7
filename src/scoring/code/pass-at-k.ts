/** The unbiased estimate of pass@k of Chen et al. 2021, "Evaluating large language models trained on code" (arXiv 2107.03374), section 2.1. */

/**
 * The chance that at least one of `k` samples drawn without replacement from `n` is correct, when `c` of the `n`
 * are: 1 - C(n - c, k) / C(n, k), computed as a product so that nothing overflows.
 * @param n samples of one problem, a whole number >= k
 * @param c correct ones among them, 0 to n
 * @param k samples one may hand in, a whole number >= 1
 * @throws RangeError when the numbers contradict each other: fewer than k samples give no estimate
 */
export function passAtK(n: number, c: number, k: number): number {
  if (![n, c, k].every(Number.isInteger) || k < 1 || n < k || c < 0 || c > n) {
    throw new RangeError(`pass@${k} from ${c} correct of ${n} samples`);
  }
  if (n - c < k) return 1;
  let allWrong = 1;
  for (let i = n - c + 1; i <= n; i++) allWrong *= 1 - k / i;
  return 1 - allWrong;
}
