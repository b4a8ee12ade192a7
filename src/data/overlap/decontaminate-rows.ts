/** Rows compared with an index of benchmark items one after another: what is kept, and what was found in which row. */
import type { ChosenFormat } from '../formats/choose-format.ts';
import type { SourceRow } from '../sources/row.ts';
import type { Decontaminator, Hit } from './decontaminator.ts';
import { LAYERS, type Layer, type LayerActions } from './layers.ts';
import { rowTurns } from './row-turns.ts';

/** One line of the file of hits. */
export interface HitRecord {
  /** Number of the row in its file, from 1. */
  readonly row: number;
  readonly benchmark: string;
  readonly item: string;
  readonly layer: Layer;
  /** Share of the item that was found, 0 to 1. */
  readonly overlap: number;
  /** What stands in the row. */
  readonly text: string;
  /** What stands in the benchmark. */
  readonly match: string;
}

export interface Counts {
  readonly rows: number;
  readonly kept: number;
  readonly dropped: number;
  /** Rows that were kept though something was found. */
  readonly flagged: number;
  /** Rows by the surest layer that found something. */
  readonly layers: Readonly<Record<Layer, number>>;
  /** Rows by benchmark of which something was found. */
  readonly benchmarks: Readonly<Record<string, number>>;
}

export type Fate = 'kept' | 'dropped' | 'flagged';

export interface Judgement {
  readonly fate: Fate;
  /** Every item that was found in the row, the surest first. */
  readonly hits: readonly HitRecord[];
}

/** Counts while rows are judged. */
export class Decontamination {
  readonly #index: Decontaminator;
  readonly #actions: LayerActions;
  readonly #layers: Record<Layer, number> = { exact: 0, ngram13: 0, ngram8: 0, template: 0, near: 0 };
  readonly #benchmarks = new Map<string, number>();
  readonly #fates: Record<Fate, number> = { kept: 0, dropped: 0, flagged: 0 };

  constructor(index: Decontaminator, actions: LayerActions) {
    this.#index = index;
    this.#actions = actions;
  }

  /** As `look`, and counted. */
  judge(row: SourceRow, format: ChosenFormat | undefined): Judgement {
    const judged = this.look(row, format);
    this.count(judged);
    return judged;
  }

  /** What becomes of a row. */
  look(row: SourceRow, format: ChosenFormat | undefined): Judgement {
    const hits = this.#index.hits(rowTurns(row, format));
    const records: HitRecord[] = [];
    // An item has several texts (its question in other wordings, its solution): the first hit is the surest.
    const seen = new Set<string>();
    for (const { owners, layer, overlap, text, match } of hits) {
      const rounded = Number(overlap.toFixed(4));
      for (const { benchmark, item } of owners) {
        const key = JSON.stringify([benchmark, item]);
        if (seen.has(key)) continue;
        seen.add(key);
        records.push({ row: row.row, benchmark, item, layer, overlap: rounded, text, match });
      }
    }
    return { fate: this.#fateOf(hits), hits: records };
  }

  count({ fate, hits }: Judgement): void {
    this.#fates[fate]++;
    if (hits[0]) this.#layers[hits[0].layer]++;
    for (const name of new Set(hits.map(({ benchmark }) => benchmark))) {
      this.#benchmarks.set(name, (this.#benchmarks.get(name) ?? 0) + 1);
    }
  }

  #fateOf(hits: readonly Hit[]): Fate {
    if (hits.length === 0) return 'kept';
    return hits.some(({ layer }) => this.#actions[layer] === 'drop') ? 'dropped' : 'flagged';
  }

  counts(): Counts {
    const { kept, dropped, flagged } = this.#fates;
    const benchmarks = [...this.#benchmarks].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      rows: kept + dropped + flagged,
      kept: kept + flagged,
      dropped,
      flagged,
      layers: Object.fromEntries(LAYERS.map((layer) => [layer, this.#layers[layer]])) as Counts['layers'],
      benchmarks: Object.fromEntries(benchmarks),
    };
  }
}
