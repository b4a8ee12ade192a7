/** The packed rows of an optimizer step, as they are trained. */
import type { Tokenizer } from '../../checkpoint/checkpoint.ts';
import { UserError } from '../../errors.ts';
import { counted } from '../../text/counts.ts';
import { rowLengthFor } from '../packing/pack.ts';
import { openPacked, type PackedMember, packedMembers } from '../packing/packed-file.ts';
import type { PackedRow } from '../packing/packed-row.ts';
import { rolesOf } from './row-with-roles.ts';
import type { ShownRole } from './shown-row.ts';
import { type ShownRow, shownTokens } from './shown-row.ts';

/** A row rendered again: what it has in a packed row, or more where it was cut there. */
export interface KnownRow {
  readonly ids: ArrayLike<number>;
  readonly roles: readonly ShownRole[];
}

/** `<source> <row>`: how rows are looked up. */
export const rowKey = ({ source, row }: Pick<PackedMember, 'source' | 'row'>): string => `${row} ${source}`;

export interface PackedStep {
  readonly members: readonly (readonly PackedMember[])[];
  readonly rows: readonly PackedRow[];
  /** Of the whole stage. */
  readonly steps: number;
}

/** `step`: from 1. Throws UserError where the stage has no such step, or nothing is prepared in the folder. */
export async function readStep(folder: string, step: number): Promise<PackedStep> {
  const packed = await openPacked(folder);
  try {
    if (step > packed.steps)
      throw new UserError(`--step ${step}: there are ${counted(packed.steps, 'optimizer step')}`, {
        place: { file: folder },
        remedy: `Choose a step from 1 to ${packed.steps}.`,
      });
    const rows = await packed.batch(step - 1);
    return { rows, members: await packedMembers(folder, step - 1), steps: packed.steps };
  } finally {
    await packed.close();
  }
}

/**
 * The rows of a step. A step's rows are as long as its fullest one, which is how they are trained. Roles are those of
 * `known` where that has the very tokens; other documents are shown without roles.
 */
export function shownStep(
  { rows, members }: Pick<PackedStep, 'rows' | 'members'>,
  known: ReadonlyMap<string, readonly KnownRow[]>,
  tokenizer: Pick<Tokenizer, 'decode' | 'isSpecial'>,
): ShownRow[] {
  const filled = members.map((row) => row.reduce((sum, { tokens }) => sum + tokens, 0));
  const length = Math.min(rows[0]?.ids.length ?? 0, rowLengthFor(Math.max(0, ...filled)));
  return rows.map((row, index) => {
    let place = 0;
    const documents = members[index]!.map((member) => {
      const ids = row.ids.subarray(place, place + member.tokens);
      const supervised = row.supervised.subarray(place, place + member.tokens);
      place += member.tokens;
      const tokens = shownTokens(ids, supervised, rolesOf(ids, known.get(rowKey(member)) ?? []), tokenizer);
      return {
        source: member.source,
        row: member.row,
        epoch: member.epoch + 1,
        length: member.tokens,
        tokens,
      };
    });
    return { documents, padding: length - filled[index]! };
  });
}
