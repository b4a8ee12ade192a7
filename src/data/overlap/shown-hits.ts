/**
 * Which of the items found in a source a receipt shows: those that cost a row before those that did not, and of every
 * benchmark about as many, so that one of which much is found hides no other. A function of the rows and their order.
 */
import { cutText } from '../../text/cut-text.ts';
import type { HitRecord } from './decontaminate-rows.ts';

/** A hit as a receipt shows it. `fate`: what became of its row; receipts of earlier versions do not say it. */
export interface ShownHit extends HitRecord {
  readonly fate?: RowFate;
}

type RowFate = 'dropped' | 'flagged';

/** Hits that are shown at most, and characters of each of their texts. */
const SHOWN = 50;
const TEXT = 300;

export class ShownHits {
  /** The first hits by benchmark: more of one could never be shown. */
  readonly #found: Readonly<Record<RowFate, Map<string, ShownHit[]>>> = {
    dropped: new Map(),
    flagged: new Map(),
  };

  add(fate: RowFate, hits: readonly HitRecord[]): void {
    for (const hit of hits) {
      const known = this.#found[fate].get(hit.benchmark) ?? [];
      if (known.length === SHOWN) continue;
      known.push({ ...hit, fate, text: cutText(hit.text, TEXT), match: cutText(hit.match, TEXT) });
      this.#found[fate].set(hit.benchmark, known);
    }
  }

  /** Hits of dropped rows, then of flagged ones, each by row and benchmark. */
  list(): readonly ShownHit[] {
    const dropped = spread(this.#found.dropped, SHOWN);
    return [...dropped, ...spread(this.#found.flagged, SHOWN - dropped.length)];
  }
}

/** At most `room` hits: the benchmarks take turns in the order of their names, each with its next row. */
function spread(found: ReadonlyMap<string, readonly ShownHit[]>, room: number): ShownHit[] {
  const lists = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, hits]) => hits);
  const turns = lists.flatMap((hits, list) => hits.map((hit, turn) => ({ hit, list, turn })));
  return turns
    .sort((a, b) => a.turn - b.turn || a.list - b.list)
    .slice(0, room)
    .sort((a, b) => a.hit.row - b.hit.row || a.list - b.list || a.turn - b.turn)
    .map(({ hit }) => hit);
}
