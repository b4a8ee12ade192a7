/** Zstandard frames without a compressor (RFC 8878): blocks of bytes as they are, and blocks that repeat one byte. */

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
const LARGEST_BLOCK = 128 * 1024;

/** The bytes in raw blocks. */
export function rawZstd(content: string | Uint8Array): Uint8Array {
  const bytes = Buffer.from(content);
  const blocks: Uint8Array[] = [];
  for (let from = 0; from === 0 || from < bytes.length; from += LARGEST_BLOCK) {
    const piece = bytes.subarray(from, from + LARGEST_BLOCK);
    blocks.push(blockHeader(piece.length, 0, from + LARGEST_BLOCK >= bytes.length), piece);
  }
  return Buffer.concat([frameHeader(), ...blocks]);
}

/** `blocks` times 128 KiB of one byte: 4 bytes each. */
export function repeatedZstd(byte: number, blocks: number): Uint8Array {
  const one = (last: boolean) => [...blockHeader(LARGEST_BLOCK, 1, last), byte];
  const head = Buffer.from(frameHeader());
  const middle = Buffer.alloc(4 * (blocks - 1), Buffer.from(one(false)));
  return Buffer.concat([head, middle, Buffer.from(one(true))]);
}

/** A window of 2 to the power of `windowLog` bytes. */
export function frameHeader(windowLog = 20): Uint8Array {
  return Buffer.from([...MAGIC, 0, (windowLog - 10) << 3]);
}

function blockHeader(size: number, type: 0 | 1, last: boolean): Uint8Array {
  const word = (size << 3) | (type << 1) | Number(last);
  return Buffer.from([word & 255, (word >> 8) & 255, (word >> 16) & 255]);
}
