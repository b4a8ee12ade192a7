/** One source of data as it is written on the command line. */
import { UserError } from '../errors.ts';
import { fileStat } from '../platform/files.ts';
import { PIPE } from '../platform/readable.ts';
import { proceduralArgument } from './procedural-argument.ts';
import type { SourceSpec } from './source-spec.ts';
import { DATA_ENDINGS } from './sources/read-rows.ts';

const EXAMPLE =
  'For example: --data my.jsonl, --data openai/gsm8k:main:train, --data llamafactory/demo_data:identity.json, --data proc/arithmetic, --data 0.3*my.jsonl,0.7*tatsu-lab/alpaca.';

const SAMPLES = 'samples:';

/** A dataset of the hub, and what stands behind it. */
const DATASET = /^([\w.-]+\/[\w.-]+)(?::(.*))?$/;

/** Standard input and what a shell writes for `<(...)`. */
const STREAMS = /^(-|\/dev\/(stdin|fd\/.*)|\/proc\/[^/]+\/fd\/.*)$/;

const endsAsData = (text: string): boolean => DATA_ENDINGS.some((ending) => text.endsWith(ending));

/**
 * `FILE`, `samples:FOLDER`, `ORG/NAME[:CONFIG[:SPLIT]]`, `ORG/NAME:FILES` (a path in the repository, `*` for any
 * characters but a slash) or `proc/TASKS[:ROWS]` (`src/data/procedural-argument.ts`). Throws UserError for text that is
 * none of this; whether there is such a file or dataset shows when it is opened.
 */
export async function sourceArgument(text: string): Promise<{ name: string; source: SourceSpec }> {
  if (STREAMS.test(text)) throw new UserError(PIPE.what, { place: { file: text }, remedy: PIPE.remedy });
  if ((await fileStat(text)) !== null) return { name: text, source: { file: text } };
  const [, dataset, rest] = DATASET.exec(text) ?? [];
  if (dataset !== undefined && rest !== undefined && (rest.includes('*') || endsAsData(rest)))
    return { name: text, source: { dataset, files: rest } };
  if (/[*?[{]/.test(text)) {
    throw wrongData(text, 'it is a pattern, and patterns are only known in repositories of the hub', PATTERN);
  }
  if (endsAsData(text)) return { name: text, source: { file: text } };
  const procedural = proceduralArgument(text);
  if (procedural) return { name: text, source: procedural };
  if (text.startsWith(SAMPLES)) return { name: text, source: { samples: text.slice(SAMPLES.length) } };
  const [config, split, ...more] = rest?.split(':') ?? [];
  if (dataset === undefined || more.length > 0) {
    throw wrongData(
      text,
      'it is neither a data file nor a mixture file nor a dataset of the hub nor proc/TASK nor samples:FOLDER',
    );
  }
  const source = { dataset, ...(config ? { config } : {}), ...(split ? { split } : {}) };
  return { name: text, source };
}

const PATTERN =
  'Name the files one by one, or leave the pattern to the shell (without quotes) where a command takes several files: data dedup and data decontaminate. Of the hub: ORG/NAME:FOLDER/*.parquet.';

export function wrongData(text: string, why: string, remedy: string = EXAMPLE): UserError {
  return new UserError(`Cannot read the data "${text}": ${why}.`, { remedy });
}
