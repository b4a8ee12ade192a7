/** Builds small GGUF files for tests (format: ggml's docs/gguf.md), wrong ones too. */

export type GgufValue =
  | string
  | number
  | boolean
  | { readonly uint64: bigint }
  | { readonly float: number }
  | readonly string[]
  | { readonly floats: readonly number[] }
  | { readonly ints: readonly number[] };

export interface GgufTensor {
  readonly name: string;
  /** GGUF's order: the fastest dimension first. */
  readonly shape: readonly (number | bigint)[];
  readonly type: number;
  /** Where the data begin after the header; by default behind the tensor before. */
  readonly offset?: number;
  readonly data: Uint8Array;
}

export interface GgufOptions {
  /** Written in place of the true counts. */
  readonly tensorCount?: bigint;
  readonly fieldCount?: bigint;
  readonly version?: number;
}

/** Numbers are written as uint32 (or int32 when negative), aligned to 32 bytes. */
export function makeGguf(
  fields: Readonly<Record<string, GgufValue>>,
  tensors: readonly GgufTensor[] = [],
  options: GgufOptions = {},
): Uint8Array {
  const out = new ByteWriter();
  out.bytes(new TextEncoder().encode('GGUF'));
  out.u32(options.version ?? 3);
  out.u64(options.tensorCount ?? BigInt(tensors.length));
  out.u64(options.fieldCount ?? BigInt(Object.keys(fields).length));
  for (const [key, value] of Object.entries(fields)) {
    out.text(key);
    writeValue(out, value);
  }
  let end = 0;
  const data = new Map<number, Uint8Array>();
  for (const tensor of tensors) {
    const offset = tensor.offset ?? end;
    out.text(tensor.name);
    out.u32(tensor.shape.length);
    for (const size of tensor.shape) out.u64(BigInt(size));
    out.u32(tensor.type);
    out.u64(BigInt(offset));
    data.set(offset, tensor.data);
    end = Math.ceil((offset + tensor.data.length) / 32) * 32;
  }
  out.pad(32);
  const header = out.done();
  const whole = new Uint8Array(
    header.length + [...data].reduce((most, [at, bytes]) => Math.max(most, at + bytes.length), 0),
  );
  whole.set(header);
  for (const [at, bytes] of data) whole.set(bytes, header.length + at);
  return whole;
}

function writeValue(out: ByteWriter, value: GgufValue): void {
  if (typeof value === 'string') {
    out.u32(8);
    out.text(value);
  } else if (typeof value === 'boolean') {
    out.u32(7);
    out.bytes(Uint8Array.of(value ? 1 : 0));
  } else if (typeof value === 'number') {
    out.u32(value < 0 ? 5 : 4);
    out.u32(value >>> 0);
  } else if ('uint64' in value) {
    out.u32(10);
    out.u64(value.uint64);
  } else if ('float' in value) {
    out.u32(6);
    out.bytes(new Uint8Array(Float32Array.of(value.float).buffer));
  } else {
    const [type, items] =
      'floats' in value ? [6, value.floats] : 'ints' in value ? [5, value.ints] : ([8, value] as const);
    out.u32(9);
    out.u32(type);
    out.u64(BigInt(items.length));
    if (type === 6) out.bytes(new Uint8Array(Float32Array.from(items as number[]).buffer));
    else if (type === 5) out.bytes(new Uint8Array(Int32Array.from(items as number[]).buffer));
    else for (const item of items as readonly string[]) out.text(item);
  }
}

class ByteWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  bytes(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }

  u32(value: number): void {
    this.bytes(new Uint8Array(Uint32Array.of(value).buffer));
  }

  u64(value: bigint): void {
    this.bytes(new Uint8Array(BigUint64Array.of(value).buffer));
  }

  text(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.u64(BigInt(bytes.length));
    this.bytes(bytes);
  }

  pad(alignment: number): void {
    this.bytes(new Uint8Array((alignment - (this.#length % alignment)) % alignment));
  }

  done(): Uint8Array {
    const out = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
}
