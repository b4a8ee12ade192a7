import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parsePretraining } from './read-pretraining.ts';

const text = readFileSync('studies/seedling.yaml', 'utf8');

/** What is said about the file with one thing changed: without the line itself and the number of problems. */
function said(from: string, to: string): string[] {
  expect(text).toContain(from);
  try {
    parsePretraining('p.yaml', text.replace(from, to));
  } catch (error) {
    return String(error)
      .split('\n')
      .filter((line) => !line.includes(' | ') && !line.includes('nothing was started'))
      .map((line) => line.trim().replace(/^p\.yaml:\d+:\d+: /, ''));
  }
  return [];
}

it('answers a misspelt key in a map that has defaults with the key that is meant', () => {
  expect(said('worked: { generate', 'worked: { generat')).toEqual([
    'corpus.worked.generat: unknown key',
    'did you mean generate?',
  ]);
});

it('refuses a decay of 1, which divides by 0', () => {
  expect(said('betas: [0.9, 0.99]', 'betas: [0.9, 1]')).toEqual([
    'training.betas[1]: must be below 1, got 1',
  ]);
});

it('points at an alias without an anchor', () => {
  expect(said('name: seedling', 'name: *seedling')).toEqual([
    'no anchor of this name stands before it (a text that begins with * needs quotes)',
  ]);
  expect(said('name: seedling', 'name: &it seedling')).toEqual([]);
});

it('reads what a round has of its own, and finds mistakes in it', () => {
  const one = '    - { steps: 16000, learning_rate: 2e-3 }';
  const own = (parts: string) =>
    `${one}\n    - { steps: 2, learning_rate: 1e-3, corpus: { parts: [${parts}] } }`;
  const read = parsePretraining(
    'p.yaml',
    text.replace(one, own('{ weight: 1, worked: 0.5, procedural: [sorting] }')),
  );
  const { parts } = read.rounds[1]!.corpus!;
  expect(parts).toMatchObject([{ weight: 1, worked: 0.5, tasks: [{ name: 'sorting' }] }]);
  expect(said(one, own('{ weight: 1, worked: 0.5, facts: world }'))).toEqual([
    'training.rounds[1].corpus.parts[0].worked: facts have no solutions',
  ]);
  expect(said(one, own('{ weight: 1, procedural: [sortin] }'))).toEqual([
    'training.rounds[1].corpus.parts[0].procedural[0]: there is no procedural task sortin',
    'did you mean sorting?',
  ]);
});
