/** `--data` on the command line: a file, a dataset of the hub, procedural tasks, a mixture file, or a weighted mix. */
import { divideTokens } from './divide-tokens.ts';
import type { MixtureData } from './mixture/mixed-stage.ts';
import { isMixtureFile, readMixture } from './mixture/read-mixture.ts';
import { type DedupMode, screenFor } from './overlap/screen.ts';
import { sourceArgument, wrongData as wrong } from './source-argument.ts';
import type { SourceSpec } from './source-spec.ts';
import type { StageSpec } from './stage.ts';

const TOO_SMALL = 'Raise --tokens or its weight, or leave the source out.';

/** Data that need no counting: sources, and what is taken from each. */
export type ArgumentData = Pick<StageSpec, 'sources' | 'parts' | 'screen'>;

/**
 * `FILE`, `ORG/NAME[:CONFIG[:SPLIT]]`, `ORG/NAME:FILES` or `proc/TASKS[:ROWS]` (`src/data/procedural-argument.ts`), or
 * several of them between commas, each with `WEIGHT*` before it. `tokens`: supervised tokens in all, divided by the
 * weights (equal ones when none are given); without it everything is used once, and weights are an error. `dedup`: what
 * becomes of rows that repeat one of their source or of one named before; they stay unless told otherwise. `against`:
 * benchmarks whose items are left out, as `ScreenSpec` has them. A mixture file (YAML) says its weights itself; `tokens`
 * and `dedup` overrule its own. Throws UserError for text that is none of this.
 */
export async function dataArgument(
  text: string,
  tokens?: number,
  dedup?: DedupMode,
  against: readonly string[] = [],
): Promise<ArgumentData | MixtureData> {
  if (isMixtureFile(text)) {
    const data = await readMixture(text);
    return {
      ...data,
      ...(tokens === undefined ? {} : { tokens }),
      ...(dedup === undefined ? {} : { dedup }),
      ...(against.length === 0 ? {} : { against }),
    };
  }
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
  const screen = screenFor(dedup ?? 'off', against);
  const data = { sources, ...(screen ? { screen } : {}) };
  if (tokens === undefined) return data;
  const parts = divideTokens(tokens, weights);
  const without = weights.find(({ source }) => parts.every((part) => part.source !== source));
  if (without !== undefined)
    throw wrong(text, `of ${tokens} tokens, ${without.source} would get none`, TOO_SMALL);
  return { ...data, parts };
}
