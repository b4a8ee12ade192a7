/** A receipt as tables of text: the same in the terminal and on the page of a report. */
import { count, counted, listed } from '../../text/counts.ts';
import type { DataReceipt, SourceReceipt } from '../stage.ts';
import { namedRowTable } from './named-row-table.ts';
import type { ReceiptTable } from './receipt-table.ts';
import { passText, shareTexts, TRAINED_ON_WORDS, templateText } from './receipt-text.ts';
import { removalTables } from './removal-tables.ts';
import { ANSWER_NOTES, accountOf, notLeftOut } from './row-account.ts';

/** What to say behind a fact. */
export interface ReceiptHints {
  /** Where duplicates or items of benchmarks were not looked for: how to have it done, ` (--dedup exact)`. */
  readonly duplicates?: string;
  readonly benchmarks?: string;
  /** Behind the optimizer steps: how many rows each takes. */
  readonly steps?: string;
}

/** What decides the data, and what they come to: `[['Seed', '1'], ...]`. */
export function receiptFacts(
  receipt: DataReceipt,
  { duplicates = '', benchmarks = '', steps: ofRows = '' }: ReceiptHints = {},
): (readonly [string, string])[] {
  const { supervisedTokens, tokens, examples, packedRows, steps, fill } = receipt;
  return [
    [
      'Supervised',
      `${count(supervisedTokens)} of ${counted(tokens, 'token')} in ${counted(examples, 'example')}`,
    ],
    [
      'Packed',
      `${counted(packedRows, 'row')} of ${rowsText(receipt)}, ${percent(fill)} full, in ${counted(steps, 'optimizer step')}${ofRows}`,
    ],
    ['Rendered with', `${renderedText(receipt)}, renderer ${receipt.renderer}`],
    ['Supervision', supervisionText(receipt)],
    ...shareTexts(receipt).map((text): [string, string] => ['Shares', text]),
    ['Longer rows', LONG_ROWS[receipt.overlong]],
    ['Stops', stopText(receipt.sources)],
    ['Duplicates', duplicatesText(receipt.sources) ?? `not looked for${duplicates}`],
    ['Contamination', benchmarksText(receipt.sources) ?? `not looked for${benchmarks}`],
    ['Seed', String(receipt.seed)],
    ['Tokenizer', short(receipt.tokenizer)],
    ['Packed rows', short(receipt.packed)],
  ];
}

/** `at most 512 tokens, the longest of 312`: what a row may have, and what the fullest has with its padding. */
function rowsText({ rowLength, maxLength }: DataReceipt): string {
  if (maxLength === undefined || maxLength === rowLength) return `at most ${counted(rowLength, 'token')}`;
  return `at most ${counted(maxLength, 'token')}, the longest of ${count(rowLength)}`;
}

type Kind = 'text' | 'conversation' | 'both';

/** Plain texts are rendered without a template, and have no answers. */
function kindOf(sources: readonly Pick<SourceReceipt, 'format'>[]): Kind {
  if (sources.every(({ format }) => format === 'text')) return 'text';
  return sources.some(({ format }) => format === 'text') ? 'both' : 'conversation';
}

const WHAT_ENDS: Readonly<Record<Kind, readonly [one: string, several: string]>> = {
  text: ['text', 'texts'],
  conversation: ['answer', 'answers'],
  both: ['answer or text', 'answers and texts'],
};

function renderedText(receipt: DataReceipt): string {
  const template = `${templateText(receipt)} (${short(receipt.template.sha256)})`;
  const plain = 'no template: texts as they are, with an end-of-text token';
  return { text: plain, conversation: template, both: `${template}; plain texts with no template` }[
    kindOf(receipt.sources)
  ];
}

function supervisionText({ trainOn, sources }: DataReceipt): string {
  const texts = 'the whole of every text is trained on';
  const answers = TRAINED_ON_WORDS[trainOn];
  return { text: texts, conversation: answers, both: `${answers}, and the whole of every plain text` }[
    kindOf(sources)
  ];
}

function duplicatesText(sources: readonly SourceReceipt[]): string | undefined {
  const modes = new Set(sources.map(({ screen }) => screen?.dedup ?? 'off'));
  const looked = [...modes].filter((mode) => mode !== 'off');
  return looked.length === 0 ? undefined : `left out (${looked.join(', ')})`;
}

function benchmarksText(sources: readonly SourceReceipt[]): string | undefined {
  const names = [...new Set(sources.flatMap(({ screen }) => screen?.against ?? []))];
  const notHad = [...new Set(sources.flatMap(({ screen }) => screen?.notHad ?? []))];
  const without =
    notHad.length === 0 ? '' : `; NOT looked for, because their data cannot be had here: ${listed(notHad)}`;
  return names.length === 0 ? undefined : `items of ${listed(names)} looked for${without}`;
}

