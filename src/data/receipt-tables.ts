/** A receipt as tables of text: the same in the terminal and on the page of a report. */
import { count, counted, listed } from '../text/counts.ts';
import { namedRowTable } from './named-row-table.ts';
import type { ReceiptTable } from './receipt-table.ts';
import { SHOWN_OTHERWISE, shareTexts, TRAINED_ON_WORDS, templateText } from './receipt-text.ts';
import { removalTables } from './removal-tables.ts';
import { FAULT_REASONS, FAULT_WORDS } from './row-fault.ts';
import type { DataReceipt, SourceReceipt } from './stage.ts';

/** What decides the data, and what they come to: `[['Seed', '1'], ...]`. */
export function receiptFacts(receipt: DataReceipt): (readonly [string, string])[] {
  const { supervisedTokens, tokens, examples, packedRows, rowLength, steps, fill } = receipt;
  return [
    [
      'Supervised',
      `${count(supervisedTokens)} of ${counted(tokens, 'token')} in ${counted(examples, 'example')}`,
    ],
    [
      'Packed',
      `${counted(packedRows, 'row')} of at most ${counted(rowLength, 'token')} in ${counted(steps, 'optimizer step')}, ${percent(fill)} full`,
    ],
    [
      'Rendered with',
      `${templateText(receipt)} (${short(receipt.template.sha256)}), renderer ${receipt.renderer}`,
    ],
    ['Supervision', TRAINED_ON_WORDS[receipt.trainOn]],
    ...shareTexts(receipt).map((text): [string, string] => ['Shares', text]),
    ['Longer rows', LONG_ROWS[receipt.overlong]],
    ['Stops', stopText(receipt.sources)],
    ['Seed', String(receipt.seed)],
    ['Tokenizer', short(receipt.tokenizer)],
    ['Packed rows', short(receipt.packed)],
  ];
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
    lossTable(receipt.sources),
    namedRowTable(receipt.sources),
    ...removalTables(receipt.sources),
    lengthTable(receipt),
    fileTable(receipt.sources),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

/** Rows and tokens of every source. */
export function sourceTable(sources: readonly SourceReceipt[]): ReceiptTable {
  return {
    title: 'Sources',
    head: [
      'Source',
      'What',
      'Licence',
      'Format',
      'Rows',
      'Examples',
      'Epochs',
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
      count(source.examples),
      String(source.epochs),
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
  return `${count(stops)} of ${counted(turns, 'answer')} end in a supervised stop token`;
}

function sum(sources: readonly SourceReceipt[], key: 'turns' | 'stopTurns'): number {
  return sources.reduce((total, source) => total + source[key], 0);
}

/** What was left out, cut or changed, source by source. */
function lossTable(sources: readonly SourceReceipt[]): ReceiptTable {
  const rows = sources.flatMap((source) => {
    const { name, dropped, truncated, cutAnswers, rewritten, inserted, straddled, promptDiffers, shared } =
      source;
    const { expanded = 0, overlongAnswers = 0 } = source;
    const losses: readonly (readonly [number, string, string])[] = [
      [dropped['empty-answer'], 'row', 'left out: an answer is empty'],
      [dropped['empty-question'], 'row', 'left out: a question is empty'],
      [dropped.overlong, 'row', 'left out: longer than a packed row'],
      [dropped.duplicate ?? 0, 'row', 'left out: says what an earlier row says'],
      [dropped.contaminated ?? 0, 'row', 'left out: holds what a benchmark asks'],
      ...FAULT_REASONS.map((reason) => [dropped[reason], 'row', `left out: ${FAULT_WORDS[reason]}`] as const),
      [truncated, 'row', 'cut at the length of a packed row'],
      [cutAnswers, 'answer', 'cut, so that no stop is taught'],
      [overlongAnswers, 'answer', 'left out: with the conversation before it longer than a packed row'],
      [expanded, 'answer', `in an example of its own: ${SHOWN_OTHERWISE}`],
      [rewritten, 'answer', 'not supervised: no prompt shows it as it is written'],
      [inserted, 'answer', 'behind something that the template inserts and the prompt lacks'],
      [straddled, 'answer', 'whose first token holds other text too: that token is not supervised'],
      [promptDiffers, 'answer', 'whose prompt has other tokens alone than inside the row'],
      [shared.length, 'row', 'on the border of the budget: only some of its tokens are supervised'],
    ];
    return losses
      .filter(([number]) => number > 0)
      .map(([number, unit, what]) => [name, counted(number, unit), what]);
  });
  return { title: 'Left out, cut or changed', head: ['Source', 'How many', 'What and why'], rows };
}

function lengthTable({ lengths, examples }: DataReceipt): ReceiptTable {
  return {
    title: 'Examples by length in tokens',
    head: ['Up to', 'Examples', 'Share'],
    rows: lengths.map((bin) => [count(bin.upTo), count(bin.examples), percent(bin.examples / examples)]),
  };
}

function fileTable(sources: readonly SourceReceipt[]): ReceiptTable {
  return {
    title: 'Input files',
    head: ['Source', 'File', 'Bytes', 'SHA-256'],
    rows: sources.flatMap(({ name, files }) =>
      files.map(({ file, bytes, sha256 }) => [name, file, count(bytes), sha256]),
    ),
  };
}

/** One line: `1,234 supervised of 5,678 tokens: math 60.0 %, general 40.0 %`. */
export function mixSentence({ sources, supervisedTokens, tokens }: DataReceipt): string {
  const shares = sources.map(
    (source) => `${source.name} ${percent(source.supervisedTokens / supervisedTokens)}`,
  );
  return `${count(supervisedTokens)} supervised of ${counted(tokens, 'token')}: ${listed(shares)}`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Enough of a digest to compare two of them by eye. */
const short = (digest: string): string => digest.slice(0, 12);
