/** The header of a safetensors file: 8 bytes of length, then JSON with each tensor's type, shape and place. */
import { z } from 'zod';
import type { RandomAccessFile } from '../../platform/files.ts';
import { COPY_AGAIN, malformed } from '../malformed.ts';
import { FLOAT_FORMATS } from '../quantisation/formats.ts';
import { checkLayout, elements, type StoredTensor } from '../weight-source.ts';

/** The limit of the reference implementation (huggingface/safetensors). */
const MAX_HEADER = 100_000_000;

const entrySchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});

export interface SafetensorsHeader {
  /** In file order. */
  readonly tensors: readonly StoredTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

export async function readSafetensorsHeader(file: RandomAccessFile): Promise<SafetensorsHeader> {
  const { path, size } = file;
  if (size < 8) throw malformed(path, `a safetensors file of ${size} bytes is too short`, COPY_AGAIN);
  const length = Number(new DataView((await file.read(0, 8)).buffer).getBigUint64(0, true));
  if (length > MAX_HEADER || 8 + length > size) {
    throw malformed(path, `the header claims ${length} bytes, the file has ${size}`, COPY_AGAIN);
  }
  const text = new TextDecoder().decode(await file.read(8, length));
  const json = parseJson(path, text);
  const { __metadata__: metadata = {}, ...entries } = json;
  const dataStart = 8 + length;
  const tensors = Object.entries(entries).map(([name, value]) => storedTensor(path, dataStart, name, value));
  // JSON.parse keeps the last of two equal names; the bytes of the first would then belong to nobody.
  const sorted = checkLayout(path, size, dataStart, tensors);
  let end = dataStart;
  for (const tensor of sorted) {
    if (tensor.offset !== end) throw malformed(path, `bytes ${end} to ${tensor.offset} belong to no tensor`);
    end = tensor.offset + tensor.bytes;
  }
  if (end !== size) throw malformed(path, `bytes ${end} to ${size} belong to no tensor`, COPY_AGAIN);
  const notes = z.record(z.string(), z.string()).safeParse(metadata);
  return { tensors: sorted, metadata: notes.success ? notes.data : {} };
}

function parseJson(path: string, text: string): Record<string, unknown> {
  try {
    // Not through a schema: zod leaves out a tensor that is named `__proto__`.
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null && !Array.isArray(json))
      return json as Record<string, unknown>;
    throw new TypeError('not an object');
  } catch (error) {
    throw malformed(path, 'the header is no JSON object', COPY_AGAIN, error);
  }
}

function storedTensor(path: string, dataStart: number, name: string, value: unknown): StoredTensor {
  const entry = entrySchema.safeParse(value);
  if (!entry.success) {
    const issue = entry.error.issues[0];
    throw malformed(path, `the tensor ${name}: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { dtype, shape, data_offsets } = entry.data;
  const format = FLOAT_FORMATS.get(dtype);
  if (!format) {
    throw malformed(
      path,
      `the tensor ${name} has type ${dtype}, which is not one of ${[...FLOAT_FORMATS.keys()].join(', ')}`,
      'Save the model unquantised, in one of these types.',
    );
  }
  const [begin, end] = data_offsets;
  const count = elements(shape);
  if (count === undefined || end - begin !== count * format.bytes) {
    throw malformed(
      path,
      `the tensor ${name} of type ${dtype} and shape [${shape.join(', ')}] cannot have ${end - begin} bytes`,
    );
  }
  return { name, shape, dtype, offset: dataStart + begin, bytes: end - begin };
}
