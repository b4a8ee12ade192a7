import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrayElements } from './json-array.ts';

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function elements(text: string, size: number) {
  const found = [];
  for await (const element of arrayElements(pieces(Buffer.from(text), size))) found.push(element);
  return found;
}

test('the elements of any array, wherever the bytes are cut', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.jsonValue(), { maxLength: 8 }),
      fc.constantFrom(0, 1, 3),
      fc.integer({ min: 1, max: 40 }),
      async (values, indent, size) => {
        const text = JSON.stringify(values, null, indent);
        const found = await elements(text, size);
        expect(found.map((one) => JSON.parse(one.text))).toEqual(JSON.parse(text));
        // Each begins where it says: the columns are bytes.
        const lines = text.split('\n').map((line) => Buffer.from(line));
        for (const { text: element, start } of found) {
          const rest = [lines[start.line - 1]!.subarray(start.column - 1), ...lines.slice(start.line)];
          expect(rest.map(String).join('\n').startsWith(element)).toBe(true);
        }
      },
    ),
  ));

test('what is no array is refused wherever the bytes are cut', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        '',
        ' ',
        '{}',
        '[',
        '[1',
        '[1,',
        '[1,]',
        '[,1]',
        '[1 2]',
        '[{}{}]',
        '[]]',
        '[] 1',
        '[}',
        '1',
      ),
      fc.integer({ min: 1, max: 4 }),
      async (text, size) => {
        const read = async () => (await elements(text, size)).map((one) => JSON.parse(one.text));
        await expect(read()).rejects.toThrow();
      },
    ),
  ));
