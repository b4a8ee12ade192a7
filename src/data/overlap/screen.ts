/**
 * What a data step leaves out of its sources before anything is drawn from them: rows that hold items of the benchmarks
 * that will be asked, and rows that repeat an earlier one. The sources are looked at in the order in which the user
 * declares them, those among them that the step does not draw from too, so that what a source gives does not depend on
 * what else a stage draws from. A contaminated row is no row that another can repeat.
 */
import { resolveBenchmarks } from '../../benchmarks/own/resolve.ts';
import { type HubOptions, hubPlace } from '../../platform/hub.ts';
import { canonicalJson } from '../../text/canonical-json.ts';
import type { ChosenFormat } from '../formats/choose-format.ts';
import type { SourceRow } from '../sources/row.ts';
import { Decontamination } from './decontaminate-rows.ts';
import { NEAR_SIMILARITY } from './deduplicator.ts';
import { type BenchmarkIndex, indexBenchmarks, PUBLISHED } from './index-benchmarks.ts';
import { DEFAULT_ACTIONS, type Layer, type LayerActions } from './layers.ts';
import { rowTurns } from './row-turns.ts';
import { SeenRows } from './seen-rows.ts';
import { type ShownHit, ShownHits } from './shown-hits.ts';

export const DEDUP_MODES = ['off', 'exact', 'near'] as const;
export type DedupMode = (typeof DEDUP_MODES)[number];

/** In the place of names; no benchmark and no group is called so. */
export const ALL_PUBLISHED = 'all';

export interface ScreenSpec {
  readonly dedup: DedupMode;
  /**
   * Benchmarks as a study names them: names of the registry, or files of the user's own. `ALL_PUBLISHED` alone: every
   * published one that can be had.
   */
  readonly against: readonly string[];
  readonly layers: LayerActions;
}

/** With the layers as they are unless told otherwise; undefined where nothing is left out. */
export function screenFor(dedup: DedupMode, against: readonly string[] = []): ScreenSpec | undefined {
  if (dedup === 'off' && against.length === 0) return undefined;
  return { dedup, against, layers: DEFAULT_ACTIONS };
}

/** What was left out of a source, and why. Rows are numbered from 1 in the order of its files. */
export interface ScreenReceipt {
  readonly dedup: DedupMode;
  /** Names of the benchmarks whose items were looked for. */
  readonly against: readonly string[];
  /** Where all were asked for: those whose items were not looked for, because their data cannot be had. */
  readonly notHad?: readonly string[];
  readonly duplicates: {
    readonly exact: number;
    readonly near: number;
    /**
     * Of these, how many repeat a row of a source that is declared before: each of those that were read, by name.
     * Receipts of earlier versions have none.
     */
    readonly across?: Readonly<Record<string, number>>;
    /** The first ones: which row stands for which, and the source that holds the kept one. */
    readonly first: readonly DuplicateRow[];
  };
  /** Rows that were dropped because of what they hold. */
  readonly contaminated: number;
  /** Rows that were kept though something was found. */
  readonly flagged: number;
  /** Rows, but duplicates, by the surest layer that found something, and by benchmark. */
  readonly layers: Readonly<Record<Layer, number>>;
  readonly benchmarks: Readonly<Record<string, number>>;
  /** Some of the items found, with both texts: see `ShownHits`. */
  readonly hits: readonly ShownHit[];
}

export interface DuplicateRow {
  readonly row: number;
  readonly kept: number;
  /** Left out in receipts of earlier versions, which looked at each source alone. */
  readonly source?: string;
}

/** Duplicates that a receipt shows. */
const SHOWN = 50;

type ScreenIndex = Pick<BenchmarkIndex, 'index' | 'benchmarks'> & Partial<Pick<BenchmarkIndex, 'leftOut'>>;

/** The screens of the sources of one stage. */
export class Screening {
  readonly #spec: ScreenSpec;
  readonly #index: ScreenIndex;
  readonly #seen: SeenRows | undefined;
  readonly #sources: string[] = [];

  constructor(spec: ScreenSpec, index: ScreenIndex) {
    this.#spec = spec;
    this.#index = index;
    if (spec.dedup !== 'off')
      this.#seen = new SeenRows(spec.dedup === 'near' ? { near: NEAR_SIMILARITY } : {});
  }

