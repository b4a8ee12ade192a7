/**
 * Scores the solved grid of a ZebraLogic puzzle. Compatible: WildEval/ZeroEval (src/evaluation/eval_utils.py and
 * zebra_grid_eval.py): the last complete {...} of the output read as JSON with its line breaks deleted; cells compared
 * without case and outer space. Where that code would end with an error (an answer of another shape), nothing is
 * right. Corrected: the last object that holds houses, also inside a code fence, with trailing commas or with line
 * breaks inside its texts, and house names however they are written.
 */
import type { Ending } from '../benchmarks/benchmark.ts';
import { pythonStrip } from '../text/python-text.ts';
import type { Score } from './score.ts';
import { withoutThoughts } from './thoughts.ts';

/** `header`: `House` and the attributes; `rows`: one a house, its number first. */
export interface Grid {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function isGrid(gold: unknown): gold is Grid {
  if (typeof gold !== 'object' || gold === null) return false;
  const { header, rows } = gold as Partial<Grid>;
  const texts = (value: unknown): boolean =>
    Array.isArray(value) && value.every((one) => typeof one === 'string');
  return (
    texts(header) &&
    header!.length > 1 &&
    Array.isArray(rows) &&
    rows.length > 0 &&
    rows.every((row) => texts(row) && row.length === header!.length)
  );
}

export function scoreGrid(output: string, grid: Grid, ending?: Ending): Score {
  const cells = grid.rows.length * (grid.header.length - 1);
  const strict = compatibleCells(output, grid);
  const read = readTable(withoutThoughts(output));
  const right = read === null ? 0 : correctedCells(read, grid);
  const solved = right === cells ? 1 : 0;
  const readings = {
    compatible: { exact_match: strict === cells ? 1 : 0, cell_acc: strict / cells },
    corrected: { exact_match: solved, cell_acc: right / cells },
  };
  if (read === null) {
    const why = ending === 'length' ? 'Cut off before a solution.' : 'No solution in JSON could be read.';
    return { value: 0, answer: null, outcome: 'no_answer', why, readings };
  }
  const answer = JSON.stringify(shown(read));
  const outcome = solved === 1 ? 'correct' : 'wrong';
  return { value: solved, answer, outcome, why: `${right} of ${cells} cells are right.`, readings };
}

type Table = Readonly<Record<string, unknown>>;
const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Complete {...} at the outermost level, in order. A closing brace without an opening one is passed over. */
function outermost(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{' && depth++ === 0) from = i;
    else if (text[i] === '}' && depth > 0 && --depth === 0) found.push(text.slice(from, i + 1));
  }
  return found;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function compatibleCells(output: string, grid: Grid): number {
  const answer = parse(outermost(output).at(-1)?.replaceAll('\n', '') ?? '');
  const table = isTable(answer) ? answer['solution'] : undefined;
  if (!isTable(table)) return 0;
  let right = 0;
  for (const [i, row] of grid.rows.entries()) {
    const house = Object.hasOwn(table, `House ${i + 1}`) ? table[`House ${i + 1}`] : undefined;
    if (house === undefined) continue;
    // Python's `column in house` on a text or a list; what it finds there cannot be looked up.
    if (typeof house === 'string' || Array.isArray(house)) {
      if (grid.header.slice(1).some((column) => house.includes(column))) return 0;
      continue;
    }
    if (!isTable(house)) return 0;
    for (const [j, column] of grid.header.entries()) {
      if (j === 0 || !Object.hasOwn(house, column)) continue;
      const value = Array.isArray(house[column]) ? (house[column] as unknown[])[0] : house[column];
      if (isEmpty(house[column])) continue;
      if (typeof value !== 'string') return 0;
      if (pythonStrip(value.toLowerCase()) === pythonStrip(row[j]!.toLowerCase())) right++;
    }
  }
  return right;
}

const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value as object).length === 0);

/** Cells that say something; others may be nested without end. */
function shown(table: Readonly<Record<string, Table>>): unknown {
  const isCell = (value: unknown): boolean =>
    value === null || typeof value !== 'object' || (Array.isArray(value) && value.every(isText));
  return Object.fromEntries(
    Object.entries(table).map(([house, cells]) => [
      house,
      Object.fromEntries(Object.entries(cells).filter(([, value]) => isCell(value))),
    ]),
  );
}

const isText = (value: unknown): boolean => typeof value === 'string';

const onOneLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');

/** The houses of the last object that has any, by their numbers. */
function readTable(output: string): Readonly<Record<string, Table>> | null {
  for (const text of outermost(output).reverse()) {
    const answer = parse(text) ?? parse(onOneLine(text).replace(/,(?=\s*[}\]])/g, ''));
    if (!isTable(answer)) continue;
    const table = Object.entries(answer).find(([key]) => /^solution$/i.test(key))?.[1] ?? answer;
    if (!isTable(table)) continue;
    const houses = Object.entries(table).flatMap(([key, value]): [string, Table][] => {
      const number = /^(?:house)?[\s_-]*(\d+)$/i.exec(key.trim())?.[1];
      return number !== undefined && isTable(value) ? [[number, value]] : [];
    });
    if (houses.length > 0) return Object.fromEntries(houses);
  }
  return null;
}

function correctedCells(table: Readonly<Record<string, Table>>, grid: Grid): number {
  const plain = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '');
  let right = 0;
  for (const [i, row] of grid.rows.entries()) {
    const cells = new Map(
      Object.entries(table[String(i + 1)] ?? {}).map(([key, value]) => [plain(key), value]),
    );
    for (const [j, column] of grid.header.entries()) {
      const value = cells.get(plain(column));
      const cell = Array.isArray(value) && value.length === 1 ? value[0] : value;
      if (
        j > 0 &&
        (typeof cell === 'string' || typeof cell === 'number') &&
        plain(String(cell)) === plain(row[j]!)
      )
        right++;
    }
  }
  return right;
}
