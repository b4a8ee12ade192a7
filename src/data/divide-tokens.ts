/** A number of tokens divided by weights. */
import type { StagePart } from './stage.ts';

/** Whole tokens in proportion to weights that add up to exactly `tokens` (largest remainders; ties to the first). */
export function divideTokens(
  tokens: number,
  weights: readonly { readonly source: string; readonly weight: number }[],
): StagePart[] {
  const whole = weights.reduce((sum, { weight }) => sum + weight, 0);
  const exact = weights.map(({ weight }) => (tokens * weight) / whole);
  const shares = exact.map(Math.floor);
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  let missing = tokens - shares.reduce((sum, share) => sum + share, 0);
  for (const { index } of byRemainder) {
    if (missing-- <= 0) break;
    shares[index]!++;
  }
  return weights
    .map(({ source }, index) => ({ source, from: 0, tokens: shares[index]! }))
    .filter((part) => part.tokens > 0);
}
