/** Reads `\begin{pmatrix} a & b \\ c & d \end{pmatrix}` and its kin. */

import { Exhausted } from './budget.ts';
import type { Expression } from './expression.ts';
import { type Reader, Unreadable } from './reader.ts';

/** Rows times columns; the largest matrix of MATH has 9 entries. */
const MAX_ENTRIES = 400;

/** `parseEntry`: reads one entry. */
export function parseMatrix(reader: Reader, parseEntry: (reader: Reader) => Expression): Expression {
  const kind = reader.peek()!.text.slice('begin '.length);
  if (!/^(?:[pbvBV]?(?:small)?matrix|array)\*?$/.test(kind)) throw new Unreadable();
  reader.at++;
  const rows: Expression[][] = [];
  let row: Expression[] = [];
  let entries = 0;
  while (!ends(reader)) {
    row.push(parseEntry(reader));
    if (++entries > MAX_ENTRIES) throw new Exhausted(`it holds a matrix of more than ${MAX_ENTRIES} entries`);
    if (reader.take('&')) continue;
    if (!reader.take('\\\\') && !ends(reader)) throw new Unreadable();
    rows.push(row);
    row = [];
  }
  reader.at++;
  const matrix: Expression = { kind: 'matrix', rows };
  if (rows.length === 0) throw new Unreadable();
  if (/^v/.test(kind)) return { kind: 'call', name: 'det', args: [matrix] };
  return matrix;
}

function ends(reader: Reader): boolean {
  const token = reader.peek();
  if (token === undefined) throw new Unreadable();
  return token.kind === 'command' && token.text.startsWith('end ');
}
