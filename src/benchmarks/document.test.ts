import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { benchmarksDocument } from './document.ts';
import { LISTED_BENCHMARKS } from './index.ts';

it('docs/benchmarks.md is up to date (npm run docs writes it)', () => {
  const text = readFileSync(new URL('../../docs/benchmarks.md', import.meta.url), 'utf8');
  expect(text.split('\n')).toEqual(benchmarksDocument().split('\n'));
});

it('names every benchmark', () => {
  const text = benchmarksDocument();
  for (const { name } of LISTED_BENCHMARKS) expect(text).toContain(`| \`${name}\` |`);
});
