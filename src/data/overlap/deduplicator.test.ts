import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Deduplicator, NEAR_SIMILARITY } from './deduplicator.ts';
import { wordsOf } from './normalise.ts';
import type { Turn } from './row-turns.ts';
import { jaccard, shinglesOf } from './sketch.ts';

const row = (question: string, answer = 'It is so.'): Turn[] => [
  { side: 'question', text: question },
  { side: 'answer', text: answer },
];
const STORY =
  'A baker bakes 12 loaves of bread every morning before the town wakes up and sells each of them for 3 dollars at the market square. How many dollars does he take home at the end of a week?';

function find(rows: readonly (readonly Turn[])[], near?: number) {
  const seen = new Deduplicator({ near });
  return rows.map((turns, i) => seen.find(turns, i));
}

describe('exact duplicates', () => {
  it('are equal but for case, punctuation and white space; the first stays', () => {
    expect(find([row('What is this?'), row('Other'), row('what IS\n this')])).toEqual([
      undefined,
      undefined,
      { kind: 'exact', of: 0, similarity: 1 },
    ]);
  });

  it('have the same words on the same side', () => {
    expect(find([row('a', 'b'), row('a b', ''), row('b', 'a')])).toEqual([undefined, undefined, undefined]);
  });

  it('without a word are told by their characters', () => {
    const found = find([row('!', '?'), row('?', '!'), row('!', '?')]);
    expect(found.map((one) => one?.of)).toEqual([undefined, undefined, 0]);
  });
});

describe('near duplicates', () => {
  it('share most runs of three words', () => {
    const [, near] = find([row(STORY), row(STORY.replace('the town', 'his town'))], NEAR_SIMILARITY);
    expect(near?.kind).toBe('near');
    expect(near?.similarity).toBeGreaterThan(NEAR_SIMILARITY);
  });

  it('have the same numbers: a problem with others is another problem', () => {
    const other = row(STORY.replace('12', '13'));
    expect(find([row(STORY), other], NEAR_SIMILARITY)[1]).toBeUndefined();
  });

  it('have the same numbers in the normal form: calculator marks and other digits are none', () => {
    const told = `${STORY} He takes home 12*3=<<12*3=36>>36 dollars a day.`;
    const plain = told.replace('<<12*3=36>>', '').replace('the town', 'his town').replace('12', '１２');
    expect(find([row(told), row(plain)], NEAR_SIMILARITY)[1]?.kind).toBe('near');
  });

  it('are looked for only when asked', () => {
    expect(find([row(STORY), row(STORY.replace('the town', 'his town'))])[1]).toBeUndefined();
  });

  it('are those that comparing every pair would find, but for the few that no band shares', () => {
    // Rows around common openings, so that similarities lie on both sides of the least one.
    const word = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');
    const long = STORY.replace(/\d+/g, 'some');
    const opening = fc.constantFrom('', long, long.slice(0, 100));
    const text = fc.tuple(opening, fc.array(word, { minLength: 2, maxLength: 8 }), fc.nat(1));
    let pairs = 0;
    let missed = 0;
    fc.assert(
      fc.property(fc.array(text, { minLength: 10, maxLength: 25 }), (rows) => {
        const seen = new Deduplicator({ near: 0.5 });
        const kept: { readonly shingles: Uint32Array; readonly number: number; readonly row: number }[] = [];
        for (const [row, [opening, end, number]] of rows.entries()) {
          const words = `${opening} ${end.join(' ')} ${number}`;
          const shingles = shinglesOf(wordsOf(words).hashes, 3);
          const similar = kept
            .map((one) => ({ ...one, similarity: jaccard(one.shingles, shingles) }))
            .filter((one) => one.number === number && one.similarity >= 0.5)
            .sort((a, b) => b.similarity - a.similarity || a.row - b.row);
          const found = seen.find([{ side: 'question', text: words }], row);
          if (similar.length > 0) pairs++;
          if (similar.length > 0 && !found) missed++;
          if (found?.kind === 'near') expect(similar.map((one) => one.row)).toContain(found.of);
          if (!found) kept.push({ shingles, number, row });
        }
      }),
      { seed: 5 },
    );
    expect(pairs).toBeGreaterThan(100);
    expect(missed / pairs).toBeLessThan(0.05);
  });

  it('point to the most similar kept row, never to a dropped one', () => {
    const second = STORY.replace('the town', 'his town');
    const third = second.replace('every morning', 'each morning');
    const found = find([row(STORY), row(second), row(third)], 0.7);
    expect(found.map((one) => one?.of)).toEqual([undefined, 0, 0]);
  });
});
