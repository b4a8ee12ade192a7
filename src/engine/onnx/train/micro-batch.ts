/** Packed rows as the tensors that a training graph takes. */

import { rowLengthFor } from '../../../data/packing/pack.ts';
import type { PackedRow } from '../../../data/packing/packed-row.ts';
import type { HostTensor } from '../../../platform/onnxruntime.ts';
import { INPUTS } from '../models/training-graph.ts';

export interface MicroBatch {
  readonly batch: number;
  readonly time: number;
  /** Supervised tokens. */
  readonly targets: number;
  /** Token ids [batch * time]. */
  readonly ids: Int32Array;
  readonly feeds: Readonly<Record<string, HostTensor>>;
}

/** Tokens of a row before its padding. */
export function rowLength(row: PackedRow): number {
  let end = row.segments.length;
  while (end > 0 && (row.segments[end - 1] as number) < 0) end--;
  return end;
}

export function supervisedTokens(row: PackedRow): number {
  let count = 0;
  for (const flag of row.supervised) count += flag;
  return count;
}

/** Splits rows evenly into groups of at most `size`, in their order. */
export function splitRows<T>(rows: readonly T[], size: number): T[][] {
  const groups = Math.ceil(rows.length / Math.max(1, size));
  return Array.from({ length: groups }, (_, group) =>
    rows.slice(Math.floor((group * rows.length) / groups), Math.floor(((group + 1) * rows.length) / groups)),
  );
}

/**
 * A target at position t is predicted from the hidden state at t - 1. Throws when a target begins its segment: there
 * is nothing to predict it from.
 */
export function microBatch(rows: readonly PackedRow[]): MicroBatch {
  const batch = rows.length;
  const longest = Math.max(1, ...rows.map(rowLength));
  const time = rowLengthFor(longest);
  const ids = new Int32Array(batch * time);
  const positions = new BigInt64Array(batch * time);
  const segments = new Int32Array(batch * time).fill(-1);
  const sources: number[] = [];
  const targets: number[] = [];
  rows.forEach((row, r) => {
    const length = rowLength(row);
    ids.set(row.ids.subarray(0, length), r * time);
    segments.set(row.segments.subarray(0, length), r * time);
    for (let t = 0; t < length; t++) {
      positions[r * time + t] = BigInt(row.positions[t] as number);
      if (!row.supervised[t]) continue;
      if (t === 0 || row.segments[t - 1] !== row.segments[t])
        throw new Error(`row ${r}: the supervised token ${t} begins its segment, nothing comes before it`);
      sources.push(r * time + t - 1);
      targets.push(row.ids[t] as number);
    }
  });
  const grid = (data: HostTensor['data'], dtype: HostTensor['dtype']): HostTensor => ({
    dtype,
    shape: [batch, time],
    data,
  });
  return {
    batch,
    time,
    targets: targets.length,
    ids,
    feeds: {
      [INPUTS.ids]: grid(BigInt64Array.from(ids, BigInt), 'i64'),
      [INPUTS.positions]: grid(positions, 'i64'),
      [INPUTS.segments]: grid(segments, 'i32'),
      [INPUTS.rows]: { dtype: 'i64', shape: [sources.length], data: BigInt64Array.from(sources, BigInt) },
      [INPUTS.targetIds]: {
        dtype: 'i64',
        shape: [targets.length, 1],
        data: BigInt64Array.from(targets, BigInt),
      },
    },
  };
}
