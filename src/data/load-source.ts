/**
 * A source's rows, rendered when they are first asked for. Conversations are kept as text, and examples as they are
 * rendered, both on the disk when they are many (`src/platform/spill.ts`), so that a source larger than the memory can
 * be drawn from and packed.
 */
import { UserError } from '../errors.ts';
import { sleep } from '../platform/clock.ts';
import { openSpill, type Spill } from '../platform/spill.ts';
import { type ChosenFormat, chooseFormat } from './formats/choose-format.ts';
import type { KeptRow } from './formats/conversation.ts';
import { writeRow } from './formats/write-row.ts';
import type { RowScreen } from './overlap/screen.ts';
import { type NamedRows, nameRow } from './receipt/named-rows.ts';
import type { ExampleFacts } from './render/example-answers.ts';
import { noCounts, refuseFaults, renderExamples } from './render/render-example.ts';
import type { FaultReason } from './render/row-fault.ts';
import type { NamedTemplate } from './render/stand-in-template.ts';
import { ExampleStore } from './selection/example-store.ts';
import type { SourceSpec } from './source-spec.ts';
import { type OpenSource, openSource } from './sources/open-source.ts';
import type { SourceRow } from './sources/row.ts';
import type { StageSpec, StageTools } from './stage.ts';

/** A row ready to be packed. */
export interface Example extends ExampleFacts {
  /** Number of the row in its source, from 1 in the order of its files, dropped rows counted. */
  readonly row: number;
  readonly ids: Int32Array;
  readonly supervised: Uint8Array;
  /** Number of ones in `supervised`. */
  readonly learns: number;
}

/** Counts over the rows that were rendered. Each row counts once, however often it is used. */
export interface SourceCounts {
  emptyAnswers: number;
  emptyQuestions: number;
  /** Rows that were rendered, faulty ones among them. */
  rendered: number;
  /** Rows that cannot be trained on and are left out, by reason. */
  readonly faults: Record<FaultReason, number>;
  /** The first of them, as a message shows them. */
  readonly quoted: UserError[];
  /** Rows that were left out or cut, as a receipt names them. */
  readonly named: NamedRows;
  overlong: number;
  /** Rows that have no supervised token left after truncation. */
  unsupervised: number;
}

export interface LoadedSource {
  readonly name: string;
  readonly spec: SourceSpec;
  readonly opened: OpenSource;
  readonly format: { readonly name: string; readonly from: string };
  /** Rows read, those dropped for an empty answer or question among them. */
  readonly rows: number;
  /** Conversations that nothing was found against when they were read. */
  readonly size: number;
  readonly counts: SourceCounts;
  /** What was left out of it, where something was looked for. */
  readonly screen?: RowScreen | undefined;
  /**
   * The examples of one conversation, 0 to `size - 1`: one, several where its template shows earlier answers otherwise
   * (`renderRows`), and none when it is faulty, too long or has nothing supervised. They are kept, on the disk when there
   * are many: `keep: false` for those that are not asked for again. Throws UserError when more than one in a hundred of
   * all rows are faulty.
   */
  examples(index: number, keep?: boolean): readonly Example[];
  /** The number in the source, from 1, of the row behind a conversation. */
  rowOf(index: number): number;
  /** The columns of the row behind an example, by its `row`: `messages`, or `text` of a plain one. */
  columns(row: number): Record<string, unknown>;
  /** What the row behind an example became, by its `row`. */
  converted(row: number): KeptRow;
  /** Gives back what the rows take up on the disk at once; nothing can be asked for afterwards. */
  close(): void;
}

/** Rows between two looks at the signal. */
const PAUSE_EVERY = 256;

/** A row as it is kept: what it became, and where it came from for messages. */
type Kept = [converted: KeptRow, row: number, file: string, rowOfFile: number, line: number | null];

export type LoadTools = Pick<StageTools, 'tokenizer' | 'hub' | 'signal' | 'eosTokens' | 'memory'> &
  Partial<Pick<StageTools, 'chatTemplate'>>;

type ReadSpec = Pick<StageSpec, 'baseFolder'>;

/**
 * Reads a whole source and checks every row's structure. Throws UserError with the first bad row's place. What a
 * source takes up on the disk goes when it is closed or forgotten. `screen`: leaves rows out.
 */
export async function loadSource(
  name: string,
  spec: SourceSpec,
  stage: Pick<StageSpec, 'rowLength' | 'overlong' | 'trainOn'> & ReadSpec,
  tools: LoadTools,
  template: NamedTemplate,
  screen?: RowScreen,
): Promise<LoadedSource> {
  const counts = noCounts();
  const kept = openSpill({ memory: tools.memory });
  try {
    const { opened, rows, format, dropped } = await readRowsInto(kept, spec, stage, tools, {
      counts,
      screen,
    });
    if (format === undefined) {
      throw new UserError(`The source ${name} has no rows.`, {
        place: { file: opened.files[0]?.shown ?? opened.title },
        remedy: 'Check the file, the split and the limit.',
      });
    }
    if (kept.size === 0 && dropped.length > counts.emptyAnswers + counts.emptyQuestions)
      throw nothingLeft(name, opened, screen);
    const store = new ExampleStore(kept.size, tools.memory);
    const keptRow = (row: number): Kept => JSON.parse(kept.read(row - 1 - below(dropped, row)));
    return {
      name,
      spec,
      opened,
      format: { name: format.name, from: format.from },
      rows,
      size: kept.size,
      counts,
      screen,
      examples: examplesOf(name, kept, store, stage, tools, template, counts),
      rowOf: (index) => index + 1 + droppedBefore(dropped, index),
      columns: (row) => columnsOf(keptRow(row)),
      converted: (row) => keptRow(row)[0],
      close: () => {
        kept.close();
        store.close();
      },
    };
  } catch (error) {
    kept.close();
    throw error;
  }
}

