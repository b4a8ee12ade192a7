/** What to do about rows in no known format: which column is wrong, or which columns could be named. */
import type { SourceRow } from '../sources/row.ts';
import { chatPairRow } from './chat-rows.ts';
import { answerText, isAnswer, text } from './conversation.ts';

/** Questions and answers of the formats that are recognised by two columns. */
const PAIRS = [
  ['instruction', 'output'],
  ['prompt', 'completion'],
  ['question', 'answer'],
] as const;

/** Throws UserError where both columns of a known format are there and one holds what it cannot learn from. */
export function refuseWrongKind(row: SourceRow): void {
  for (const [question, answer] of PAIRS) {
    if (![question, answer].every((name) => Object.hasOwn(row.values, name))) continue;
    const lists = [question, answer].some((name) => Array.isArray(row.values[name]));
    if (question === 'prompt' && lists) chatPairRow(row);
    text(row, question);
    answerText(row, answer);
  }
}

/** Names that columns of questions and of answers have, the usual ones first. */
const QUESTIONS = ['question', 'prompt', 'instruction', 'problem', 'query', 'input', 'inputs'];
const ANSWERS = [
  ...['answer', 'correct_answer', 'completion', 'response', 'output', 'solution', 'target', 'targets'],
  'chosen',
];

/**
 * Columns are proposed only where names say what both are: of any other text nobody knows whether it is right, as the
 * wrong choices beside a right one are not.
 */
export function columnsAdvice(values: SourceRow['values']): string {
  // Answers that lost a comparison are there to be avoided.
  const names = Object.keys(values).filter((name) => !/^reject/i.test(name));
  const texts = names.filter((name) => typeof values[name] === 'string');
  const answers = names.filter((name) => isAnswer(values, name));
  const prompt = named(texts, QUESTIONS);
  const completion = named(answers, ANSWERS);
  if (prompt !== undefined && completion !== undefined) return sayWhich(prompt, completion);
  if (texts.length === 0 || answers.length < 2) {
    return 'No two columns hold text: bring the rows into a known format, such as {"question": "...", "answer": "..."}.';
  }
  return `${sayWhich('COLUMN', 'COLUMN')} Columns of text: ${texts.join(', ')}.`;
}

const sayWhich = (prompt: string, completion: string): string =>
  `Say which columns to use: in a study columns: { prompt: ${prompt}, completion: ${completion} }, ` +
  `on the command line --columns prompt=${prompt},completion=${completion}.`;

/** The first of `known` that is a column, in capitals or not. */
function named(columns: readonly string[], known: readonly string[]): string | undefined {
  const found = known.map((name) => columns.find((column) => column.toLowerCase() === name));
  return found.find((column) => column !== undefined);
}
