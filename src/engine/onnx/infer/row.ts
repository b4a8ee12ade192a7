/**
 * What one row of a batch holds: a trunk of tokens and any number of branches that continue it. A branch sees the
 * trunk and itself; positions continue the trunk's. A plain text is a trunk without branches. So the choices of one
 * question cost the question once. Several such texts can stand side by side in one row without seeing each other:
 * less padding.
 */
import type { KvCache } from './kv-cache.ts';

export interface Row {
  /** By slot: the trunk, then the branches one after the other. */
  readonly tokens: readonly number[];
  /** By slot. */
  readonly positions: readonly number[];
  /** Leading slots that the first text's branches all see. */
  readonly trunk: number;
  /** Leading slots that all texts of the row see. */
  readonly shared: number;
  /** By slot: what the token belongs to. */
  readonly parts: readonly Part[];
  /** Where the next token is wanted, in rising order of slots. */
  readonly heads: readonly Head[];
}

/** A trunk from slot `from` to `to` (exclusive) and, for tokens of a branch, the branch's first slot. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly branch: number;
}

export interface Head {
  readonly slot: number;
  /** Tokens whose log-probability is wanted here. */
  readonly targets: readonly number[];
}

/** A text whose next token is wanted. */
export function plainRow(tokens: readonly number[]): Row {
  return {
    tokens,
    positions: [...tokens.keys()],
    trunk: tokens.length,
    shared: 0,
    parts: Array(tokens.length).fill({ from: 0, to: tokens.length, branch: tokens.length }),
    heads: [{ slot: tokens.length - 1, targets: [] }],
  };
}

/** How many leading tokens two lists have in common. */
export function commonPrefix(a: readonly number[], b: readonly number[]): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
}

/** A continuation to score: `tokens` is context and continuation, the last `scored` of them are the continuation. */
export interface ScoredSequence {
  readonly tokens: readonly number[];
  readonly scored: number;
}

/** Where the targets of each sequence ended up in the row: indices of `heads` and of its `targets`. */
export interface BranchedRow {
  readonly row: Row;
  readonly places: readonly (readonly { readonly head: number; readonly target: number }[])[];
}

/** One row for all sequences; what all of them begin with is in it once. */
export function branchedRow(sequences: readonly ScoredSequence[]): BranchedRow {
  // The last token of a sequence is only predicted, never read.
  const inputs = sequences.map(({ tokens }) => tokens.slice(0, -1));
  const first = inputs[0] ?? [];
  const trunk = inputs.reduce((length, input) => Math.min(length, commonPrefix(first, input)), first.length);
  const tokens = first.slice(0, trunk);
  const positions = [...tokens.keys()];
  const parts: Part[] = Array(trunk).fill({ from: 0, to: trunk, branch: trunk });
  const targetsOf = new Map<number, number[]>();
  const pending = sequences.map((sequence, at) => {
    const input = inputs[at]!;
    const start = tokens.length;
    const part = { from: 0, to: trunk, branch: start };
    for (let index = trunk; index < input.length; index++) {
      tokens.push(input[index]!);
      positions.push(index);
      parts.push(part);
    }
    return Array.from({ length: sequence.scored }, (_, step) => {
      const index = input.length - sequence.scored + step;
      const slot = index < trunk ? index : start + index - trunk;
      const targets = targetsOf.get(slot) ?? [];
      targetsOf.set(slot, targets);
      const token = sequence.tokens[index + 1]!;
      if (!targets.includes(token)) targets.push(token);
      return { slot, target: targets.indexOf(token) };
    });
  });
  const heads = [...targetsOf].map(([slot, targets]) => ({ slot, targets })).sort((a, b) => a.slot - b.slot);
  const headOf = new Map(heads.map(({ slot }, index) => [slot, index]));
  const places = pending.map((steps) =>
    steps.map(({ slot, target }) => ({ head: headOf.get(slot)!, target })),
  );
  return { row: { tokens, positions, trunk, shared: 0, parts, heads }, places };
}

/** The leading tokens of a row that may be computed apart from it: trunk before the first head. */
export function sharablePrefix(row: Row): readonly number[] {
  return row.tokens.slice(0, Math.min(row.trunk, row.heads[0]?.slot ?? row.trunk));
}

/**
 * Several rows as one: `shared` leading tokens, which all of them begin with, once, then what each has of its own.
 * The heads are those of the first row, then those of the second, and so on.
 */
export function joinRows(rows: readonly Row[], shared: number): Row {
  const first = rows[0]!;
  const tokens = first.tokens.slice(0, shared);
  const positions = first.positions.slice(0, shared);
  const parts = first.parts.slice(0, shared);
  const heads: Head[] = [];
  for (const row of rows) {
    const start = tokens.length;
    const shift = start - shared;
    const moved = new Map<Part, Part>();
    for (let slot = shared; slot < row.tokens.length; slot++) {
      const part = row.parts[slot]!;
      if (!moved.has(part))
        moved.set(part, { from: start, to: part.to + shift, branch: part.branch + shift });
      tokens.push(row.tokens[slot]!);
      positions.push(row.positions[slot]!);
      parts.push(moved.get(part)!);
    }
    for (const { slot, targets } of row.heads) heads.push({ slot: slot + shift, targets });
  }
  return { tokens, positions, trunk: first.trunk, shared, parts, heads };
}

/** The spans of slots, [from, to) each, that the token at `slot` sees, itself included. */
export function seenFrom({ shared, parts }: Row, slot: number): (readonly [number, number])[] {
  const { from, to, branch } = parts[slot]!;
  return [
    [0, Math.min(shared, slot + 1)],
    [from, Math.min(to, slot + 1)],
    [branch, slot + 1],
  ];
}

/** Tokens, positions and mask of the slots `start` to `end` (exclusive) of some rows, as a pass takes them. */
export function passTensors(
  cache: KvCache,
  rows: readonly Row[],
  start: number,
  end: number,
): { time: number; tokens: BigInt64Array; positions: BigInt64Array; mask: Float32Array } {
  const time = end - start;
  const tokens = new BigInt64Array(rows.length * time);
  const positions = new BigInt64Array(rows.length * time);
  const mask = new Float32Array(rows.length * time * cache.slots).fill(-Infinity);
  rows.forEach((row, r) => {
    for (let slot = start; slot < end; slot++) {
      const at = r * time + slot - start;
      const line = at * cache.slots;
      if (slot >= row.tokens.length) {
        // Padding looks at one slot, because a softmax over nothing is no number.
        mask[line] = 0;
        continue;
      }
      tokens[at] = BigInt(row.tokens[slot]!);
      positions[at] = BigInt(row.positions[slot]!);
      for (const [from, to] of seenFrom(row, slot)) if (to > from) mask.fill(0, line + from, line + to);
    }
  });
  return { time, tokens, positions, mask };
}
