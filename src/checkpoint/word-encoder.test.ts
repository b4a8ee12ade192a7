/** Ids and texts are those of `@huggingface/tokenizers`, whatever the text and the build of the tokenizer. */
import { readFileSync } from 'node:fs';
import { Tokenizer as Library } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byteLevelTokenizer, metaspaceTokenizer } from '../../test/support/tiny-tokenizer.ts';
import { readRows } from '../data/sources/read-rows.ts';
import type { TokenizerFiles } from './checkpoint.ts';
import { openCheckpoint } from './open-checkpoint.ts';
import { makeTokenizer } from './tokenizer.ts';
import { withUnicodeSteps } from './tokenizer-steps.ts';
import { wordEncoder } from './word-encoder.ts';

const QWEN =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const bytes = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };
const split = (Regex: string, behavior = 'Isolated', invert = false) => ({
  type: 'Split',
  pattern: { Regex },
  behavior,
  invert,
});
const steps = (...pretokenizers: object[]) => ({ type: 'Sequence', pretokenizers });
const token = (id: number, content: string, rest: object = {}) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
  ...rest,
});

const { tokenizerJson: byteLevel } = byteLevelTokenizer(['<|im_start|>', '<|im_end|>'], '<|im_start|>');
const base = JSON.parse(byteLevel) as { model: object; added_tokens: { id: number; content: string }[] };
const next = base.added_tokens.at(-1)!.id + 1;
const tools = [
  token(next, '<tool>', { special: false }),
  token(next + 1, '<tool><tool>', { special: false, normalized: true }),
  token(next + 2, 'hello', { special: false, normalized: true }),
];
const gpt2 = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
const file = (name: string) =>
  readFileSync(new URL(`../../models/seedling/${name}`, import.meta.url), 'utf8');

/** Each with whether its words are encoded here; the library encodes the texts of the others. */
const BUILDS: readonly (readonly [string, string, boolean])[] = [
  ['GPT-2’s words, a token before every text', byteLevel, true],
  [
    'digits alone',
    JSON.stringify({ ...base, pre_tokenizer: steps({ type: 'Digits', individual_digits: true }, gpt2) }),
    true,
  ],
  [
    'Qwen’s words, composed letters, tokens that overlap',
    JSON.stringify({
      ...base,
      normalizer: { type: 'NFC' },
      added_tokens: [...base.added_tokens, ...tools],
      pre_tokenizer: steps(split(QWEN), bytes),
    }),
    true,
  ],
  [
    'whole words before merges, as Llama 3',
    JSON.stringify({
      ...base,
      model: { ...base.model, ignore_merges: true },
      pre_tokenizer: steps(split(QWEN), bytes),
    }),
    true,
  ],
  [
    'expressions that leave gaps',
    JSON.stringify({ ...base, pre_tokenizer: steps(split('l+|\\p{N}'), split('[xe]*'), bytes) }),
    true,
  ],
  [
    'what matches is left out',
    JSON.stringify({ ...base, pre_tokenizer: steps(split('l+', 'Removed'), bytes) }),
    true,
  ],
  [
    'what does not match is left out',
    JSON.stringify({ ...base, pre_tokenizer: steps(split('\\w+', 'Removed', true), bytes) }),
    true,
  ],
  [
    'a space before every word',
    JSON.stringify({ ...base, pre_tokenizer: { ...gpt2, add_prefix_space: true } }),
    false,
  ],
  [
    'a token that takes white space',
    JSON.stringify({
      ...base,
      added_tokens: [...base.added_tokens, token(next, '<mask>', { lstrip: true })],
    }),
    false,
  ],
  ['SentencePiece', metaspaceTokenizer(['<|im_start|>']).tokenizerJson, false],
  ['the model in the box', file('tokenizer.json'), true],
];

