/** The storage formats Carryover reads, by ggml's type number (`enum ggml_type`). */
import type { BlockFormat } from './block-format.ts';
import { BF16, F16, F32 } from './floats.ts';
import { Q4_K, Q5_K, Q6_K } from './k-blocks.ts';
import { Q4_0, Q4_1, Q5_0, Q5_1, Q8_0 } from './legacy-blocks.ts';

export const GGML_FORMATS: ReadonlyMap<number, BlockFormat> = new Map([
  [0, F32],
  [1, F16],
  [2, Q4_0],
  [3, Q4_1],
  [6, Q5_0],
  [7, Q5_1],
  [8, Q8_0],
  [12, Q4_K],
  [13, Q5_K],
  [14, Q6_K],
  [30, BF16],
]);

/** By the names used in safetensors headers. */
export const FLOAT_FORMATS: ReadonlyMap<string, BlockFormat> = new Map([
  ['F32', F32],
  ['F16', F16],
  ['BF16', BF16],
]);
