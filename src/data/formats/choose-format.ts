/** Which format a source is in: stated in the study, or recognised from the columns of its first row. */
import { UserError } from '../../errors.ts';
import { FORMAT_NAMES, type FormatName, type SourceSpec } from '../source-spec.ts';
import { rowError, type SourceRow } from '../sources/row.ts';
import { chatPairRow, chatRow } from './chat-rows.ts';
import { columnsAdvice, refuseWrongKind } from './columns-advice.ts';
import { type Converted, isAnswer, requireColumn } from './conversation.ts';
import { alpacaRow, mappedRow, recognisedPair } from './pair-rows.ts';
import { isPlainText, textRow } from './text-rows.ts';

export interface ChosenFormat {
  /** A format's name, or `columns` for a mapping of the user's own. */
  readonly name: FormatName | 'columns';
  /** For the receipt: `stated`, or the columns that decided. */
  readonly from: string;
  /** The columns that it reads; others are passed over. */
  readonly reads: readonly string[];
  /** Turns a row into a conversation. Throws UserError with the row's place when it does not fit the format. */
  readonly convert: (row: SourceRow) => Converted;
}

interface Format {
  /** The columns it was recognised by, or undefined when the row is not in this format. */
  readonly recognise: (values: SourceRow['values']) => string | undefined;
  readonly convert: (row: SourceRow) => Converted;
}

/** In the order in which they are tried: whole conversations first, since such rows often have a `prompt` too. */
const FORMATS: Readonly<Record<FormatName, Format>> = {
  messages: {
    recognise: (values) => chatColumn(values, 'role'),
    convert: (row) => chatRow(row, 'messages', chatColumn(row.values, 'role') ?? 'messages'),
  },
  sharegpt: {
    recognise: (values) => chatColumn(values, 'from'),
    convert: (row) => chatRow(row, 'sharegpt', chatColumn(row.values, 'from') ?? 'conversations'),
  },
  alpaca: { recognise: alpacaColumns, convert: alpacaRow },
  'prompt-completion': {
    recognise: (values) => columns(values, 'prompt', 'completion') ?? turnColumns(values),
    convert: (row) =>
      Array.isArray(row.values['prompt']) || Array.isArray(row.values['completion'])
        ? chatPairRow(row)
        : recognisedPair(row, { prompt: 'prompt', completion: 'completion', system: 'system' }),
  },
  'question-answer': {
    recognise: (values) => columns(values, 'question', 'answer'),
    convert: (row) => recognisedPair(row, { prompt: 'question', completion: 'answer' }),
  },
  text: { recognise: (values) => (isPlainText(values) ? 'text' : undefined), convert: textRow },
};

/** The columns that each format reads. */
const READS: Readonly<Record<FormatName, readonly string[]>> = {
  messages: ['messages', 'conversations', 'conversation', 'system', 'tools'],
  sharegpt: ['messages', 'conversations', 'conversation', 'system', 'tools'],
  alpaca: ['instruction', 'input', 'output', 'system'],
  'prompt-completion': ['prompt', 'completion', 'system', 'tools'],
  'question-answer': ['question', 'answer'],
  text: ['text'],
};

/** Throws UserError when nothing is stated and the first row is in no known format. */
export function chooseFormat(spec: SourceSpec, first: SourceRow): ChosenFormat {
  const { format, columns: mapping } = spec;
  if (mapping !== undefined) {
    if (format !== undefined) {
      throw new UserError('A source states both a format and columns.', {
        place: { file: first.file },
        remedy: 'Keep one of them: columns are for rows of no known format.',
      });
    }
    // Where rows may lack a column, as that of the system turns, a misspelt one would go unnoticed.
    for (const column of Object.values(mapping)) requireColumn(first, column);
    const reads = Object.values(mapping).filter((column) => column !== undefined);
    return { name: 'columns', from: 'stated', reads, convert: (row) => mappedRow(row, mapping) };
  }
  if (format !== undefined)
    return { name: format, from: 'stated', reads: READS[format], convert: converter(format) };
  const found = recognised(first.values);
  if (found) {
    const { name, from } = found;
    return { name, from: `columns ${from}`, reads: READS[name], convert: converter(name) };
  }
  const empty = CHAT_COLUMNS.find((column) => isEmptyList(first.values[column]));
  if (empty !== undefined) {
    throw rowError(
      first,
      `column "${empty}" holds no turns, so there is nothing to learn.`,
      'Remove the row or add the turns.',
    );
  }
  refuseWrongKind(first);
  throw rowError(
    first,
    `the columns ${Object.keys(first.values).join(', ')} are in no known format.`,
    `${columnsAdvice(first.values)} Known formats: ${Object.keys(FORMATS).join(', ')}.`,
  );
}

function recognised(
  values: SourceRow['values'],
): { readonly name: FormatName; readonly from: string } | undefined {
  for (const name of FORMAT_NAMES) {
    const from = FORMATS[name].recognise(values);
    if (from !== undefined) return { name, from };
  }
  return undefined;
}

/** A row is in another format than its source: what it says cannot be told apart as in the other rows. */
export class OtherFormat extends UserError {}

/** Says of a row that does not fit which other format it is in, if it is in one. */
function converter(name: FormatName): (row: SourceRow) => Converted {
  return (row) => {
    try {
      return FORMATS[name].convert(row);
    } catch (error) {
      const other = error instanceof UserError ? recognised(row.values)?.name : undefined;
      if (other === undefined || other === name) throw error;
      const { message, place, remedy } = rowError(
        row,
        `this row is in the format ${other}, the source in the format ${name}.`,
        'A source has one format: put the rows into two files, and name both.',
      );
      throw new OtherFormat(message, { ...(place && { place }), ...(remedy !== undefined && { remedy }) });
    }
  };
}

const CHAT_COLUMNS = ['messages', 'conversations', 'conversation'];

function chatColumn(
  values: SourceRow['values'],
  key: string,
  names: readonly string[] = CHAT_COLUMNS,
): string | undefined {
  return names.find((column) => {
    const turns = values[column];
    const turn: unknown = Array.isArray(turns) ? turns[0] : undefined;
    return typeof turn === 'object' && turn !== null && key in turn;
  });
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Both names, when they are columns of text; the first row's answer may be missing, as any other's. */
function columns(values: SourceRow['values'], prompt: string, answer: string): string | undefined {
  const found = typeof values[prompt] === 'string' && isAnswer(values, answer);
  return found ? `${prompt}, ${answer}` : undefined;
}

/** With the input where there is such a column: it is a part of the question. */
function alpacaColumns(values: SourceRow['values']): string | undefined {
  const found = columns(values, 'instruction', 'output');
  return found !== undefined && Object.hasOwn(values, 'input') ? 'instruction, input, output' : found;
}

/** `prompt` and `completion` as lists of turns. */
function turnColumns(values: SourceRow['values']): string | undefined {
  const are = ['prompt', 'completion'].every((name) => chatColumn(values, 'role', [name]) !== undefined);
  return are ? 'prompt, completion' : undefined;
}
