import fc from 'fast-check';
import { expect, test } from 'vitest';
import { duplicateKey } from './duplicate-keys.ts';

const found = (text: string) => duplicateKey(text, JSON.parse(text));

test('no JSON that JSON.stringify wrote names a key twice', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(found(JSON.stringify(value, null, 1))).toBe(null);
    }),
  );
});

test('a key that is put in again is found where it stands, however deep and however it is written', () => {
  const odd = fc.oneof(fc.string(), fc.constantFrom('a"b', 'back\\', '\\"', ':', '{', '__proto__', '\u00e9'));
  fc.assert(
    fc.property(odd, fc.jsonValue(), fc.jsonValue(), fc.nat(5), (key, first, second, depth) => {
      const name = JSON.stringify(key);
      const before = `${'{"in": ['.repeat(depth)}{${name}: ${JSON.stringify(first)}, `;
      const text = `${before}${name}: ${JSON.stringify(second)}}${']}'.repeat(depth)}`;
      expect(found(text)).toEqual({ key, position: before.length });
    }),
  );
  expect(found('{"é": 1, "\\u00e9": 2}')).toEqual({ key: 'é', position: 9 });
});
