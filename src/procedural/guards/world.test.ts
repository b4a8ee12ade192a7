import { expect, it } from 'vitest';
import { hashBits } from '../canonical.ts';
import * as words from '../words.ts';
import { FACTS, factText, LANDS, lookUp, PEOPLE, RELATIONS, RIVERS, subjectsOf, TOWNS } from './world.ts';

it('is the one world that models have learned', () => {
  expect(FACTS).toHaveLength(220);
  expect(FACTS.filter((_, i) => i % 37 === 0).map(factText)).toMatchInlineSnapshot(`
    [
      "The home town of Abo is Kelby.",
      "The job of Bela is painter.",
      "The best friend of Brin is Dara.",
      "The pet of Caro is cow.",
      "The land of Elsby is Celtia.",
      "The product of Jarle is card.",
    ]
  `);
  expect(hashBits(FACTS.map(factText).join('\n'))).toMatchInlineSnapshot(`429235367`);
});

it('names each thing once, and nothing that other problems name', () => {
  const names = [...PEOPLE, ...TOWNS, ...LANDS, ...RIVERS];
  const others = Object.values(words)
    .filter((list) => Array.isArray(list))
    .flat();
  expect(new Set([...names, ...others]).size).toBe(names.length + new Set(others).size);
});

it('knows one object for each relation and subject', () => {
  for (const { relation, subject, object } of FACTS) expect(lookUp(relation, subject)).toBe(object);
  for (const relation of Object.keys(RELATIONS) as (keyof typeof RELATIONS)[])
    expect(new Set(subjectsOf(relation)).size).toBe(
      FACTS.filter((fact) => fact.relation === relation).length,
    );
  expect(() => lookUp('river', 'Abo')).toThrow('Abo has no river');
});

it('has capitals in their own land, and friends all around', () => {
  for (const land of LANDS) expect(lookUp('land', lookUp('capital', land))).toBe(land);
  let person = 'Abo';
  const met = new Set<string>();
  while (!met.has(person)) {
    met.add(person);
    person = lookUp('friend', person);
  }
  expect(met.size).toBe(PEOPLE.length);
});
