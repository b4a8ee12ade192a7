/**
 * What a data step leaves out of a source before anything is drawn from it: rows that repeat an earlier one, and rows
 * that hold items of the benchmarks that will be asked. It looks at one source alone, in the order of its files, so
 * that what a source gives does not depend on what else a stage draws from.
 */
import { resolveBenchmarks } from '../../benchmarks/own/resolve.ts';
import { type HubOptions, hubPlace } from '../../platform/hub.ts';
import { canonicalJson } from '../../text/canonical-json.ts';
import type { ChosenFormat } from '../formats/choose-format.ts';
import type { SourceRow } from '../sources/row.ts';
import { Decontamination, type HitRecord } from './decontaminate-rows.ts';
import { Deduplicator, NEAR_SIMILARITY } from './deduplicator.ts';
import { type BenchmarkIndex, indexBenchmarks } from './index-benchmarks.ts';
import type { Layer, LayerActions } from './layers.ts';
import { rowTurns } from './row-turns.ts';

export const DEDUP_MODES = ['off', 'exact', 'near'] as const;
export type DedupMode = (typeof DEDUP_MODES)[number];

export interface ScreenSpec {
  readonly dedup: DedupMode;
  /** Benchmarks as a study names them: names of the registry, or files of the user's own. */
  readonly against: readonly string[];
  readonly layers: LayerActions;
}

/** What was left out of a source, and why. Rows are numbered from 1 in the order of its files. */
export interface ScreenReceipt {
  readonly dedup: DedupMode;
  /** Names of the benchmarks whose items were looked for. */
  readonly against: readonly string[];
  readonly duplicates: {
    readonly exact: number;
    readonly near: number;
    /** The first ones: which row stands for which. */
    readonly first: readonly { readonly row: number; readonly kept: number }[];
  };
  /** Rows that were dropped because of what they hold. */
  readonly contaminated: number;
  /** Rows that were kept though something was found. */
  readonly flagged: number;
  /** Rows by the surest layer that found something, and by benchmark. */
  readonly layers: Readonly<Record<Layer, number>>;
  readonly benchmarks: Readonly<Record<string, number>>;
  /** The first items found, with both texts. */
  readonly hits: readonly HitRecord[];
}

/** Hits and pairs that a receipt shows, and characters of a text in it. */
const SHOWN = 50;
const TEXT = 300;

export class RowScreen {
  readonly #spec: ScreenSpec;
  readonly #against: readonly string[];
  readonly #seen: Deduplicator | undefined;
  readonly #work: Decontamination;
  readonly #first: { row: number; kept: number }[] = [];
  readonly #hits: HitRecord[] = [];
  readonly #duplicates = { exact: 0, near: 0 };

  constructor(spec: ScreenSpec, { index, benchmarks }: Pick<BenchmarkIndex, 'index' | 'benchmarks'>) {
    this.#against = benchmarks;
    this.#spec = spec;
    this.#work = new Decontamination(index, spec.layers);
    if (spec.dedup !== 'off')
      this.#seen = new Deduplicator(spec.dedup === 'near' ? { near: NEAR_SIMILARITY } : {});
  }

  /** Why a row is left out; undefined where it is not. `number`: of the row in the source. */
  leavesOut(row: SourceRow, format: ChosenFormat, number: number): 'duplicate' | 'contaminated' | undefined {
    const same = this.#seen?.find(rowTurns(row, format), number);
    if (same) {
      this.#duplicates[same.kind]++;
      if (this.#first.length < SHOWN) this.#first.push({ row: number, kept: same.of });
      return 'duplicate';
    }
    const { fate, hits } = this.#work.judge({ ...row, row: number }, format);
    for (const hit of hits.slice(0, Math.max(0, SHOWN - this.#hits.length))) {
      this.#hits.push({ ...hit, text: cut(hit.text), match: cut(hit.match) });
    }
    return fate === 'dropped' ? 'contaminated' : undefined;
  }

  receipt(): ScreenReceipt {
    const { dropped, flagged, layers, benchmarks } = this.#work.counts();
    return {
      dedup: this.#spec.dedup,
      against: this.#against,
      duplicates: { ...this.#duplicates, first: this.#first },
      contaminated: dropped,
      flagged,
      layers,
      benchmarks,
      hits: this.#hits,
    };
  }
}

const cut = (text: string): string => (text.length > TEXT ? `${text.slice(0, TEXT)}…` : text);

export interface ScreenTools {
  /** Where paths of the user's own benchmarks start. */
  readonly baseFolder?: string | undefined;
  readonly hub?: HubOptions | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The data steps of a study look for the same items: the last index is kept. */
let latest: { readonly key: string; readonly index: Promise<BenchmarkIndex> } | undefined;

/** A screen for one source. Throws UserError when a benchmark cannot be had. */
export async function openScreen(spec: ScreenSpec, tools: ScreenTools): Promise<RowScreen> {
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
    return new RowScreen(spec, await mine.index);
  } catch (error) {
    if (latest === mine) latest = undefined;
    throw error;
  }
}

async function indexOf(spec: ScreenSpec, { baseFolder, hub, signal }: ScreenTools): Promise<BenchmarkIndex> {
  const benchmarks = await resolveBenchmarks(spec.against, baseFolder);
  const options = { actions: spec.layers, tolerant: false, partial: true, hub, signal };
  return indexBenchmarks(benchmarks, options);
}
