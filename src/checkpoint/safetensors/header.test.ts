/** Safetensors headers with one thing wrong each. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSafetensors, readStoredTensor } from './read.ts';
import { writeSafetensors } from './write.ts';

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-'));
  path = join(folder, 'model.safetensors');
});
afterAll(() => rm(folder, { recursive: true }));

function file(header: string | object, data = new Uint8Array(8), length?: bigint): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const out = new Uint8Array(8 + text.length + data.length);
  new DataView(out.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  out.set(text, 8);
  out.set(data, 8 + text.length);
  return out;
}
const tensor = (change: object = {}) => ({ dtype: 'F32', shape: [2], data_offsets: [0, 8], ...change });

describe('refused', () => {
  test.each<[string, Uint8Array, string]>([
    ['too short', new Uint8Array(7), 'a safetensors file of 7 bytes is too short'],
    ['length beyond the file', file({ a: tensor() }, undefined, 999n), 'the header claims 999 bytes'],
    [
      'absurd length',
      file({ a: tensor() }, undefined, 2n ** 63n),
      'the header claims 9223372036854776000 bytes',
    ],
    ['no JSON', file('{"a": '), 'the header is no JSON object'],
    ['a list', file('[]'), 'the header is no JSON object'],
    ['no tensor', file({}), 'belong to no tensor'],
    ['unknown type', file({ a: tensor({ dtype: 'I8' }) }), 'the tensor a has type I8'],
    ['missing field', file({ a: { dtype: 'F32', shape: [2] } }), 'the tensor a: data_offsets'],
    ['negative size', file({ a: tensor({ shape: [-2] }) }), 'the tensor a: shape.0'],
    ['fractional size', file({ a: tensor({ shape: [1.5] }) }), 'the tensor a: shape.0'],
    ['absurd size', file({ a: tensor({ shape: [2 ** 40, 2 ** 40] }) }), 'cannot have 8 bytes'],
    ['shape and bytes disagree', file({ a: tensor({ shape: [3] }) }), 'shape [3] cannot have 8 bytes'],
    ['offsets reversed', file({ a: tensor({ data_offsets: [8, 0] }) }), 'cannot have -8 bytes'],
    ['beyond the file', file({ a: tensor({ data_offsets: [4, 12] }) }), 'the tensor a would end at byte'],
    ['overlap', file({ a: tensor(), b: tensor() }), 'the tensors a and b overlap'],
    [
      'a gap',
      file({ a: tensor(), b: tensor({ data_offsets: [12, 20] }) }, new Uint8Array(20)),
      'belong to no tensor',
    ],
    ['a rest', file({ a: tensor() }, new Uint8Array(9)), 'belong to no tensor'],
    [
      'the same name twice',
      file(
        '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
      ),
      'belong to no tensor',
    ],
  ])('%s', async (_, bytes, message) => {
    await writeFile(path, bytes);
    await expect(openSafetensors(path)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(message),
      place: { file: path },
    });
  });
});

test('what is written is read again', async () => {
  const size = fc.nat(5);
  const shapes = fc.dictionary(fc.string({ minLength: 1 }), fc.array(size, { maxLength: 3 }), { maxKeys: 5 });
  await fc.assert(
    fc.asyncProperty(shapes, async (entries) => {
      const tensors = Object.entries(entries)
        .filter(([name]) => name !== '__metadata__')
        .map(([name, shape]) => ({ name, shape }));
      const values = new Map(
        tensors.map(({ name, shape }, i) => {
          const count = shape.reduce((a, b) => a * b, 1);
          return [name, Float32Array.from({ length: count }, (_, at) => at - i / 3)];
        }),
      );
      await writeSafetensors(path, tensors, async (name) => values.get(name)!);
      const { file, tensors: found, metadata } = await openSafetensors(path);
      try {
        expect(metadata).toEqual({ format: 'pt' });
        expect(found.map(({ name }) => name).sort()).toEqual([...values.keys()].sort());
        for (const stored of found) {
          expect(await readStoredTensor(file, stored)).toEqual(values.get(stored.name));
        }
      } finally {
        await file.close();
      }
    }),
    { numRuns: 50, examples: [[Object.fromEntries([['__proto__', [1]]])]] },
  );
});
