/**
 * The header of a GGUF file: its key-value fields and its table of tensors. Parsed by `@huggingface/gguf`, which
 * asks for ranges of the file as it goes, so that a model of several GB opens at once; it takes them from the open
 * file by way of a `fetch` of our own. What the library leaves to its caller is checked here.
 */
import { gguf } from '@huggingface/gguf';
import { UserError } from '../../errors.ts';
import type { RandomAccessFile } from '../../platform/files.ts';
import { COPY_AGAIN, malformed } from '../malformed.ts';
import { GGML_FORMATS } from '../quantisation/formats.ts';
import { checkLayout, elements, type StoredTensor } from '../weight-source.ts';

export interface GgufHeader {
  readonly fields: GgufFields;
  /** In file order; names are llama.cpp's, shapes row-major (GGUF's own order reversed). */
  readonly tensors: readonly (StoredTensor & { readonly type: number })[];
}

/** The key-value fields, read with their types checked. Absent fields are undefined. */
export interface GgufFields {
  has(key: string): boolean;
  number(key: string): number | undefined;
  text(key: string): string | undefined;
  flag(key: string): boolean | undefined;
  texts(key: string): readonly string[] | undefined;
  numbers(key: string): readonly number[] | undefined;
}

export async function readGgufHeader(file: RandomAccessFile): Promise<GgufHeader> {
  const parsed = await parse(file);
  if (!parsed.littleEndian) throw malformed(file.path, 'a big-endian GGUF file is not supported');
  const headerEnd = parsed.tensorInfoByteRange[1];
  if (headerEnd > file.size) {
    throw malformed(file.path, `the file ends inside its header, at byte ${file.size}`, COPY_AGAIN);
  }
  const fields = typedFields(file.path, parsed.metadata as Record<string, unknown>);
  const shards = fields.number('split.count') ?? 1;
  if (shards > 1) {
    throw malformed(
      file.path,
      `this is one of ${shards} parts of a split GGUF`,
      'Join the parts with `llama-gguf-split --merge FIRST-PART OUTPUT.gguf`.',
    );
  }
  const dataStart = Number(parsed.tensorDataOffset);
  const tensors = parsed.tensorInfos.map((info) => {
    const shape = info.shape.map(Number).reverse();
    const type: number = info.dtype;
    const format = GGML_FORMATS.get(type);
    if (!format) {
      throw malformed(
        file.path,
        `the tensor ${info.name} has ggml type ${type}, which is not one of ${[...GGML_FORMATS.values()].map((f) => f.name).join(', ')}`,
        'Convert the model to one of these types, or use its safetensors.',
      );
    }
    const count = elements(shape);
    const row = shape.at(-1);
    if (count === undefined || count === 0 || row === undefined || row % format.weights !== 0) {
      throw malformed(
        file.path,
        `the tensor ${info.name} of type ${format.name} cannot have shape [${shape.join(', ')}]`,
      );
    }
    const offset = dataStart + Number(info.offset);
    return {
      name: info.name,
      shape,
      dtype: format.name,
      type,
      offset,
      bytes: (count / format.weights) * format.bytes,
    };
  });
  checkLayout(file.path, file.size, dataStart, tensors);
  return { fields, tensors: tensors.sort((a, b) => a.offset - b.offset) };
}

async function parse(file: RandomAccessFile) {
  // The library reads pieces of 2 MB one after the other. It may ask for one that begins past the end, because it
  // reads ahead; a second one means that it searches for a value's end that the file does not hold.
  let pastEnd = 0;
  const range: typeof fetch = async (_, init) => {
    const wanted = new Headers(init?.headers).get('Range')?.match(/^bytes=(\d+)-(\d+)$/);
    const from = Number(wanted?.[1]);
    const to = Math.min(Number(wanted?.[2]) + 1, file.size);
    if (from >= file.size && pastEnd++ > 0) {
      throw malformed(file.path, `the file ends inside its header, at byte ${file.size}`, COPY_AGAIN);
    }
    const bytes = from < to ? await file.read(from, to - from) : new Uint8Array();
    return new Response(bytes);
  };
  try {
    return await gguf('http://file/', { fetch: range });
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw malformed(file.path, `no readable GGUF header: ${reason}`, COPY_AGAIN, error);
  }
}

function typedFields(file: string, metadata: Record<string, unknown>): GgufFields {
  const wrong = (key: string, expected: string) =>
    malformed(
      file,
      `the field ${key} should be ${expected}, not ${JSON.stringify(metadata[key], plain)?.slice(0, 60)}`,
    );
  const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
  const asNumber = (value: unknown): number =>
    typeof value === 'bigint' ? Number(value) : (value as number);
  const isNumber = (value: unknown) => typeof value === 'bigint' || Number.isFinite(value);
  const get = <T>(key: string, expected: string, accept: (value: unknown) => boolean): T | undefined => {
    if (!Object.hasOwn(metadata, key)) return undefined;
    if (!accept(metadata[key])) throw wrong(key, expected);
    return metadata[key] as T;
  };
  return {
    has: (key) => Object.hasOwn(metadata, key),
    number: (key) => {
      const value = get<unknown>(key, 'a number', isNumber);
      return value === undefined ? undefined : asNumber(value);
    },
    text: (key) => get<string>(key, 'a text', (value) => typeof value === 'string'),
    flag: (key) => get<boolean>(key, 'true or false', (value) => typeof value === 'boolean'),
    texts: (key) =>
      get<string[]>(
        key,
        'a list of texts',
        (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
      ),
    numbers: (key) =>
      get<unknown[]>(key, 'a list of numbers', (value) => Array.isArray(value) && value.every(isNumber))?.map(
        asNumber,
      ),
  };
}
