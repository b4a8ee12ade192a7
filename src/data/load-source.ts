/** A source's rows as conversations in memory, rendered when they are first asked for. */
import { UserError } from '../errors.ts';
import { sleep } from '../platform/clock.ts';
import { chooseFormat } from './formats/choose-format.ts';
import type { Conversation } from './formats/conversation.ts';
import { noCounts, type RowToRender, refuseFaults, renderExample } from './render-example.ts';
import type { FaultReason } from './row-fault.ts';
import type { SourceSpec } from './source-spec.ts';
import { type OpenSource, openSource } from './sources/open-source.ts';
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
  /** Rows read, those dropped for an empty answer among them. */
  readonly rows: number;
  /** Conversations that may be drawn. */
  readonly size: number;
  readonly counts: SourceCounts;
  /**
   * The example of one conversation, 0 to `size - 1`, or null when it is faulty, too long or has nothing
   * supervised. Throws UserError when more than one in a hundred of all rows are faulty.
   */
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
  stage: Pick<StageSpec, 'rowLength' | 'overlong' | 'trainOn' | 'baseFolder'>,
  tools: Pick<StageTools, 'tokenizer' | 'hub' | 'signal'>,
  template: NamedTemplate,
): Promise<LoadedSource> {
  const opened = await openSource(spec, {
    ...(stage.baseFolder === undefined ? {} : { baseFolder: stage.baseFolder }),
    ...(tools.hub === undefined ? {} : { hub: tools.hub }),
  });
  const drawn: RowToRender[] = [];
  const counts = noCounts();
  let rows = 0;
  let format: ReturnType<typeof chooseFormat> | undefined;
  for await (const source of opened.rows()) {
    if (++rows % PAUSE_EVERY === 0) await sleep(0, tools.signal);
    format ??= chooseFormat(spec, source);
    const converted = format.convert(source);
    if (converted.kind === 'dropped') counts.emptyAnswers++;
    // The columns are no longer needed: only the place is kept, for messages.
    else drawn.push({ source: { ...source, values: {} }, row: rows, messages: converted.messages });
  }
  if (format === undefined) {
    throw new UserError(`The source ${name} has no rows.`, {
      place: { file: opened.files[0]?.shown ?? opened.title },
      remedy: 'Check the file, the split and the limit.',
    });
  }
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
    example: (index) => {
      let example = cache.get(index);
      if (example === undefined) {
        example = renderExample(drawn[index]!, stage, tools.tokenizer, template, counts);
        refuseFaults(name, counts, drawn.length);
        cache.set(index, example);
      }
      return example;
    },
    messages: (row) => byRow.get(row)!,
  };
}
