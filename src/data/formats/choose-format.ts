/** Which format a source is in: stated in the study, or recognised from the columns of its first row. */
import { UserError } from '../../errors.ts';
import { FORMAT_NAMES, type FormatName, type SourceSpec } from '../source-spec.ts';
import { rowError, type SourceRow } from '../sources/row.ts';
import { chatRow } from './chat-rows.ts';
import { type Converted, isMissing, requireColumn } from './conversation.ts';
import { alpacaRow, mappedRow, recognisedPair } from './pair-rows.ts';
import { isPlainText, textRow } from './text-rows.ts';

export interface ChosenFormat {
  /** A format's name, or `columns` for a mapping of the user's own. */
  readonly name: FormatName | 'columns';
  /** For the receipt: `stated`, or the columns that decided. */
  readonly from: string;
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
  alpaca: { recognise: (values) => columns(values, 'instruction', 'output'), convert: alpacaRow },
  'prompt-completion': {
    recognise: (values) => columns(values, 'prompt', 'completion'),
    convert: (row) => recognisedPair(row, { prompt: 'prompt', completion: 'completion', system: 'system' }),
  },
  'question-answer': {
    recognise: (values) => columns(values, 'question', 'answer'),
    convert: (row) => recognisedPair(row, { prompt: 'question', completion: 'answer' }),
  },
  text: { recognise: (values) => (isPlainText(values) ? 'text' : undefined), convert: textRow },
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
    return { name: 'columns', from: 'stated', convert: (row) => mappedRow(row, mapping) };
  }
  if (format !== undefined) return { name: format, from: 'stated', convert: converter(format) };
  const found = recognised(first.values);
  if (found) return { name: found.name, from: `columns ${found.from}`, convert: converter(found.name) };
  const empty = CHAT_COLUMNS.find((column) => isEmptyList(first.values[column]));
  if (empty !== undefined) {
    throw rowError(
      first,
      `column "${empty}" holds no turns, so there is nothing to learn.`,
      'Remove the row or add the turns.',
    );
  }
  const names = Object.keys(first.values);
  throw rowError(
    first,
    `the columns ${names.join(', ')} are in no known format.`,
    `Say which columns to use: in a study columns: { prompt: ${names[0] ?? '...'}, completion: ${names[1] ?? '...'} }, ` +
      `on the command line --columns prompt=${names[0] ?? '...'},completion=${names[1] ?? '...'}. ` +
      `Known formats: ${Object.keys(FORMATS).join(', ')}.`,
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

/** Says of a row that does not fit which other format it is in, if it is in one. */
function converter(name: FormatName): (row: SourceRow) => Converted {
  return (row) => {
    try {
      return FORMATS[name].convert(row);
    } catch (error) {
      const other = error instanceof UserError ? recognised(row.values)?.name : undefined;
      if (other === undefined || other === name) throw error;
      throw rowError(
        row,
        `this row is in the format ${other}, the source in the format ${name}.`,
        'A source has one format: put the rows into two files, and name both.',
      );
    }
  };
}

const CHAT_COLUMNS = ['messages', 'conversations', 'conversation'];

function chatColumn(values: SourceRow['values'], key: string): string | undefined {
  return CHAT_COLUMNS.find((column) => {
    const turns = values[column];
    const turn: unknown = Array.isArray(turns) ? turns[0] : undefined;
    return typeof turn === 'object' && turn !== null && key in turn;
  });
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Both names, when they are columns of text; the first row's answer may be missing, as any other's. */
function columns(values: SourceRow['values'], prompt: string, answer: string): string | undefined {
  const found = typeof values[prompt] === 'string' && isText(values, answer);
  return found ? `${prompt}, ${answer}` : undefined;
}

const isText = (values: SourceRow['values'], name: string): boolean =>
  typeof values[name] === 'string' || isMissing(values[name]);
