/** A mixture's facts as the terminal shows them. */
import { count, counted } from '../../text/counts.ts';
import { textTable } from '../../text/text-table.ts';
import { acrossRows, offText } from '../receipt-text.ts';
import { LONG_BEGINNING, SHARE_LIMIT } from '../steady-order.ts';
import type { MixtureFacts } from './mixture-facts.ts';

/** `title`: what is mixed; `from`: whose tokens are counted, and the seed. */
export function mixtureText(title: string, from: string, facts: MixtureFacts): string {
  const { rows, tokens, supervisedTokens, sources, stretches, furthest } = facts;
  const amounts = [
    ['source', 'rows used', 'of', 'epochs', 'tokens', 'supervised', 'share'],
    ...sources.map((source) => [
      source.name,
      count(source.used),
      count(source.rows),
      source.epochs < 0.1 ? source.epochs.toPrecision(2) : source.epochs.toFixed(2),
      count(source.tokens),
      count(source.supervisedTokens),
      percent(source.share),
    ]),
    ['all', count(rows), '', '', count(tokens), count(supervisedTokens), percent(1)],
  ];
  const along = [
    ['run done', ...sources.map(({ name }) => name)],
    ...stretches.map(({ from, to, shares }) => [
      `${Math.round(100 * from)}-${Math.round(100 * to)} %`,
      ...sources.map(({ name }) => percent(shares[name] ?? 0)),
    ]),
  ];
  const right = (columns: number): Set<number> => new Set(Array.from({ length: columns }, (_, at) => at + 1));
  return [
    `${title}: ${counted(supervisedTokens, 'supervised token')} of ${counted(sources.length, 'source')}, ${from}`,
    '',
    ...textTable(amounts, right(6)),
    ...sources.flatMap(duplicatesText),
    '',
    'share of the supervised tokens along the run',
    ...textTable(along, right(sources.length)),
    ...(furthest === null ? [] : ['', heldText(furthest)]),
  ].join('\n');
}

/** A line where rows were left out: a source gives fewer rows than it has. */
function duplicatesText({ name, duplicates }: MixtureFacts['sources'][number]): string[] {
  const rows = duplicates ? duplicates.exact + duplicates.near : 0;
  if (rows === 0) return [];
  const others = acrossRows(duplicates?.across);
  return [
    `${name}: ${counted(rows, 'row')} left out, as an earlier row says the same${others === 0 ? '' : ` (${count(others)} of another source)`}`,
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function heldText(furthest: number): string {
  if (furthest > SHARE_LIMIT)
    return `warning: a beginning of at least ${count(LONG_BEGINNING)} supervised tokens is ${offText(furthest)}.`;
  return `Every beginning of at least ${count(LONG_BEGINNING)} supervised tokens is within ${(100 * furthest).toFixed(2)} points of the shares asked for.`;
}
