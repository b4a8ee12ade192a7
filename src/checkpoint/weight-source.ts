/** Where a checkpoint's weights come from: the one thing that a GGUF file and a folder of safetensors have in common. */
import { COPY_AGAIN, malformed } from './malformed.ts';

export interface TensorInfo {
  readonly shape: readonly number[];
  readonly dtype: string;
}

export interface WeightSource {
  /** By Hugging Face name, as in `Checkpoint.tensors`. */
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** Float32, row-major, in the Hugging Face layout. Throws UserError for weights that are not finite. */
  read(name: string): Promise<Float32Array<ArrayBuffer>>;
  /** The files that hold the weights, for the fingerprint. */
  readonly files: readonly WeightFile[];
  close(): Promise<void>;
}

export interface WeightFile {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
  /** Byte ranges that hold tensors, in file order. */
  readonly ranges: readonly { readonly offset: number; readonly bytes: number }[];
}

/** A tensor's place in a file, as its header claims it. */
export interface StoredTensor extends TensorInfo {
  readonly name: string;
  /** First byte, counted from the start of the file. */
  readonly offset: number;
  readonly bytes: number;
}

/** Number of elements; undefined when the product is no exact integer, which no real tensor has. */
export function elements(shape: readonly number[]): number | undefined {
  let count = 1;
  for (const size of shape) {
    count *= size;
    if (!Number.isSafeInteger(count) || size < 0) return undefined;
  }
  return count;
}

/**
 * Refuses tensors that lie outside the file or share bytes, and two of one name.
 * Returns them in file order.
 */
export function checkLayout(
  file: string,
  fileSize: number,
  dataStart: number,
  tensors: readonly StoredTensor[],
): StoredTensor[] {
  const names = new Set<string>();
  for (const { name, offset, bytes } of tensors) {
    if (names.has(name)) throw malformed(file, `the tensor ${name} is there twice`);
    names.add(name);
    if (offset < dataStart) throw malformed(file, `the tensor ${name} begins inside the header`);
    if (offset + bytes > fileSize) {
      throw malformed(
        file,
        `the tensor ${name} would end at byte ${offset + bytes}, but the file has ${fileSize} bytes`,
        COPY_AGAIN,
      );
    }
  }
  const sorted = [...tensors].sort((a, b) => a.offset - b.offset || a.bytes - b.bytes);
  for (let i = 1; i < sorted.length; i++) {
    const before = sorted[i - 1]!;
    const here = sorted[i]!;
    if (here.offset < before.offset + before.bytes) {
      throw malformed(file, `the tensors ${before.name} and ${here.name} overlap`);
    }
  }
  return sorted;
}

/** Refuses NaN and infinities; `values` is what was read for `name`. */
export function checkFinite(file: string, name: string, values: Float32Array): void {
  // x * 0 is 0 for finite x and NaN otherwise: one sum instead of a branch per weight.
  let poison = 0;
  for (let i = 0; i < values.length; i++) poison += values[i]! * 0;
  if (poison === 0) return;
  const at = values.findIndex((value) => !Number.isFinite(value));
  throw malformed(
    file,
    `the tensor ${name} holds ${values[at]} at element ${at}: weights must be finite`,
    'The model is damaged, or its training diverged: use an earlier checkpoint.',
  );
}
