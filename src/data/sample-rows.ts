/**
 * `sample-rows.json`: a few examples of a prepared stage with roles and texts, so that a report can show what was
 * trained on without a tokenizer and without the sources.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import { exists, readText, writeAtomic } from '../platform/files.ts';
import { type RowRendering, rolesOf, rowsWithRoles } from './inspect/row-with-roles.ts';
import { SHOWN_ROLES, type ShownDocument, shownTokens } from './inspect/shown-row.ts';
import type { Taken } from './selection/taken.ts';

/** Of each source, the first ones that the seed draws. */
const ROWS = 2;
/** Enough to see a whole conversation of the usual length; more would make reports heavy. */
const TOKENS = 400;

export function sampleRows(taken: readonly Taken[], rendering: RowRendering): ShownDocument[] {
  return taken.flatMap(({ source, selection }) =>
    Array.from({ length: Math.min(ROWS, selection.size) }, (_, item) => {
      const { row, ids, supervised } = selection.example(item);
      const roles = rolesOf(ids, rowsWithRoles(source.converted(row), rendering));
      const tokens = shownTokens(ids.subarray(0, TOKENS), supervised, roles, rendering.tools.tokenizer);
      return { source: source.name, row, epoch: selection.epoch(item) + 1, length: ids.length, tokens };
    }),
  );
}

const fileSchema = z.strictObject({
  version: z.literal(1),
  rows: z.array(
    z.strictObject({
      source: z.string(),
      row: z.int(),
      epoch: z.int(),
      length: z.int(),
      /** Id, text, role, supervised, special. */
      tokens: z.array(
        z.tuple([z.int(), z.string(), z.enum(SHOWN_ROLES), z.literal([0, 1]), z.literal([0, 1])]),
      ),
    }),
  ),
});

export async function writeSampleRows(folder: string, rows: readonly ShownDocument[]): Promise<void> {
  const file = {
    version: 1,
    rows: rows.map(({ tokens, ...row }) => ({
      ...row,
      tokens: tokens.map(({ id, text, role, supervised, special }) => [
        id,
        text,
        role,
        Number(supervised),
        Number(special),
      ]),
    })),
  };
  await writeAtomic(join(folder, 'sample-rows.json'), `${JSON.stringify(file)}\n`);
}

/** Empty for a stage that an earlier version prepared. */
export async function readSampleRows(folder: string): Promise<ShownDocument[]> {
  const path = join(folder, 'sample-rows.json');
  if (!(await exists(path))) return [];
  return parseRows(path, await readText(path)).map(({ tokens, ...row }) => ({
    ...row,
    tokens: tokens.map(([id, text, role, supervised, special]) => ({
      id,
      text,
      role,
      supervised: supervised === 1,
      special: special === 1,
    })),
  }));
}

function parseRows(file: string, text: string): z.infer<typeof fileSchema>['rows'] {
  try {
    return fileSchema.parse(JSON.parse(text)).rows;
  } catch (cause) {
    throw new UserError('The sample rows are not what Carryover writes.', {
      place: { file },
      remedy: 'Delete this file: what it shows is then left out.',
      cause,
    });
  }
}
