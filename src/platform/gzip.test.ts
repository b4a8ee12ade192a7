import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gunzipped } from './gzip.ts';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function unzip(bytes: Uint8Array, size = 64 * 1024): Promise<string> {
  const found: Uint8Array[] = [];
  for await (const chunk of gunzipped(inPieces(bytes, size), 1024)) found.push(Buffer.from(chunk));
  return Buffer.concat(found).toString();
}

/**
 * Blocks as bgzip writes them (SAM specification, section 4.1): members with an extra field BC that holds their size, and
 * at the end an empty one.
 */
function bgzip(...texts: readonly string[]): Uint8Array {
  const blocks = [...texts, ''].map((text) => {
    const body = gzipSync(text).subarray(10);
    const head = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 6, 0, 0x42, 0x43, 2, 0, 0, 0]);
    head.writeUInt16LE(head.length + body.length - 1, 16);
    return Buffer.concat([head, body]);
  });
  return Buffer.concat(blocks);
}

test('members, however they are cut, with zeros between and behind them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.string({ maxLength: 3000 }), fc.nat({ max: 1200 })), {
        minLength: 1,
        maxLength: 6,
      }),
      fc.integer({ min: 1, max: 700 }),
      async (members, size) => {
        const bytes = members.flatMap(([text, zeros]) => [gzipSync(text), Buffer.alloc(zeros)]);
        expect(await unzip(Buffer.concat(bytes), size)).toBe(members.map(([text]) => text).join(''));
      },
    ),
    { numRuns: 60 },
  );
});

test('blocks of bgzip, and an archive filled up to blocks of 512 bytes', async () => {
  expect(await unzip(bgzip('one\n', 'two\n'))).toBe('one\ntwo\n');
  const padded = [gzipSync('one\n'), gzipSync('two\n')].flatMap((member) => [
    member,
    Buffer.alloc(512 - (member.length % 512)),
  ]);
  expect(await unzip(Buffer.concat(padded))).toBe('one\ntwo\n');
});

test.each([
  ['behind a member', Buffer.concat([gzipSync('one\n'), Buffer.from('{"a": 1}\n')])],
  ['behind zeros', Buffer.concat([gzipSync('one\n'), Buffer.alloc(100), Buffer.from('{"a": 1}\n')])],
])('what is no gzip data %s is an error with its place', async (_, bytes) => {
  await expect(unzip(bytes)).rejects.toThrow('something else follows them');
  await expect(unzip(bytes, 7)).rejects.toThrow(
    /something else follows them, behind byte \d+: incorrect header/,
  );
});

test('cut anywhere, it ends too early', async () => {
  const whole = Buffer.concat([gzipSync('one\n'), Buffer.alloc(3), gzipSync('two\n')]);
  const border = gzipSync('one\n').length;
  for (let length = 1; length < whole.length; length++) {
    const read = unzip(whole.subarray(0, length));
    if (length >= border && length <= border + 3) expect(await read).toBe('one\n');
    else await expect(read).rejects.toThrow('ends too early');
  }
});

test('a reader that stops early lets go of the file', async () => {
  let closed = false;
  async function* file(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield gzipSync('x'.repeat(1e6));
    } finally {
      closed = true;
    }
  }
  for await (const _ of gunzipped(file(), 1024)) break;
  expect(closed).toBe(true);
});
