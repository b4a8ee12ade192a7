/** A mixture's facts as the terminal shows them. */
import { count, counted } from '../../text/counts.ts';
import { textTable } from '../../text/text-table.ts';
import { acrossRows, offText, passText } from '../receipt/receipt-text.ts';
import { DROP_WORDS, leftOut, notLeftOut } from '../receipt/row-account.ts';
import { LONG_BEGINNING, SHARE_LIMIT } from '../selection/steady-order.ts';
import type { MixtureFacts, MixtureSource } from './mixture-facts.ts';

/** `title`: what is mixed; `from`: whose tokens are counted, and the seed. */
export function mixtureText(title: string, from: string, facts: MixtureFacts): string {
  const { rows, tokens, supervisedTokens, sources, stretches, furthest } = facts;
  const amounts = [
    [
      ...['source', 'rows', 'looked at', 'not looked at', 'not left out', 'rows used', 'passes'],
      ...['tokens', 'supervised', 'share', 'asked'],
    ],
    ...sources.map((source) => [
      source.name,
      count(source.rows),
      count(source.rows - source.kept.notReached),
      count(source.kept.notReached),
      count(notLeftOut(source)),
      count(source.used),
      passText(source.passes),
      count(source.tokens),
      count(source.supervisedTokens),
      percent(source.share),
      percent(source.asked),
    ]),
    ['all', '', '', '', '', count(rows), '', count(tokens), count(supervisedTokens), percent(1), percent(1)],
  ];
  const along = [
    ['run done', ...sources.flatMap(({ name }) => [name, 'asked'])],
    ...stretches.map(({ from, to, shares, asked }) => [
      `${Math.round(100 * from)}-${Math.round(100 * to)} %`,
      ...sources.flatMap(({ name }) => [percent(shares[name] ?? 0), percent(asked[name] ?? 0)]),
    ]),
  ];
  const right = (columns: number): Set<number> => new Set(Array.from({ length: columns }, (_, at) => at + 1));
  return [
    `${title}: ${counted(supervisedTokens, 'supervised token')} of ${counted(sources.length, 'source')}, ${from}`,
    '',
    ...textTable(amounts, right(10)),
    PASSES_NOTE,
    ...sources.flatMap(leftOutLines),
    '',
    'share of the supervised tokens along the run',
    ...textTable(along, right(2 * sources.length)),
    '',
    furthest === null ? SHORT_NOTE : heldText(furthest),
  ].join('\n');
}

const PASSES_NOTE =
  'passes: rows used, one of two epochs twice, for each row not left out; rows not looked at may be left out yet.';

const SHORT_NOTE = `How far shares are off those asked for is not given: it is said of beginnings of at least ${count(LONG_BEGINNING)} supervised tokens, and this mixture has fewer. In shorter ones single rows decide.`;

/** A line for each reason for which rows were left out: a source gives fewer rows than it has. */
function leftOutLines({ name, rows, dropped, duplicates }: MixtureSource): string[] {
  const others = acrossRows(duplicates?.across);
  return leftOut({ dropped }).map(({ reason, rows: lost }) => {
    const elsewhere = reason === 'duplicate' && others > 0 ? ` (${count(others)} of another source)` : '';
    return `${name}: ${count(lost)} of ${counted(rows, 'row')} left out: ${DROP_WORDS[reason]}${elsewhere}`;
  });
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function heldText(furthest: number): string {
  if (furthest > SHARE_LIMIT)
    return `warning: a beginning of at least ${count(LONG_BEGINNING)} supervised tokens is ${offText(furthest)}.`;
  return `Every beginning of at least ${count(LONG_BEGINNING)} supervised tokens is within ${(100 * furthest).toFixed(2)} points of the shares asked for.`;
}