const LONG_ROWS: Readonly<Record<DataReceipt['overlong'], string>> = {
  drop: 'are left out',
  truncate: 'are cut',
  error: 'are an error',
};

/** Tables that have no rows are left out. */
export function receiptTables(receipt: DataReceipt): ReceiptTable[] {
  const tables = [
    sourceTable(receipt.sources),
    accountTable(receipt.sources),
    answerTable(receipt.sources),
    namedRowTable(receipt.sources),
    ...removalTables(receipt.sources),
    lengthTable(receipt),
    fileTable(receipt.sources),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

/** Rows and tokens of every source. */
function sourceTable(sources: readonly SourceReceipt[]): ReceiptTable {
  return {
    part: 'sources',
    title: 'Sources; a pass uses every row not left out once, and rows not looked at may be left out yet',
    head: [
      'Source',
      'What',
      'Licence',
      'Format',
      'Rows',
      'Not looked at',
      'Not left out',
      'Examples',
      'Epochs begun',
      'Passes',
      'Supervised',
      'Tokens',
      'Stops',
    ],
    rows: sources.map((source) => [
      source.name,
      whatText(source),
      source.licence ?? 'not stated',
      `${source.format} (${source.formatFrom})`,
      count(source.rows),
      source.kept === undefined ? '' : count(source.kept.notReached),
      source.kept === undefined ? '' : count(notLeftOut({ kept: source.kept })),
      count(source.examples),
      String(source.epochs),
      source.passes === undefined ? '' : passText(source.passes),
      count(source.supervisedTokens),
      count(source.tokens),
      stopShare([source]),
    ]),
  };
}

/** `openai/gsm8k main train`, with the revision where one was stated. */
function whatText({ source, revision }: SourceReceipt): string {
  if (revision === undefined) return source;
  return `${source} @${revision.asked}${revision.checked ? '' : ' (revision not checked)'}`;
}

/** `98.4 %` of the answers, or nothing where there were none. */
export function stopShare(sources: readonly SourceReceipt[]): string {
  const [turns, stops] = [sum(sources, 'turns'), sum(sources, 'stopTurns')];
  return turns === 0 ? '' : percent(stops / turns);
}

function stopText(sources: readonly SourceReceipt[]): string {
  const [turns, stops] = [sum(sources, 'turns'), sum(sources, 'stopTurns')];
  const [unit, units] = WHAT_ENDS[kindOf(sources)];
  return `${count(stops)} of ${count(turns)} ${turns === 1 ? unit : units} ${turns === 1 ? 'ends' : 'end'} in a supervised stop token`;
}

function sum(sources: readonly SourceReceipt[], key: 'turns' | 'stopTurns'): number {
  return sources.reduce((total, source) => total + source[key], 0);
}

/** What became of every row, source by source: the numbers of a source sum to its rows. */
function accountTable(sources: readonly SourceReceipt[]): ReceiptTable {
  return {
    part: 'account',
    title: 'Rows by what became of them',
    head: ['Source', 'Rows', 'What became of them'],
    rows: sources.flatMap((source) => [
      ...accountOf(source).map(({ rows, what }) => [source.name, count(rows), what]),
      ...(source.kept === undefined ? [] : [[source.name, count(source.rows), 'in all']]),
    ]),
  };
}

/** What is cut, left out or changed in the examples, source by source. */
function answerTable(sources: readonly SourceReceipt[]): ReceiptTable {
  const rows = sources.flatMap((source) =>
    ANSWER_NOTES.map(({ of, unit, what }) => ({ number: of(source), unit, what }))
      .filter(({ number }) => number > 0)
      .map(({ number, unit, what }) => [source.name, counted(number, unit), what]),
  );
  return {
    part: 'answers',
    title: 'Of the examples used: cut, left out or changed',
    head: ['Source', 'How many', 'What and why'],
    rows,
  };
}

function lengthTable({ lengths, examples }: DataReceipt): ReceiptTable {
  return {
    part: 'lengths',
    title: 'Examples by length in tokens',
    head: ['Up to', 'Examples', 'Share'],
    rows: lengths.map((bin) => [count(bin.upTo), count(bin.examples), percent(bin.examples / examples)]),
  };
}

function fileTable(sources: readonly SourceReceipt[]): ReceiptTable {
  return {
    part: 'files',
    title: 'Input files',
    head: ['Source', 'File', 'Bytes', 'SHA-256'],
    rows: sources.flatMap(({ name, files }) =>
      files.map(({ file, bytes, sha256 }) => [name, file, count(bytes), sha256]),
    ),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Enough of a digest to compare two of them by eye. */
const short = (digest: string): string => digest.slice(0, 12);
