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
