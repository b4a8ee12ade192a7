/**
 * A source's rows, rendered when they are first asked for. Conversations are kept as text, on the disk when they are
 * many (`src/platform/spill.ts`), so that a source larger than the memory can be drawn from.
 */
import { UserError } from '../errors.ts';
import { sleep } from '../platform/clock.ts';
import { openSpill, type Spill } from '../platform/spill.ts';
import { type ChosenFormat, chooseFormat } from './formats/choose-format.ts';
import type { Converted } from './formats/conversation.ts';
import { writeRow } from './formats/write-row.ts';
import { openScreen, type RowScreen } from './overlap/screen.ts';
import { noCounts, refuseFaults, renderExample } from './render-example.ts';
import type { FaultReason } from './row-fault.ts';
import type { SourceSpec } from './source-spec.ts';
import { type OpenSource, openSource } from './sources/open-source.ts';
import type { SourceRow } from './sources/row.ts';
import type { StageSpec, StageTools } from './stage.ts';
import type { NamedTemplate } from './stand-in-template.ts';

/** A row ready to be packed. */
export interface Example {
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
  overlong: number;
  truncated: number;
  /** Answers of truncated rows that begin in the row and end behind it: they teach no stop. */
  cutAnswers: number;
  turns: number;
  stopTurns: number;
  straddled: number;
  promptDiffers: number;
  inserted: number;
  rewritten: number;
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
  /** Conversations that may be drawn. */
  readonly size: number;
  readonly counts: SourceCounts;
  /** What was left out of it, where something was looked for. */
  readonly screen?: RowScreen | undefined;
  /**
   * The example of one conversation, 0 to `size - 1`, or null when it is faulty, too long or has nothing
   * supervised. Throws UserError when more than one in a hundred of all rows are faulty.
   */
  example(index: number): Example | null;
  /** The columns of the row behind an example, by its `row`: `messages`, or `text` of a plain one. */
  columns(row: number): Record<string, unknown>;
  /** What the row behind an example became, by its `row`. */
  converted(row: number): Exclude<Converted, { kind: 'dropped' }>;
  /** Gives back what the rows take up on the disk at once; nothing can be asked for afterwards. */
  close(): void;
}

/** Rows between two looks at the signal. */
const PAUSE_EVERY = 256;
/** Tokens of rendered examples that are kept for a further epoch: 5 bytes each. */
const KEPT_TOKENS = 16e6;

/** A row as it is kept: what it became, and where it came from for messages. */
type Kept = [
  converted: Exclude<Converted, { kind: 'dropped' }>,
  row: number,
  file: string,
  rowOfFile: number,
  line: number | null,
];

type LoadTools = Pick<StageTools, 'tokenizer' | 'hub' | 'signal' | 'eosTokens'> &
  Partial<Pick<StageTools, 'chatTemplate'>>;

/**
 * Reads a whole source and checks every row's structure. Throws UserError with the first bad row's place. What a
 * source takes up on the disk goes when it is closed or forgotten.
 */
export async function loadSource(
  name: string,
  spec: SourceSpec,
  stage: Pick<StageSpec, 'rowLength' | 'overlong' | 'trainOn' | 'baseFolder' | 'screen'>,
  tools: LoadTools,
  template: NamedTemplate,
): Promise<LoadedSource> {
  const opened = await openSource(spec, {
    ...(stage.baseFolder === undefined ? {} : { baseFolder: stage.baseFolder }),
    ...(tools.hub === undefined ? {} : { hub: tools.hub }),
    chatTemplate: tools.chatTemplate,
  });
  const counts = noCounts();
  const kept = openSpill();
  try {
    const screen = await screenOf(spec, stage, tools);
    const { rows, format, dropped } = await readInto(kept, name, opened, {
      ...{ spec, counts, screen, signal: tools.signal },
    });
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
      example: exampleOf(name, kept, stage, tools, template, counts),
      columns: (row) => columnsOf(keptRow(row)),
      converted: (row) => keptRow(row)[0],
      close: () => kept.close(),
    };
  } catch (error) {
    kept.close();
    throw error;
  }
}

