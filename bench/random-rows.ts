/** Rows of random tokens: the time of a training step does not depend on what the tokens are. */
import type { PackedRow } from '../src/data/packing/packed-row.ts';
import { uniforms } from '../src/engine/onnx/train/initial.ts';

/** One segment per row; the last `share` of the positions are targets (all but the first at share 1). */
export function randomRows(options: {
  readonly batch: number;
  readonly length: number;
  readonly vocabulary: number;
  readonly share: number;
  readonly seed: number;
}): PackedRow[] {
  const next = uniforms(options.seed);
  const { length } = options;
  const first = Math.max(1, Math.round(length * (1 - options.share)));
  return Array.from({ length: options.batch }, () => ({
    ids: Int32Array.from({ length }, () => Math.floor(next() * options.vocabulary)),
    positions: Int32Array.from({ length }, (_, t) => t),
    segments: new Int32Array(length),
    supervised: Uint8Array.from({ length }, (_, t) => (t >= first ? 1 : 0)),
  }));
}
