/** A source's rows as conversations in memory, rendered when they are first asked for. */
import type { Tokenizer } from '../checkpoint/checkpoint.ts';
import { UserError } from '../errors.ts';
import { sleep } from '../platform/clock.ts';
import { chooseFormat } from './formats/choose-format.ts';
import type { Conversation } from './formats/conversation.ts';
import { openScreen, type RowScreen } from './overlap/screen.ts';
import { renderedRow } from './rendered-rows.ts';
import type { SourceSpec } from './source-spec.ts';
import { type OpenSource, openSource } from './sources/open-source.ts';
import { rowError, type SourceRow } from './sources/row.ts';
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
  overlong: number;
  truncated: number;
  turns: number;
  stopTurns: number;
  straddled: number;
  promptDiffers: number;
  /** Rows that have no supervised token left after truncation. */
  unsupervised: number;
}

export interface LoadedSource {
  readonly name: string;
  readonly spec: SourceSpec;
  readonly opened: OpenSource;
  readonly format: { readonly name: string; readonly from: string };
  /** Rows read, those dropped for an empty answer among them. */
  readonly rows: number;
  /** Conversations that may be drawn. */
  readonly size: number;
  readonly counts: SourceCounts;
  /** What was left out of it, where something was looked for. */
  readonly screen?: RowScreen | undefined;
  /** The example of one conversation, 0 to `size - 1`, or null when it is too long or has nothing supervised. */
  example(index: number): Example | null;
  /** The conversation behind an example, by its `row`. */
  messages(row: number): Conversation;
}

/** Rows between two looks at the signal. */
const PAUSE_EVERY = 256;

/** Reads a whole source and checks every row's structure. Throws UserError with the first bad row's place. */
export async function loadSource(
  name: string,
  spec: SourceSpec,
  stage: Pick<StageSpec, 'rowLength' | 'overlong' | 'baseFolder' | 'screen'>,
  tools: Pick<StageTools, 'tokenizer' | 'hub' | 'signal'>,
  template: NamedTemplate,
): Promise<LoadedSource> {
  const opened = await openSource(spec, {
    ...(stage.baseFolder === undefined ? {} : { baseFolder: stage.baseFolder }),
    ...(tools.hub === undefined ? {} : { hub: tools.hub }),
  });
  const drawn: { readonly source: SourceRow; readonly row: number; readonly messages: Conversation }[] = [];
  const counts: SourceCounts = {
    emptyAnswers: 0,
    overlong: 0,
    truncated: 0,
    turns: 0,
    stopTurns: 0,
    straddled: 0,
    promptDiffers: 0,
    unsupervised: 0,
  };
  const screen = await screenOf(spec, stage, tools);
  let leftOut = 0;
  let rows = 0;
  let format: ReturnType<typeof chooseFormat> | undefined;
  for await (const source of opened.rows()) {
    if (++rows % PAUSE_EVERY === 0) await sleep(0, tools.signal);
    format ??= chooseFormat(spec, source);
    const converted = format.convert(source);
    if (converted.kind === 'dropped') counts.emptyAnswers++;
    else if (screen?.leavesOut(source, format, rows) !== undefined) leftOut++;
    // The columns are no longer needed: only the place is kept, for messages.
    else drawn.push({ source: { ...source, values: {} }, row: rows, messages: converted.messages });
  }
  if (format === undefined) {
    throw new UserError(`The source ${name} has no rows.`, {
      place: { file: opened.files[0]?.shown ?? opened.title },
      remedy: 'Check the file, the split and the limit.',
    });
  }
  if (leftOut > 0 && drawn.length === 0) throw nothingLeft(name, opened, screen);
  const cache = new Map<number, Example | null>();
  const byRow = new Map(drawn.map(({ row, messages }) => [row, messages]));
  return {
    name,
    spec,
    opened,
    format: { name: format.name, from: format.from },
    rows,
    size: drawn.length,
    counts,
    screen,
    example: (index) => {
      let example = cache.get(index);
      if (example === undefined) {
        const { source, row, messages } = drawn[index]!;
        example = render(source, row, messages, stage, tools.tokenizer, template, counts);
        cache.set(index, example);
      }
      return example;
    },
    messages: (row) => byRow.get(row)!,
  };
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

function render(
  source: SourceRow,
  row: number,
  messages: Conversation,
  stage: Pick<StageSpec, 'rowLength' | 'overlong'>,
  tokenizer: Tokenizer,
  template: NamedTemplate,
  counts: SourceCounts,
): Example | null {
  const rendered = renderAt(source, () => renderedRow(messages, template, tokenizer));
  let { ids, supervised, stopTurns } = rendered;
  if (ids.length > stage.rowLength) {
    if (stage.overlong === 'error') {
      throw rowError(
        source,
        `this row has ${ids.length} tokens, a packed row ${stage.rowLength}.`,
        'Raise max_length, shorten the row, or let such rows be dropped.',
      );
    }
    if (stage.overlong !== 'truncate') {
      counts.overlong++;
      return null;
    }
    counts.truncated++;
    stopTurns -= Number(stopTurns > 0);
    supervised = supervised.slice(0, stage.rowLength);
    ids = ids.slice(0, supervised.lastIndexOf(1) + 1);
    supervised = supervised.slice(0, ids.length);
  }
  const learns = supervised.reduce((sum, bit) => sum + bit, 0);
  if (learns === 0) {
    counts.unsupervised++;
    return null;
  }
  counts.turns += rendered.turns;
  counts.stopTurns += stopTurns;
  counts.straddled += rendered.straddled;
  counts.promptDiffers += rendered.promptDiffers;
  return { row, ids, supervised, learns };
}

/** What the renderer or the template refuses, with the row's place. */
function renderAt<T>(source: SourceRow, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw rowError(
      source,
      error.message,
      error.remedy ?? 'Change the row, or use a model with another chat template.',
    );
  }
}
