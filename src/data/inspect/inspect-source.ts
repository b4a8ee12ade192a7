/** Rows of a source as training would render them. */
import { count, counted } from '../../text/counts.ts';
import { chooseFormat } from '../formats/choose-format.ts';
import type { Converted } from '../formats/conversation.ts';
import { DROP_WORDS } from '../receipt/row-account.ts';
import { renderFor } from '../render/answer-spans.ts';
import { RowFault } from '../render/row-fault.ts';
import type { SourceSpec } from '../source-spec.ts';
import type { OpenSource } from '../sources/open-source.ts';
import { type RowRendering, rowsWithRoles } from './row-with-roles.ts';
import { type ShownDocument, type ShownToken, shownTokens } from './shown-row.ts';

/** A row of a source, by its number from 1. */
export interface NumberedRow {
  readonly row: number;
  readonly converted: Converted;
  /** The row is Alpaca's, with an input beside the instruction. */
  readonly hasInput?: boolean;
}

/** Rows between two reports. */
const REPORT_EVERY = 256;

/**
 * The rows whose numbers `wanted` says yes to, until `last`; `onRow` is told now and then how many are read. Throws
 * UserError for rows that are in no known format.
 */
export async function* wantedRows(
  spec: SourceSpec,
  opened: Pick<OpenSource, 'rows'>,
  wanted: (row: number) => boolean,
  last: number,
  onRow?: (row: number) => void,
): AsyncGenerator<NumberedRow> {
  let format: ReturnType<typeof chooseFormat> | undefined;
  let row = 0;
  for await (const source of opened.rows()) {
    if (++row % REPORT_EVERY === 0) onRow?.(row);
    format ??= chooseFormat(spec, source);
    if (wanted(row)) {
      const converted = format.convert(source);
      const input = format.name === 'alpaca' ? source.values['input'] : undefined;
      yield { row, converted, hasInput: typeof input === 'string' && input.trim() !== '' };
    }
    if (row >= last) return;
  }
}

/**
 * What one row of a source becomes, with its tokens: one document, or several where its template shows earlier answers
 * otherwise. Where one would be left out, its note says so. `rowLength`: of a packed row.
 */
export function inspectRow(
  source: string,
  { row, converted }: NumberedRow,
  rendering: RowRendering & { readonly rowLength: number },
): ShownDocument[] {
  const { tools, rowLength } = rendering;
  if (converted.kind === 'dropped')
    return [{ source, row, length: 0, tokens: [], note: `left out, ${DROP_WORDS[converted.reason]}` }];
  try {
    const rows = rowsWithRoles(converted, rendering);
    return rows.map(({ ids, supervised, roles }, index) => {
      const tokens = shownTokens(ids, supervised, roles, tools.tokenizer);
      const unanswered = converted.kind === 'conversation' ? (converted.unanswered ?? 0) : 0;
      const notes = [
        ...(unanswered > 0 ? [`${counted(unanswered, 'turn')} behind the last answer left out`] : []),
        ...(rows.length > 1 ? [`example ${index + 1} of ${rows.length} of this row`] : []),
        ...(ids.length > rowLength ? [`${DROP_WORDS.overlong}: ${count(rowLength)}`] : []),
      ];
      const shown = { source, row, length: ids.length, tokens };
      return notes.length > 0 ? { ...shown, note: notes.join(', ') } : shown;
    });
  } catch (error) {
    if (!(error instanceof RowFault)) throw error;
    const tokens = error.reason === 'control-token' ? refusedTokens(converted, rendering) : [];
    return [{ source, row, length: tokens.length, tokens, note: `left out, ${error.message}` }];
  }
}

/** What a row with a control token would be: where the token stands, and what it would end or begin. */
function refusedTokens(
  converted: Exclude<Converted, { kind: 'dropped' }>,
  { tools: { tokenizer }, template }: RowRendering,
): ShownToken[] {
  if (converted.kind === 'text') return [];
  try {
    const ids = tokenizer.encode(renderFor(template.template, converted.messages, false));
    return shownTokens(ids, [], [], tokenizer);
  } catch (error) {
    if (error instanceof RowFault) return [];
    throw error;
  }
}
