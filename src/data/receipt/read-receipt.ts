/** Receipts read back from disk, with what is asked of them checked: people edit and copy files. */
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../errors.ts';
import { readText } from '../../platform/files.ts';
import type { DataReceipt } from '../stage.ts';

const number = z.number();
const count = z.int().min(0);

/** What every receipt has that training, reports and commands rely on; it may have more. */
const schema = z.looseObject({
  version: z.literal(1),
  seed: number,
  tokenizer: z.string(),
  template: z.looseObject({ name: z.string(), sha256: z.string() }),
  rowLength: count,
  steps: count,
  packedRows: count,
  examples: count,
  tokens: count,
  supervisedTokens: count,
  fill: number,
  sources: z
    .array(
      z.looseObject({
        name: z.string(),
        source: z.string(),
        licence: z.string().nullable(),
        format: z.string(),
        formatFrom: z.string(),
        rows: count,
        dropped: z.record(z.string(), count),
        examples: count,
        epochs: count,
        tokens: count,
        supervisedTokens: count,
        turns: count,
        stopTurns: count,
        shared: z.array(z.unknown()),
        files: z.array(z.looseObject({ file: z.string(), bytes: number, sha256: z.string() })),
      }),
    )
    .min(1),
  lengths: z.array(z.looseObject({ upTo: number, examples: count })),
  packed: z.string(),
});

/** Receipts of the first versions say less than is shown of one. */
const told = z.looseObject({ trainOn: z.string(), overlong: z.string(), renderer: number });

/** The receipt of a prepared folder. Throws UserError, naming the file, where it is damaged or of an early version. */
export async function readReceipt(folder: string): Promise<DataReceipt> {
  const file = join(folder, 'receipt.json');
  const receipt = checkedReceipt(parsed(file, await readText(file)), file);
  if (receipt === undefined)
    throw new UserError('This receipt is of an earlier version of Carryover.', {
      place: { file },
      remedy: 'Prepare the data again: run the study or the training anew.',
    });
  return receipt;
}

/** As `readReceipt`; undefined for one of an early version. */
export async function readShownReceipt(folder: string): Promise<DataReceipt | undefined> {
  const file = join(folder, 'receipt.json');
  return checkedReceipt(parsed(file, await readText(file)), file);
}

/** A receipt inside `file`. Undefined for one of an early version. Throws UserError where it is damaged. */
export function checkedReceipt(value: unknown, file: string): DataReceipt | undefined {
  const { error } = schema.safeParse(value);
  if (error) throw damaged(file, error);
  return told.safeParse(value).success ? (value as DataReceipt) : undefined;
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw damaged(file, cause);
  }
}

function damaged(file: string, cause: unknown): UserError {
  const at = cause instanceof z.ZodError ? cause.issues[0]?.path.join('.') : '';
  return new UserError(`The receipt of these data is damaged${at ? ` (at ${at})` : ''}.`, {
    place: { file },
    remedy: 'Remove the folder that it is in and prepare the data again: run the study or the training anew.',
    cause,
  });
}