/** What came of reading a source. */
interface ReadSource {
  readonly opened: OpenSource;
  readonly rows: number;
  /** Undefined where there is no row. */
  readonly format: ChosenFormat | undefined;
  /** The numbers of the rows that are not kept, ascending. */
  readonly dropped: readonly number[];
}

/** How a source is read: `counts` of empty answers, and what leaves rows out. */
interface Reading {
  readonly counts: SourceCounts;
  readonly screen: RowScreen | undefined;
}

/** Reads a source row by row. `kept`: where the rows go; undefined: the screen sees them, and nothing is kept. */
export async function readRowsInto(
  kept: Spill | undefined,
  spec: SourceSpec,
  { baseFolder }: ReadSpec,
  { hub, signal, chatTemplate }: LoadTools,
  { counts, screen }: Reading,
): Promise<ReadSource> {
  const opened = await openSource(spec, {
    ...(baseFolder === undefined ? {} : { baseFolder }),
    ...(hub === undefined ? {} : { hub }),
    chatTemplate,
  });
  const dropped: number[] = [];
  let rows = 0;
  let format: ChosenFormat | undefined;
  for await (const source of opened.rows()) {
    if (++rows % PAUSE_EVERY === 0) await sleep(0, signal);
    format ??= chooseFormat(spec, source);
    const converted = format.convert(source);
    if (converted.kind === 'dropped') {
      counts[converted.reason === 'empty-answer' ? 'emptyAnswers' : 'emptyQuestions']++;
      nameRow(counts.named, converted.reason, source, rows);
    }
    if (converted.kind === 'dropped' || screen?.leavesOut(source, format, rows) !== undefined) {
      dropped.push(rows);
      continue;
    }
    const row: Kept = [converted, rows, source.file, source.row, source.line ?? null];
    kept?.append(JSON.stringify(row));
  }
  return { opened, rows, format, dropped };
}

/** Says only what was looked for. */
function nothingLeft(name: string, opened: OpenSource, screen: RowScreen | undefined): UserError {
  const { contaminated = 0, duplicates, against = [], dedup = 'off' } = screen?.receipt() ?? {};
  const repeated = (duplicates?.exact ?? 0) + (duplicates?.near ?? 0);
  const others = Object.entries(duplicates?.across ?? {}).filter(([, rows]) => rows > 0);
  const of =
    others.length === 0 ? '' : ` (${others.map(([source, rows]) => `${rows} of ${source}`).join(', ')})`;
  const reasons = [
    ...(against.length > 0 ? [`${contaminated} hold items of the benchmarks`] : []),
    ...(dedup === 'off' ? [] : [`${repeated} repeat others${of}`]),
  ];
  return new UserError(`No row of ${name} is left: ${reasons.join(', ')}.`, {
    place: { file: opened.files[0]?.shown ?? opened.title },
    remedy:
      others.length === 0
        ? 'Use other data, or other benchmarks; such rows stay in with data.decontaminate: false in a study, and without --against on the command line.'
        : 'A row belongs to the source that is declared first: use other data, declare them in another order, or leave repeated rows in (data.dedup: off in a study, --dedup off on the command line).',
  });
}

/** How many of the ascending numbers are less than `limit`. */
function below(numbers: readonly number[], limit: number): number {
  let low = 0;
  for (let high = numbers.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the ascending numbers `dropped` stand before the row that is number `index` of those that are kept. */
function droppedBefore(dropped: readonly number[], index: number): number {
  let low = 0;
  for (let high = dropped.length; low < high; ) {
    const middle = (low + high) >> 1;
    // So many kept rows stand before this one.
    if (dropped[middle]! - 1 - middle <= index) low = middle + 1;
    else high = middle;
  }
  return low;
}

function columnsOf([converted, , file, row]: Kept): Record<string, unknown> {
  return writeRow(converted.kind === 'text' ? 'text' : 'messages', converted, { values: {}, file, row });
}

function examplesOf(
  name: string,
  kept: Spill,
  store: ExampleStore,
  stage: Pick<StageSpec, 'rowLength' | 'overlong' | 'trainOn'>,
  tools: LoadTools,
  template: NamedTemplate,
  counts: SourceCounts,
): LoadedSource['examples'] {
  return (index, keep = true) => {
    const known = store.get(index);
    if (known !== undefined) return known;
    const [converted, row, file, rowOfFile, line] = JSON.parse(kept.read(index)) as Kept;
    const source: SourceRow = { values: {}, file, row: rowOfFile, ...(line === null ? {} : { line }) };
    // A row that was not kept is rendered again, and counts once all the same.
    const into = store.seen(index) ? noCounts() : counts;
    const examples = renderExamples({ source, row, converted }, stage, tools, template, into);
    store.set(index, examples, keep);
    refuseFaults(name, counts, kept.size);
    return examples;
  };
}
