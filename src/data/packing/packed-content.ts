/** The bytes of `packed.bin` and the text of `packed.json` of a planned stage, piece by piece. */

import { exampleAt, type Schedule } from '../selection/schedule.ts';
import type { Chosen } from '../selection/taken.ts';
import type { BatchPlan } from './batch-plan.ts';
import { TOKEN_BYTES } from './packed-file.ts';
import { type IndexedMember, indexChunks } from './packed-index.ts';

/** A stage whose examples are chosen, in order and packed. */
export interface PlannedStage<Source extends Chosen = Chosen> {
  readonly taken: readonly Source[];
  readonly schedule: Schedule;
  readonly plan: BatchPlan;
}

/** Bytes that are written at once, or those of one row where that is more. */
const CHUNK = 1 << 20;

/** Row by row: ids, then the mask. `rows`: how many are packed with this piece. */
export function* binChunks({
  taken,
  schedule,
  plan,
}: PlannedStage): Generator<{ readonly bytes: Uint8Array; readonly rows: number }> {
  const { rowLength, rows } = plan;
  const rowBytes = rowLength * TOKEN_BYTES;
  const atOnce = Math.max(1, Math.floor(CHUNK / rowBytes));
  for (let from = 0; from < rows.length; from += atOnce) {
    const to = Math.min(rows.length, from + atOnce);
    const bytes = new Uint8Array((to - from) * rowBytes);
    const view = new DataView(bytes.buffer);
    for (let row = from; row < to; row++) {
      const base = (row - from) * rowBytes;
      let place = 0;
      for (const member of rows.row(row)) {
        const { ids, supervised } = exampleAt(taken, schedule, member);
        for (const [index, id] of ids.entries()) view.setInt32(base + 4 * (place + index), id, true);
        bytes.set(supervised, base + 4 * rowLength + place);
        place += ids.length;
      }
    }
    yield { bytes, rows: to };
  }
}

export function indexText({ taken, schedule, plan }: PlannedStage): Generator<string> {
  const { lists, lengths, tokens, supervisedTokens } = schedule;
  const { rowLength, starts, rows } = plan;
  const members = function* (): Generator<IndexedMember[]> {
    for (const row of rows) {
      yield Array.from(row, (member): IndexedMember => {
        const list = lists[member]!;
        const { selection } = taken[list]!;
        const item = schedule.item(member);
        return [lengths[member]!, list, selection.row(item), selection.epoch(item)];
      });
    }
  };
  const sources = taken.map(({ source }) => source.name);
  return indexChunks({ version: 1, rowLength, tokens, supervisedTokens, sources, starts }, members());
}
