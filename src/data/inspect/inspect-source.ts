/** Rows of a source as training would render them. */
import type { ChatMessage } from '../../engine/engine.ts';
import { count } from '../../text/counts.ts';
import { chooseFormat } from '../formats/choose-format.ts';
import { renderRow, rowRoles, type TrainOn } from '../render.ts';
import { RowFault } from '../row-fault.ts';
import type { SourceSpec } from '../source-spec.ts';
import type { OpenSource } from '../sources/open-source.ts';
import type { StageTools } from '../stage.ts';
import type { NamedTemplate } from '../stand-in-template.ts';
import { type ShownDocument, shownTokens } from './shown-row.ts';

export interface Rendering {
  readonly tools: Pick<StageTools, 'tokenizer'>;
  readonly template: NamedTemplate;
  readonly trainOn: TrainOn;
  /** Tokens of a packed row at most. */
  readonly rowLength: number;
}

/** A row of a source, by its number from 1; null where it has an empty answer and is left out. */
export interface NumberedRow {
  readonly row: number;
  readonly messages: readonly ChatMessage[] | null;
}

/** The rows whose numbers `wanted` says yes to, until `last`. Throws UserError for rows that are in no known format. */
export async function* wantedRows(
  spec: SourceSpec,
  opened: Pick<OpenSource, 'rows'>,
  wanted: (row: number) => boolean,
  last: number,
): AsyncGenerator<NumberedRow> {
  let format: ReturnType<typeof chooseFormat> | undefined;
  let row = 0;
  for await (const source of opened.rows()) {
    row++;
    format ??= chooseFormat(spec, source);
    if (wanted(row)) {
      const converted = format.convert(source);
      yield { row, messages: converted.kind === 'dropped' ? null : converted.messages };
    }
    if (row >= last) return;
  }
}

/** One row of a source with its tokens; where it would be left out, or cut, its note says so. */
export function inspectRow(
  source: string,
  { row, messages }: NumberedRow,
  { tools: { tokenizer }, template: { template }, trainOn, rowLength }: Rendering,
): ShownDocument {
  if (messages === null) return { source, row, length: 0, tokens: [], note: 'left out, an answer is empty' };
  try {
    const { ids, supervised } = renderRow(messages, template, tokenizer, trainOn);
    const roles = rowRoles(messages, template, tokenizer);
    const long =
      ids.length > rowLength ? { note: `left out, longer than a packed row of ${count(rowLength)}` } : {};
    return {
      source,
      row,
      length: ids.length,
      tokens: shownTokens(ids, supervised, roles, tokenizer),
      ...long,
    };
  } catch (error) {
    if (!(error instanceof RowFault)) throw error;
    return { source, row, length: 0, tokens: [], note: `left out, ${error.message}` };
  }
}
