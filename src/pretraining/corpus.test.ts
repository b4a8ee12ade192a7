import { describe, expect, it } from 'vitest';
import { makeTokenizer } from '../checkpoint/tokenizer.ts';
import { FACTS, factText } from '../procedural/guards/world.ts';
import { GENERATORS } from '../procedural/index.ts';
import { batchAt } from './batches.ts';
import { type Corpus, documentAt } from './corpus.ts';
import { learnTokenizer } from './tokenizer-files.ts';

const { arithmetic, deduction } = GENERATORS;
const corpus: Corpus = {
  seed: 3,
  parts: [
    { weight: 3, tasks: [arithmetic!, deduction!] },
    { weight: 1, facts: 'world' },
  ],
  worked: { generate: 1, choice: 0 },
  levels: [3, 1],
};
const documents = Array.from({ length: 800 }, (_, index) => documentAt(corpus, index));

describe('a corpus', () => {
  it('is the same document for the same number, and another for another seed', () => {
    expect(documentAt(corpus, 17)).toBe(documents[17]);
    const other = Array.from({ length: 50 }, (_, index) => documentAt({ ...corpus, seed: 4 }, index));
    expect(other.filter((text, index) => text === documents[index])).toEqual([]);
    expect(new Set(documents).size).toBeGreaterThan(700);
  });

  it('keeps to the shares of its parts and layouts', () => {
    const told = documents.filter((text) => text.startsWith('Question: '));
    // 600 of 800 expected, standard deviation 12.
    expect(told.length).toBeGreaterThan(550);
    expect(told.length).toBeLessThan(650);
    const worked = told.filter((text) => text.includes('\nSolution: '));
    expect(worked.every((text) => /\nAnswer: \d+$/.test(text))).toBe(true);
    expect(told.filter((text) => !text.includes('\nSolution: ')).every((text) => !/\d$/.test(text))).toBe(
      true,
    );
    expect(worked.length).toBeGreaterThan(250);
  });

  it('tells a part with its solutions as often as the part itself says', () => {
    const parts = [{ weight: 1, tasks: [deduction!], worked: 1 }];
    const told = Array.from({ length: 40 }, (_, index) => documentAt({ ...corpus, parts }, index));
    expect(told.every((text) => text.includes('\nSolution: '))).toBe(true);
  });

  it('tells facts of the world and nothing else beside problems', () => {
    const known = new Set(FACTS.map(factText));
    const told = documents.filter((text) => !text.startsWith('Question: '));
    const sentences = told.flatMap((text) => text.split(/(?<=\.) /));
    expect(sentences.filter((sentence) => !known.has(sentence))).toEqual([]);
    expect(new Set(sentences).size).toBeGreaterThan(FACTS.length / 2);
  });
});

describe('a batch', () => {
  const tokenizer = makeTokenizer('tokenizer.json', learnTokenizer(documents, 400, 512), 400);
  const shape = { documents: 16, longest: 256 };
  const rows = batchAt(corpus, shape, tokenizer, 0, 1);

  it('holds its documents whole, each with its end, side by side', () => {
    const texts = rows.flatMap(({ ids, segments }) =>
      [...new Set(segments)]
        .filter((segment) => segment >= 0)
        .map((segment) => tokenizer.decode([...ids.filter((_, at) => segments[at] === segment)])),
    );
    const wanted = documents.slice(16, 32).map((text) => `${text}<|endoftext|>`);
    expect(texts.sort()).toEqual(wanted.sort());
    expect(rows.length).toBeLessThan(16);
  });

  it('supervises every token but the first of a document, and no padding', () => {
    for (const { ids, positions, segments, supervised } of rows) {
      const sizes = [ids.length, positions.length, segments.length, supervised.length];
      expect(new Set(sizes).size).toBe(1);
      expect(ids.length % 8).toBe(0);
      const wanted = segments.map((segment, at) => (segment >= 0 && positions[at]! > 0 ? 1 : 0));
      expect([...supervised]).toEqual([...wanted]);
      positions.forEach((position, at) => {
        if (segments[at]! < 0) return;
        const begins = at === 0 || segments[at] !== segments[at - 1];
        expect(position).toBe(begins ? 0 : positions[at - 1]! + 1);
      });
    }
  });

  it('refuses a document that no row can hold', () => {
    expect(() => batchAt(corpus, { documents: 6, longest: 16 }, tokenizer, 0, 0)).toThrow(
      /document \d+ has \d+ tokens, more than 16/,
    );
  });
});
