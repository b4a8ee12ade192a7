import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GRAM, MOST_CLUSTERS, PassageIndex } from './passage-index.ts';

/** Even numbers are the hashes of words that are no numbers. */
const word = fc.nat(3).map((n) => 2 * n);
const text = fc.array(word, { maxLength: 30 }).map((words) => Uint32Array.from(words));

it('finds every run of eight words that a text shares with a passage', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), text, (passages, wanted) => {
      const index = new PassageIndex();
      for (const passage of passages) index.add(passage, 0);
      const found = index
        .matches(wanted)
        .flatMap(({ passage, at, in: places }) => at.map((start, i) => `${passage} ${start} ${places[i]}`));
      const expected: string[] = [];
      for (const [number, passage] of passages.entries()) {
        for (let at = 0; at + GRAM <= wanted.length; at++) {
          for (let place = 0; place + GRAM <= passage.length; place++) {
            const run = wanted.slice(at, at + GRAM);
            if (run.every((one, i) => passage[place + i] === one)) expected.push(`${number} ${at} ${place}`);
          }
        }
      }
      expect(found.sort()).toEqual(expected.sort());
    }),
  );
});

const phrase = Uint32Array.from({ length: GRAM }, (_, i) => 2 * i + 2);

it('passes over what stands in items of many clusters, but not what one cluster repeats', () => {
  const spread = new PassageIndex();
  for (let cluster = 0; cluster <= MOST_CLUSTERS; cluster++) spread.add(phrase, cluster);
  expect(spread.matches(phrase)).toEqual([]);
  expect(spread.telling(0)).toEqual(new Uint8Array(GRAM));
  const one = new PassageIndex();
  for (let item = 0; item <= MOST_CLUSTERS; item++) one.add(phrase, 7);
  expect(one.matches(phrase)).toHaveLength(MOST_CLUSTERS + 1);
  expect(one.telling(0)).toEqual(new Uint8Array(GRAM).fill(1));
});

it('passes over lists of numbers', () => {
  const numbers = Uint32Array.from({ length: 12 }, (_, i) => 2 * i + 1);
  const index = new PassageIndex();
  index.add(numbers, 0);
  expect(index.matches(numbers)).toEqual([]);
});
