/** One source of data as it is written on the command line. */
import { UserError } from '../errors.ts';
import { fileStat } from '../platform/files.ts';
import { proceduralArgument } from './procedural-argument.ts';
import type { SourceSpec } from './source-spec.ts';
import { DATA_ENDINGS } from './sources/read-rows.ts';

const EXAMPLE =
  'For example: --data my.jsonl, --data openai/gsm8k:main:train, --data proc/arithmetic, --data 0.3*my.jsonl,0.7*tatsu-lab/alpaca.';

const SAMPLES = 'samples:';

/**
 * `FILE`, `samples:FOLDER`, `ORG/NAME[:CONFIG[:SPLIT]]` or `proc/TASKS[:ROWS]` (`src/data/procedural-argument.ts`). Throws UserError for
 * text that is none of this; whether there is such a file or dataset shows when it is opened.
 */
export async function sourceArgument(text: string): Promise<{ name: string; source: SourceSpec }> {
  const isFile = (await fileStat(text)) !== null || DATA_ENDINGS.some((ending) => text.endsWith(ending));
  if (isFile) return { name: text, source: { file: text } };
  const procedural = proceduralArgument(text);
  if (procedural) return { name: text, source: procedural };
  if (text.startsWith(SAMPLES)) return { name: text, source: { samples: text.slice(SAMPLES.length) } };
  const [dataset = '', config, split, ...more] = text.split(':');
  if (!/^[\w.-]+\/[\w.-]+$/.test(dataset) || more.length > 0) {
    throw wrongData(
      text,
      'it is neither a data file nor a mixture file nor a dataset of the hub nor proc/TASK nor samples:FOLDER',
    );
  }
  const source = { dataset, ...(config ? { config } : {}), ...(split ? { split } : {}) };
  return { name: text, source };
}

export function wrongData(text: string, why: string): UserError {
  return new UserError(`Cannot read the data "${text}": ${why}.`, { remedy: EXAMPLE });
}