interface Reading {
  readonly spec: SourceSpec;
  readonly counts: SourceCounts;
  readonly screen: RowScreen | undefined;
  readonly signal: AbortSignal | undefined;
}

/** `dropped`: the numbers of the rows that are not kept, ascending. */
async function readInto(
  kept: Spill,
  name: string,
  opened: OpenSource,
  { spec, counts, screen, signal }: Reading,
): Promise<{ readonly rows: number; readonly format: ChosenFormat; readonly dropped: readonly number[] }> {
  const dropped: number[] = [];
  let rows = 0;
  let format: ChosenFormat | undefined;
  for await (const source of opened.rows()) {
    if (++rows % PAUSE_EVERY === 0) await sleep(0, signal);
    format ??= chooseFormat(spec, source);
    const converted = format.convert(source);
    if (converted.kind === 'dropped')
      counts[converted.reason === 'empty-answer' ? 'emptyAnswers' : 'emptyQuestions']++;
    if (converted.kind === 'dropped' || screen?.leavesOut(source, format, rows) !== undefined) {
      dropped.push(rows);
      continue;
    }
    const row: Kept = [converted, rows, source.file, source.row, source.line ?? null];
    kept.append(JSON.stringify(row));
  }
  if (format === undefined) {
    throw new UserError(`The source ${name} has no rows.`, {
      place: { file: opened.files[0]?.shown ?? opened.title },
      remedy: 'Check the file, the split and the limit.',
    });
  }
  if (kept.size === 0 && dropped.length > counts.emptyAnswers + counts.emptyQuestions)
    throw nothingLeft(name, opened, screen);
  return { rows, format, dropped };
}

/** Nothing is looked for in rows that are made: see `screen` of a stage. */
async function screenOf(
  spec: SourceSpec,
  { screen, baseFolder }: Pick<StageSpec, 'screen' | 'baseFolder'>,
  { hub, signal }: Pick<StageTools, 'hub' | 'signal'>,
): Promise<RowScreen | undefined> {
  return screen === undefined || 'procedural' in spec
    ? undefined
    : openScreen(screen, { baseFolder, hub, signal });
}

function nothingLeft(name: string, opened: OpenSource, screen: RowScreen | undefined): UserError {
  const { contaminated = 0, duplicates } = screen?.receipt() ?? {};
  const repeated = (duplicates?.exact ?? 0) + (duplicates?.near ?? 0);
  return new UserError(
    `No row of ${name} is left: ${contaminated} hold items of the benchmarks, ${repeated} repeat others.`,
    {
      place: { file: opened.files[0]?.shown ?? opened.title },
      remedy:
        'Use other data, or other benchmarks; data.decontaminate: false in the study leaves such rows in.',
    },
  );
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

function columnsOf([converted, , file, row]: Kept): Record<string, unknown> {
  return writeRow(converted.kind === 'text' ? 'text' : 'messages', converted, { values: {}, file, row });
}

function exampleOf(
  name: string,
  kept: Spill,
  stage: Pick<StageSpec, 'rowLength' | 'overlong' | 'trainOn'>,
  tools: LoadTools,
  template: NamedTemplate,
  counts: SourceCounts,
): LoadedSource['example'] {
  const cache = new Map<number, Example | null>();
  const counted = new Uint8Array(kept.size);
  let tokens = 0;
  return (index) => {
    const known = cache.get(index);
    if (known !== undefined) return known;
    const [converted, row, file, rowOfFile, line] = JSON.parse(kept.read(index)) as Kept;
    const source: SourceRow = { values: {}, file, row: rowOfFile, ...(line === null ? {} : { line }) };
    // A row that was forgotten is rendered again, and counts once all the same.
    const into = counted[index] === 0 ? counts : noCounts();
    const example = renderExample({ source, row, converted }, stage, tools, template, into);
    counted[index] = 1;
    refuseFaults(name, counts, kept.size);
    tokens += example?.ids.length ?? 0;
    if (tokens <= KEPT_TOKENS) cache.set(index, example);
    return example;
  };
}
