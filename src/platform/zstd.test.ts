import { expect, test } from 'vitest';
import { rawZstd } from '../../test/support/zstd-frames.ts';
import { unzstd } from './zstd.ts';

async function unpack(...pieces: readonly Uint8Array[]): Promise<string> {
  const found: Uint8Array[] = [];
  async function* file(): AsyncGenerator<Uint8Array> {
    yield* pieces;
  }
  for await (const chunk of unzstd(file())) found.push(Buffer.from(chunk));
  return Buffer.concat(found).toString();
}

/** A frame of one segment with one raw block, whose header says `size` in so many bytes (RFC 8878, section 3.1.1.1). */
function oneSegment(text: string, size: bigint, bytes: 1 | 2 | 4 | 8): Uint8Array {
  const field = Buffer.alloc(8);
  field.writeBigUInt64LE(bytes === 2 ? size - 256n : size);
  const code = { 1: 0, 2: 1, 4: 2, 8: 3 }[bytes];
  const word = (text.length << 3) | 1;
  return Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, (code << 6) | 0x20]),
    field.subarray(0, bytes),
    Buffer.from([word & 255, (word >> 8) & 255, word >> 16]),
    Buffer.from(text),
  ]);
}

test('sizes in one, two, four and eight bytes', async () => {
  const text = 'row\n'.repeat(100);
  for (const bytes of [2, 4, 8] as const)
    expect(await unpack(oneSegment(text, BigInt(text.length), bytes))).toBe(text);
  expect(await unpack(oneSegment('row\n', 4n, 1), rawZstd('more'))).toBe('row\nmore');
});

test.each([
  [2n ** 27n + 1n, 4, 'a window of 129 MiB, more than the 128 MiB that are read'],
  [2n ** 40n, 8, 'a window of 1048576 MiB'],
  [2n ** 48n + 4n, 8, 'a window of 268435457 MiB'],
  [2n ** 56n, 8, 'MiB, more than the 128 MiB'],
  [2n ** 64n - 1n, 8, 'MiB, more than the 128 MiB'],
] as const)(
  'a frame that announces %d bytes is refused before anything is allocated',
  async (size, bytes, why) => {
    await expect(unpack(oneSegment('row\n', size, bytes))).rejects.toThrow(why);
  },
);

test('another number of bytes than announced is damage', async () => {
  await expect(unpack(oneSegment('row\n', 5n, 1))).rejects.toThrow('5 bytes are announced, 4 are there');
  await expect(unpack(oneSegment('row\n', 300n, 2))).rejects.toThrow('300 bytes are announced');
});
