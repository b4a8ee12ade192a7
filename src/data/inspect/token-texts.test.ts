import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byteLevelTokenizer, metaspaceTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import { openCheckpoint } from '../../checkpoint/open-checkpoint.ts';
import { tokenTexts } from './token-texts.ts';

const SPECIAL = ['<s>', '<|im_end|>'];
const tokenizers = {
  'byte-level': byteLevelTokenizer(SPECIAL).tokenizer,
  SentencePiece: metaspaceTokenizer(SPECIAL).tokenizer,
};

const REAL = process.env['CARRYOVER_TEST_MODEL'];

async function spellsRows(ref: string): Promise<void> {
  const { tokenizer, close } = await openCheckpoint({ ref });
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }), (odd, plain) => {
      const ids = tokenizer.encode(`${plain} ${odd}\n${plain}`);
      expect(tokenTexts(ids, tokenizer).join('')).toBe(tokenizer.decode(ids));
    }),
  );
  await close();
}

test('the tokenizer of the model in the box', () => spellsRows('builtin:seedling'));
test.skipIf(!REAL)('the tokenizer of a real model (needs CARRYOVER_TEST_MODEL)', () => spellsRows(REAL!));

describe.each(Object.entries(tokenizers))('%s', (_, tokenizer) => {
  test('the texts of the tokens are the text of the row', () => {
    const unit = fc.oneof(
      fc.constantFrom(
        'he',
        'hello',
        ' a',
        ' ',
        '  ',
        '\n\n',
        '<s>',
        '<|im_end|>',
        '12',
        'é',
        '你',
        '🙂',
        '\u{FFFD}',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 12 }), (parts) => {
        const ids = tokenizer.encode(parts.join(''));
        const texts = tokenTexts(ids, tokenizer);
        expect(texts).toHaveLength(ids.length);
        expect(texts.join('')).toBe(tokenizer.decode(ids));
      }),
    );
  });

  test('a character of several tokens is the last one’s', () => {
    const texts = tokenTexts(tokenizer.encode('a🙂b'), tokenizer);
    expect(texts.slice(-5)).toEqual(['', '', '', '🙂', 'b']);
  });

  test('a space before a word stays where it is', () => {
    expect(tokenTexts(tokenizer.encode('x ax'), tokenizer).slice(-2)).toEqual([' a', 'x']);
  });
});

test('a row that ends inside a character shows that it is broken', () => {
  const tokenizer = tokenizers['byte-level'];
  const ids = tokenizer.encode('a🙂').slice(0, 3);
  expect(tokenTexts(ids, tokenizer)).toEqual(['a', '', '\u{FFFD}']);
});
