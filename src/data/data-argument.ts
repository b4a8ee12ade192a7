/** `--data` on the command line: a file, a dataset of the hub, procedural tasks, or a weighted mix of them. */
import { sourceArgument, wrongData as wrong } from './source-argument.ts';
import type { SourceSpec } from './source-spec.ts';
import type { StagePart, StageSpec } from './stage.ts';

/**
 * `FILE`, `ORG/NAME[:CONFIG[:SPLIT]]` or `proc/TASKS[:ROWS]` (`src/data/procedural-argument.ts`), or several of them between commas, each with `WEIGHT*` before it. `tokens`:
 * supervised tokens in all, divided by the weights (equal ones when none are given); without it everything is used
 * once, and weights are an error. Throws UserError for text that is none of this.
 */
export async function dataArgument(
  text: string,
  tokens?: number,
): Promise<Pick<StageSpec, 'sources' | 'parts'>> {
  const sources: Record<string, SourceSpec> = {};
  const weights: { readonly source: string; readonly weight: number }[] = [];
  const items = text.split(',').map((item) => item.trim());
  for (const item of items) {
    const weighted = item.match(/^([0-9.]+)\*(.+)$/);
    const weight = weighted ? Number(weighted[1]) : 1;
    if (!(weight > 0 && Number.isFinite(weight))) throw wrong(item, 'the weight must be a number above 0');
    if (weighted && tokens === undefined && items.length > 1) {
      throw wrong(text, 'weights need a number of supervised tokens to divide (--tokens)');
    }
    const { name, source } = await sourceArgument(weighted ? weighted[2]! : item);
    if (name in sources) throw wrong(text, `${name} is named twice`);
    sources[name] = source;
    weights.push({ source: name, weight });
  }
  return tokens === undefined ? { sources } : { sources, parts: divideTokens(tokens, weights) };
}

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