/** Words of the builds, their special tokens, digits, white space of every sort, any characters, halves of characters. */
const TEXTS = fc
  .array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          'hello',
          ' a',
          ' hell',
          "it's",
          "'LL",
          ' he',
          'é',
          'e\u0301',
          '12',
          ' 345',
        ),
      },
      fc.constantFrom(
        '<|im_start|>',
        '<|im_end|>',
        '<|im_',
        '<tool>',
        '<tool><tool>',
        '<tool',
        '<mask>',
        '<|endoftext|>',
        '▁',
      ),
      fc.constantFrom('\n', '\n\n', '  ', '\t', '\r\n', '\u0085', '\ufeff', '\u00a0', '\u2003'),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom('l'.repeat(47), 'ab'.repeat(30), ' '.repeat(60)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const libraryOf = ({ tokenizerJson, tokenizerConfig }: TokenizerFiles) =>
  new Library(withUnicodeSteps(JSON.parse(tokenizerJson)), { ...tokenizerConfig });

describe.each(BUILDS)('%s', (_, tokenizerJson, here) => {
  const files = { tokenizerJson, tokenizerConfig: {} };
  const tokenizer = makeTokenizer('tokenizer', files, 100_000);
  const library = libraryOf(files);

  test('words are encoded here, or left to the library', () => {
    expect(wordEncoder(library, withUnicodeSteps(JSON.parse(tokenizerJson)), {}) !== undefined).toBe(here);
  });

  test('ids of any text', () => {
    fc.assert(
      fc.property(TEXTS, fc.boolean(), (text, addSpecial) => {
        const { ids } = library.encode(text, { add_special_tokens: addSpecial });
        expect(tokenizer.encode(text, { addSpecial })).toEqual(ids);
        // A second time, when its words are known.
        expect(tokenizer.encode(text, { addSpecial })).toEqual(ids);
      }),
      { numRuns: 300 },
    );
  });

  test('text of any ids', () => {
    const id = fc.integer({ min: 0, max: tokenizer.vocabulary + 2 });
    fc.assert(
      fc.property(fc.array(id, { maxLength: 40 }), (ids) => {
        const known = ids.filter((one) => library.id_to_token(one) !== undefined);
        const text = known.length === 0 ? '' : library.decode(known, { clean_up_tokenization_spaces: false });
        expect(tokenizer.decode(ids)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});

const { CARRYOVER_TEST_MODEL: model, CARRYOVER_HUB: hub } = process.env;
const why = model && hub ? '' : ' (skipped: needs CARRYOVER_TEST_MODEL and CARRYOVER_HUB)';

describe.skipIf(!model || !hub)(`real texts, the real model’s tokenizer${why}`, () => {
  test.each([
    ['tatsu-lab/alpaca', 'train', 'data/train-*.parquet', 1500],
    ['openai/gsm8k', 'train', 'main/train-*.parquet', 700],
    ['openai/openai_humaneval', 'test', 'openai_humaneval/test-*.parquet', 164],
  ])('%s', async (dataset, split, files, count) => {
    await using checkpoint = disposable(await openCheckpoint({ ref: model! }));
    const { tokenizer, tokenizerFiles } = checkpoint.opened;
    const library = libraryOf(tokenizerFiles);
    const rows = await readRows({ dataset, split, files });
    expect(rows.length).toBeGreaterThanOrEqual(count);
    const every = Math.floor(rows.length / count);
    for (const [index, row] of rows.entries()) {
      if (index % every > 0) continue;
      const text = Object.values(row)
        .filter((value) => typeof value === 'string')
        .join('<|im_end|>\n');
      const { ids } = library.encode(text, { add_special_tokens: false });
      expect(tokenizer.encode(text), text).toEqual(ids);
      expect(tokenizer.decode(ids)).toBe(library.decode(ids, { clean_up_tokenization_spaces: false }));
    }
  });
});

function disposable<T extends { close(): Promise<void> }>(opened: T) {
  return { opened, [Symbol.asyncDispose]: () => opened.close() };
}
