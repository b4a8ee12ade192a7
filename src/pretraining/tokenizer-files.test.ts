import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeChatTemplate } from '../checkpoint/chat-template.ts';
import { makeTokenizer } from '../checkpoint/tokenizer.ts';
import { messagesOf, textOf } from '../procedural/layout.ts';
import { learnMerges } from './byte-pairs.ts';
import { splitWords } from './split-words.ts';
import { END_OF_TEXT, learnTokenizer } from './tokenizer-files.ts';

const DOCUMENTS = [
  'Question: What is 12 + 30?\nSolution: 12 + 30 = 42.\nAnswer: 42',
  'Question: Who lives in Arden?\nSolution: The home town of Abo is Arden.\nAnswer: Abo',
];
const files = learnTokenizer(DOCUMENTS, 280, 64);
const tokenizer = makeTokenizer('tokenizer.json', files, 280);
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(..."Aa0 9\n\t.,'s+é²½\u00a0\u0085\ufeff"), maxLength: 40 }),
);

describe('a learned tokenizer', () => {
  it('gives every text tokens and gives the text back', () => {
    fc.assert(
      fc.property(text, (one) => {
        const ids = tokenizer.encode(one);
        if (!one.includes(END_OF_TEXT)) expect(tokenizer.decode(ids)).toBe(one);
      }),
    );
  });

  it('merges within the same pieces that were counted', () => {
    fc.assert(
      fc.property(text, (one) => {
        const pieces = splitWords(one);
        expect(pieces.join('')).toBe(one);
        expect(tokenizer.encode(one)).toEqual(pieces.flatMap((piece) => tokenizer.encode(piece)));
      }),
    );
  });

  it('has as many entries as were asked for, one end of text, and reads numbers digit by digit', () => {
    expect(tokenizer.vocabulary).toBe(280);
    expect(tokenizer.encode(END_OF_TEXT)).toEqual([0]);
    expect(tokenizer.isSpecial(0)).toBe(true);
    expect(tokenizer.encode('120').map((id) => tokenizer.decode([id]))).toEqual(['1', '2', '0']);
    expect(tokenizer.encode('Question').length).toBeLessThan('Question'.length);
  });

  it('writes a conversation as a document and its end', () => {
    const problem = { question: 'What is 12 + 30?', solution: '12 + 30 = 42.', answer: '42' };
    const template = makeChatTemplate('tokenizer_config.json', files)!;
    for (const layout of ['worked', 'direct'] as const) {
      const { messages } = messagesOf(problem, layout);
      const whole = template.render(messages, { addGenerationPrompt: false });
      expect(whole).toBe(textOf(problem, layout) + END_OF_TEXT);
      const prompt = template.render(messages.slice(0, 1), { addGenerationPrompt: true });
      expect(whole.startsWith(prompt)).toBe(true);
    }
  });

  it('says when the documents hold too little for its size', () => {
    expect(() => learnTokenizer(['a b'], 300, 64)).toThrow('not the 43 that 300 entries need');
  });
});

describe('byte pairs', () => {
  it('are merged from the most frequent, the first by text among equals', () => {
    // h-u 15, u-g 20, p-u 17, u-n 16, b-u 4, g-s 5: the example of Hugging Face's course, chapter 6.5.
    const words = new Map([
      ['hug', 10],
      ['pug', 5],
      ['pun', 12],
      ['bun', 4],
      ['hugs', 5],
    ]);
    expect(learnMerges(words, 3)).toEqual([
      ['u', 'g'],
      ['u', 'n'],
      ['h', 'ug'],
    ]);
    expect(
      learnMerges(
        new Map([
          ['ab', 2],
          ['cd', 2],
        ]),
        1,
      ),
    ).toEqual([['a', 'b']]);
    expect(learnMerges(new Map([['ab', 1]]), 5)).toEqual([]);
    expect(learnMerges(new Map([['aaaa', 2]]), 2)).toEqual([
      ['a', 'a'],
      ['aa', 'aa'],
    ]);
  });
});
