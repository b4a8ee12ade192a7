/** Steps as published tokenizer.json files have them, against the ids of the Rust library. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeTokenizer } from './tokenizer.ts';

const { tokens, merges, texts, ids } = JSON.parse(
  readFileSync(new URL('../../test/fixtures/tokenizers/byte-level.json', import.meta.url), 'utf8'),
) as { tokens: string[]; merges: string[]; texts: string[]; ids: Record<string, number[][]> };

const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
const make = (preTokenizer: object) =>
  makeTokenizer(
    'model',
    {
      tokenizerJson: JSON.stringify({
        pre_tokenizer: preTokenizer,
        decoder: byteLevel,
        model: { type: 'BPE', vocab: Object.fromEntries(tokens.map((token, id) => [token, id])), merges },
      }),
      tokenizerConfig: {},
    },
    500,
  );

test.each([
  ['gpt-2', byteLevel],
  [
    'starcoder',
    { type: 'Sequence', pretokenizers: [{ type: 'Digits', individual_digits: true }, byteLevel] },
  ],
])('%s', (name, step) => {
  const tokenizer = make(step);
  for (const [i, text] of texts.entries()) {
    expect(tokenizer.encode(text), JSON.stringify(text)).toEqual(ids[name]![i]);
  }
});

test('a step that the library does not know is refused by name', () => {
  expect(() => make({ type: 'Cutter' })).toThrow(/no usable tokenizer: .*Cutter/);
});
