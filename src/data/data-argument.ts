/** `--data` on the command line: a file, a dataset of the hub, procedural tasks, a mixture file, or a weighted mix. */
import { UserError } from '../errors.ts';
import { fileStat } from '../platform/files.ts';
import { divideTokens } from './divide-tokens.ts';
import type { MixtureData } from './mixture/mixed-stage.ts';
import { isMixtureFile, readMixture } from './mixture/read-mixture.ts';
import { proceduralArgument } from './procedural-argument.ts';
import type { SourceSpec } from './source-spec.ts';
import { DATA_ENDINGS } from './sources/read-rows.ts';
import type { StageSpec } from './stage.ts';

const EXAMPLE =
  'For example: --data my.jsonl, --data openai/gsm8k:main:train, --data proc/arithmetic, --data 0.3*my.jsonl,0.7*tatsu-lab/alpaca.';

/** Data that need no counting: sources, and what is taken from each. */
export type ArgumentData = Pick<StageSpec, 'sources' | 'parts'>;

/**
 * `FILE`, `ORG/NAME[:CONFIG[:SPLIT]]` or `proc/TASKS[:ROWS]` (`src/data/procedural-argument.ts`), or several of them between commas, each with `WEIGHT*` before it. `tokens`:
 * supervised tokens in all, divided by the weights (equal ones when none are given); without it everything is used
 * once, and weights are an error. A mixture file (YAML) says its weights itself; `tokens` overrules its own. Throws
 * UserError for text that is none of this.
 */
export async function dataArgument(text: string, tokens?: number): Promise<ArgumentData | MixtureData> {
  if (isMixtureFile(text)) {
    const data = await readMixture(text);
    return tokens === undefined ? data : { ...data, tokens };
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
    const { name, source } = await oneSource(weighted ? weighted[2]! : item);
    if (name in sources) throw wrong(text, `${name} is named twice`);
    sources[name] = source;
    weights.push({ source: name, weight });
  }
  return tokens === undefined ? { sources } : { sources, parts: divideTokens(tokens, weights) };
}

async function oneSource(text: string): Promise<{ name: string; source: SourceSpec }> {
  const isFile = (await fileStat(text)) !== null || DATA_ENDINGS.some((ending) => text.endsWith(ending));
  if (isFile) return { name: text, source: { file: text } };
  const procedural = proceduralArgument(text);
  if (procedural) return { name: text, source: procedural };
  const [dataset = '', config, split, ...more] = text.split(':');
  if (!/^[\w.-]+\/[\w.-]+$/.test(dataset) || more.length > 0) {
    throw wrong(text, 'it is neither a data file nor a mixture file nor a dataset of the hub nor proc/TASK');
  }
  const source = { dataset, ...(config ? { config } : {}), ...(split ? { split } : {}) };
  return { name: text, source };
}

function wrong(text: string, why: string): UserError {
  return new UserError(`Cannot read the data "${text}": ${why}.`, { remedy: EXAMPLE });
}
