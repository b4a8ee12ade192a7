/**
 * pass@k: the chance that at least one of k samples is right, estimated without bias from n samples of which c are
 * right: 1 - C(n-c, k) / C(n, k) (Chen et al. 2021, arXiv 2107.03374, equation 1; the naive 1 - (1 - c/n)^k is biased).
 * Computed as their product, the factors of which stay below 1 where the binomials overflow:
 * 1 - prod over i from n-c+1 to n of (1 - k/i).
 */

/** Throws RangeError unless 0 <= c <= n and 1 <= k <= n, all whole: fewer samples than k say nothing about pass@k. */
export function passAtK(n: number, c: number, k: number): number {
  const whole = [n, c, k].every(Number.isInteger);
  if (!whole || c < 0 || c > n || k < 1 || k > n)
    throw new RangeError(`pass@${k} of ${c} right in ${n} samples`);
  if (n - c < k) return 1;
  let none = 1;
  for (let i = n - c + 1; i <= n; i++) none *= 1 - k / i;
  return 1 - none;
}