  /** The screen of the next source. All rows of the one before must have been through its own. */
  next(source: string): RowScreen {
    this.#sources.push(source);
    this.#seen?.begin();
    return new RowScreen(this.#spec, this.#index, this.#seen, [...this.#sources]);
  }
}

export class RowScreen {
  readonly #spec: ScreenSpec;
  readonly #against: readonly string[];
  readonly #notHad: readonly string[];
  readonly #seen: SeenRows | undefined;
  /** Names of the sources so far, its own last. */
  readonly #sources: readonly string[];
  readonly #work: Decontamination;
  readonly #first: DuplicateRow[] = [];
  readonly #hits = new ShownHits();
  readonly #duplicates = { exact: 0, near: 0 };
  readonly #across: number[];

  constructor(
    spec: ScreenSpec,
    { index, benchmarks, leftOut = [] }: ScreenIndex,
    seen: SeenRows | undefined,
    sources: readonly string[],
  ) {
    this.#against = benchmarks;
    this.#notHad = leftOut.map(({ benchmark }) => benchmark);
    this.#spec = spec;
    this.#work = new Decontamination(index, spec.layers);
    this.#seen = seen;
    this.#sources = sources;
    this.#across = seen ? sources.slice(0, -1).map(() => 0) : [];
  }

  /** Why a row is left out; undefined where it is not. `number`: of the row in the source. */
  leavesOut(row: SourceRow, format: ChosenFormat, number: number): 'duplicate' | 'contaminated' | undefined {
    const judged = this.#work.look({ ...row, row: number }, format);
    const same = judged.fate === 'dropped' ? undefined : this.#seen?.find(rowTurns(row, format), number);
    if (same) {
      this.#duplicates[same.kind]++;
      if (same.source < this.#across.length) this.#across[same.source]!++;
      const source = this.#sources[same.source]!;
      if (this.#first.length < SHOWN) this.#first.push({ row: number, kept: same.row, source });
      return 'duplicate';
    }
    this.#work.count(judged);
    if (judged.fate !== 'kept') this.#hits.add(judged.fate, judged.hits);
    return judged.fate === 'dropped' ? 'contaminated' : undefined;
  }

  receipt(): ScreenReceipt {
    const { dropped, flagged, layers, benchmarks } = this.#work.counts();
    const across = Object.fromEntries(this.#across.map((rows, source) => [this.#sources[source]!, rows]));
    return {
      dedup: this.#spec.dedup,
      against: this.#against,
      ...(this.#notHad.length > 0 ? { notHad: this.#notHad } : {}),
      duplicates: { ...this.#duplicates, across, first: this.#first },
      contaminated: dropped,
      flagged,
      layers,
      benchmarks,
      hits: this.#hits.list(),
    };
  }
}

export interface ScreenTools {
  /** Where paths of the user's own benchmarks start. */
  readonly baseFolder?: string | undefined;
  readonly hub?: HubOptions | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The data steps of a study look for the same items: the last index is kept. */
let latest: { readonly key: string; readonly index: Promise<BenchmarkIndex> } | undefined;

/** For one stage. Throws UserError when a benchmark cannot be had. */
export async function openScreening(spec: ScreenSpec, tools: ScreenTools): Promise<Screening> {
  const { against, layers } = spec;
  const key = canonicalJson({
    against,
    layers,
    folder: tools.baseFolder,
    place: hubPlace(tools.hub?.env),
  });
  if (latest?.key !== key) latest = { key, index: indexOf(spec, tools) };
  const mine = latest;
  try {
    return new Screening(spec, await mine.index);
  } catch (error) {
    if (latest === mine) latest = undefined;
    throw error;
  }
}

async function indexOf(spec: ScreenSpec, { baseFolder, hub, signal }: ScreenTools): Promise<BenchmarkIndex> {
  const all = spec.against.length === 1 && spec.against[0] === ALL_PUBLISHED;
  const benchmarks = all ? PUBLISHED : await resolveBenchmarks(spec.against, baseFolder);
  const options = { actions: spec.layers, tolerant: all, partial: true, hub, signal };
  return indexBenchmarks(benchmarks, options);
}
