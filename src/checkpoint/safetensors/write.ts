/** Writes safetensors files: tensors are asked for one after the other, so that no model is in memory whole. */
import { writeAtomicChunks } from '../../platform/files.ts';
import { FLOAT_FORMATS } from '../quantisation/formats.ts';
import { elements } from '../weight-source.ts';
import { narrow, type WrittenType } from './narrow.ts';

export interface TensorToWrite {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Tensors go into the file in the given order. `metadata` must be texts; transformers expects `format: pt`. */
export async function writeSafetensors(
  path: string,
  tensors: readonly TensorToWrite[],
  read: (name: string) => Promise<Float32Array<ArrayBuffer>>,
  dtype: WrittenType = 'F32',
  metadata: Readonly<Record<string, string>> = { format: 'pt' },
): Promise<void> {
  const width = FLOAT_FORMATS.get(dtype)!.bytes;
  let end = 0;
  const entries = tensors.map(({ name, shape }) => {
    const begin = end;
    end += elements(shape)! * width;
    return [name, { dtype, shape, data_offsets: [begin, end] }] as const;
  });
  // From entries, because assigning to the name `__proto__` would make no entry.
  const header = Object.fromEntries([['__metadata__', metadata], ...entries]);
  await writeAtomicChunks(path, chunks(header, tensors, read, dtype));
}

async function* chunks(
  header: Record<string, unknown>,
  tensors: readonly TensorToWrite[],
  read: (name: string) => Promise<Float32Array<ArrayBuffer>>,
  dtype: WrittenType,
): AsyncGenerator<Uint8Array> {
  const text = new TextEncoder().encode(JSON.stringify(header));
  // The data begin at a multiple of 8, filled up with spaces, as the reference implementation does.
  const padded = new Uint8Array(8 + Math.ceil(text.length / 8) * 8).fill(0x20);
  new DataView(padded.buffer).setBigUint64(0, BigInt(padded.length - 8), true);
  padded.set(text, 8);
  yield padded;
  for (const { name, shape } of tensors) {
    const values = await read(name);
    if (values.length !== elements(shape)) {
      throw new Error(`${name}: ${values.length} values for the shape [${shape.join(', ')}]`);
    }
    yield narrow(values, dtype, name);
  }
}
