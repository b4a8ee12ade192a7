/**
 * Zstandard (RFC 8878) as a stream. Node 20 has none of its own; `fzstd` decompresses blocks and looks at nothing else,
 * so that frames are taken apart here: their windows are limited before anything is allocated, and their checksums are
 * compared.
 */
import { Decompress } from 'fzstd';
import { createXXHash64 } from 'hash-wasm';
import { byteReader } from './byte-reader.ts';
import { TextFault } from './text-fault.ts';

const MAGIC = 0xfd2fb528;
/** 128 MiB, the most that the `zstd` command decompresses without being asked for more (`--long`, zstd(1)). */
const LARGEST_WINDOW = 2 ** 27;
/** Bytes of the dictionary's number by its code (section 3.1.1.1.3) and of the content's size (3.1.1.1.4). */
const DICTIONARY_BYTES = [0, 1, 2, 4] as const;
const SIZE_BYTES = [0, 2, 4, 8] as const;
const HAS_CHECKSUM = 0b100;
const MIB = 2 ** 20;

/** The content of all frames, a block of at most 128 KiB at a time. Throws TextFault for damaged data. */
export async function* unzstd(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = byteReader(file);
  const take = async (length: number): Promise<Buffer> => {
    const bytes = await reader.take(length);
    if (bytes.length < length) {
      throw new TextFault('The compressed file ends too early.', 'It was cut short: fetch it again.');
    }
    return bytes;
  };
  try {
    for (let first = true; ; first = false) {
      const start = await reader.take(4);
      if (start.length === 0 && !first) return;
      const magic = start.length === 4 ? start.readUInt32LE(0) : 0;
      // Frames to be skipped have sixteen magic numbers (section 3.1.2).
      if (magic >>> 4 === 0x184d2a5) await skip(take, (await take(4)).readUInt32LE(0));
      else if (magic === MAGIC) yield* frame(take);
      else throw new TextFault(`This is no zstd data${first ? '' : ' after its first frames'}.`, FETCH);
    }
  } finally {
    await reader.close();
  }
}

async function skip(take: (length: number) => Promise<Buffer>, bytes: number): Promise<void> {
  for (let left = bytes; left > 0; left -= 65536) await take(Math.min(left, 65536));
}

const FETCH = 'Fetch it again, or correct the ending of its name.';

async function* frame(take: (length: number) => Promise<Buffer>): AsyncGenerator<Uint8Array> {
  const descriptor = (await take(1))[0]!;
  const header = await take(headerBytes(descriptor));
  refuseHeader(descriptor, header);
  const hash = await createXXHash64();
  let ready: Uint8Array[] = [];
  let size = 0;
  const decompress = new Decompress((block) => {
    ready.push(block);
  });
  const push = (bytes: Uint8Array, last: boolean): void => {
    try {
      decompress.push(bytes, last);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new TextFault(`The zstd data are damaged: ${why}.`, 'Fetch the file again.');
    }
    for (const block of ready) {
      hash.update(block);
      size += block.length;
    }
  };
  const magic = Buffer.alloc(4);
  magic.writeUInt32LE(MAGIC);
  push(Buffer.concat([magic, Buffer.of(descriptor & ~HAS_CHECKSUM), header]), false);
  for (let last = false; !last; ) {
    const head = await take(3);
    const word = head.readUIntLE(0, 3);
    last = (word & 1) === 1;
    // A block of type 1 repeats one byte.
    const body = await take(((word >> 1) & 3) === 1 ? 1 : word >> 3);
    push(Buffer.concat([head, body]), last);
    yield* ready;
    ready = [];
  }
  const announced = contentSize(descriptor, header) ?? size;
  if (size !== announced) {
    throw new TextFault(
      `The zstd data are damaged: ${announced} bytes are announced, ${size} are there.`,
      'Fetch the file again.',
    );
  }
  if ((descriptor & HAS_CHECKSUM) === 0) return;
  const wanted = (await take(4)).readUInt32LE(0);
  // The low half of XXH64 (section 3.1.1); its digest is written from the high end.
  if (Number.parseInt(hash.digest('hex').slice(8), 16) !== wanted) {
    throw new TextFault('The zstd data are damaged: their checksum is another.', 'Fetch the file again.');
  }
}

const isOneSegment = (descriptor: number): boolean => (descriptor & 0x20) !== 0;

function headerBytes(descriptor: number): number {
  const window = isOneSegment(descriptor) ? 0 : 1;
  return window + DICTIONARY_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3] + sizeBytes(descriptor);
}

function sizeBytes(descriptor: number): number {
  const size = SIZE_BYTES[(descriptor >> 6) as 0 | 1 | 2 | 3];
  return isOneSegment(descriptor) && size === 0 ? 1 : size;
}

/** The window is allocated before the first byte is there: a header alone must not ask for gigabytes. */
function refuseHeader(descriptor: number, header: Buffer): void {
  const dictionary = DICTIONARY_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3];
  if (dictionary > 0) {
    throw new TextFault(
      'This zstd file needs a dictionary.',
      'Decompress it with `zstd -d -D` and name the result.',
    );
  }
  // A frame of one segment has no window of its own: it is as large as the content.
  const asked = isOneSegment(descriptor)
    ? contentSize(descriptor, header)!
    : 2 ** (10 + (header[0]! >> 3)) * (1 + (header[0]! & 7) / 8);
  if (asked <= LARGEST_WINDOW) return;
  throw new TextFault(
    `This zstd file needs a window of ${Math.ceil(asked / MIB)} MiB, more than the ${LARGEST_WINDOW / MIB} MiB that are read.`,
    asked <= 2 ** 31
      ? 'Decompress it with `zstd -d --long=31` and name the result.'
      : 'No compressor writes such files: it is damaged. Fetch it again.',
  );
}

/** Bytes of the content, where the header says them; all eight are read, though numbers are exact to 2^53 only. */
function contentSize(descriptor: number, header: Buffer): number | undefined {
  const size = sizeBytes(descriptor);
  const from = header.length - size;
  if (size === 0) return undefined;
  if (size === 8) return Number(header.readBigUInt64LE(from));
  // Sizes of two bytes begin at 256: smaller ones have one byte.
  return header.readUIntLE(from, size) + (size === 2 ? 256 : 0);
}
