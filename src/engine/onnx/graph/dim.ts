/**
 * Sizes of tensor axes. A number is known now; a name ("batch") is known when the graph runs; `?` says that nothing
 * is known. Products of names are kept in one spelling ("4*batch*time"), so that equal sizes compare equal.
 */
export type Dim = number | string;
export type Shape = readonly Dim[];

export const UNKNOWN = '?';

interface Product {
  readonly factor: number;
  readonly names: readonly string[];
}

function parse(dim: Dim): Product {
  if (typeof dim === 'number') return { factor: dim, names: [] };
  const parts = dim.split('*');
  const factor = Number(parts[0]);
  return Number.isInteger(factor) ? { factor, names: parts.slice(1) } : { factor: 1, names: parts };
}

function spell({ factor, names }: Product): Dim {
  if (names.length === 0 || factor === 0) return factor;
  const sorted = [...names].sort();
  return factor === 1 ? sorted.join('*') : [factor, ...sorted].join('*');
}

/** Product of sizes; `?` when one of them is unknown. The empty product is 1. */
export function multiply(dims: Shape): Dim {
  if (dims.includes(UNKNOWN)) return UNKNOWN;
  const parts = dims.map(parse);
  return spell({
    factor: parts.reduce((product, part) => product * part.factor, 1),
    names: parts.flatMap((part) => part.names),
  });
}

/** `total / part`, or `?` when it does not come out even. */
export function divide(total: Dim, part: Dim): Dim {
  if (total === UNKNOWN || part === UNKNOWN) return UNKNOWN;
  const [above, below] = [parse(total), parse(part)];
  const names = [...above.names];
  for (const name of below.names) {
    const at = names.indexOf(name);
    if (at < 0) return UNKNOWN;
    names.splice(at, 1);
  }
  const factor = above.factor / below.factor;
  return Number.isInteger(factor) ? spell({ factor, names }) : UNKNOWN;
}

/** Sum of sizes, for Concat: numbers are added, a sum that holds a name becomes a new name ("past+time"). */
export function add(dims: Shape): Dim {
  if (dims.includes(UNKNOWN)) return UNKNOWN;
  const known = dims.reduce<number>((sum, dim) => (typeof dim === 'number' ? sum + dim : sum), 0);
  const names = dims.filter((dim) => typeof dim === 'string');
  if (names.length === 0) return known;
  return [...names.sort(), ...(known === 0 ? [] : [known])].join('+');
}

/** Whether two sizes may be the same: equal, or one of them unknown. */
export function agrees(a: Dim, b: Dim): boolean {
  return a === b || a === UNKNOWN || b === UNKNOWN;
}

export function shapesAgree(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, axis) => agrees(dim, b[axis] as Dim));
}

/** The shape of `a op b` under ONNX's (numpy's) broadcasting. Throws when two sizes contradict each other. */
export function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    if (x === y || y === 1) return x;
    if (x === 1) return y;
    if (x === UNKNOWN) return y;
    if (y === UNKNOWN) return x;
    throw new Error(`cannot broadcast [${a}] with [${b}]: axis ${axis} is ${x} and ${y}`);
  });
}

/** A possibly negative axis as 0 ... rank-1. */
export function axisOf(axis: number, rank: number): number {
  const at = axis < 0 ? axis + rank : axis;
  if (at < 0 || at >= rank) throw new Error(`axis ${axis} of a tensor of rank ${rank}`);
  return at;
}
