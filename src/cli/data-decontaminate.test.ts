import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import { byASlowClock } from '../../test/support/slow-clock.ts';

/** Two problems that two benchmarks share, so that a row is found by both of them. */
const ITEMS = [
  'Anna bakes 12 loaves of rye bread every morning and sells each of them for 3 dollars. How much does she take home?',
  'A ferry crosses the wide bay 7 times a day and carries 40 cars each time. How many cars cross the bay in one day?',
];
const folder = mkdtempSync(join(tmpdir(), 'carryover-decontaminate-'));
const file = (name: string): string => join(folder, name);
const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

beforeAll(() => {
  writeFileSync(file('items.jsonl'), lines(ITEMS.map((question) => ({ question, answer: '36' }))));
  for (const name of ['bakery', 'harbour']) {
    writeFileSync(
      file(`${name}.yaml`),
      `name: ${name}\ndomain: mathematical\nabilities: [arithmetic]\nwhy: Bread.\ndata: { file: items.jsonl }\nprompt: "{{question}}"\nanswer: "{{answer}}"\nscore: number\n`,
    );
  }
  writeFileSync(
    file('rows.jsonl'),
    lines([
      { question: 'Why is the sky blue?', answer: 'Scattering.' },
      { question: ITEMS[0], answer: '36' },
      // The same problem with other numbers: flagged, and kept.
      { question: ITEMS[0]!.replace('12', '15').replace('3 dollars', '4 dollars'), answer: '60' },
      { question: `${ITEMS[0]} And: ${ITEMS[1]}`, answer: '36 and 280' },
      { question: 'How deep is the sea?', answer: 'Deep.' },
    ]),
  );
  writeFileSync(
    file('more.jsonl'),
    lines([
      { question: 'Who wrote it?', answer: 'Nobody knows.' },
      { question: ITEMS[1], answer: '280' },
    ]),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const act = async (...more: string[]): Promise<unknown> => {
  const against = `${file('bakery.yaml')},${file('harbour.yaml')}`;
  const args = ['data', 'decontaminate', '--in', file('rows.jsonl'), '--against', against];
  const { code, out, error } = await carryover(...args, '--out', file('out.jsonl'), '--json', ...more);
  expect([code, error]).toEqual([0, '']);
  return JSON.parse(out);
};
const numbers = (): number[] =>
  readFileSync(file('out.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => lines([JSON.parse(line) as object]))
    .map((line) => readFileSync(file('rows.jsonl'), 'utf8').split('\n').indexOf(line.trim()) + 1);

it('counts rows, each once: what is kept holds what is flagged, and a benchmark counts a row with two of its items once', async () => {
  expect(await act()).toMatchObject({
    rows: 5,
    kept: 3,
    dropped: 2,
    flagged: 1,
    layers: { exact: 1, ngram13: 1, ngram8: 0, template: 1, near: 0 },
    benchmarks: { bakery: 3, harbour: 3 },
  });
  expect(numbers()).toEqual([1, 3, 5]);
  const hits = readFileSync(file('out.jsonl.hits.jsonl'), 'utf8').trim().split('\n');
  expect(hits.map((line) => (JSON.parse(line) as { row: number }).row)).toEqual([2, 2, 3, 3, 4, 4, 4, 4]);
});

it('looks through several sources, each hit with its file, and counts items up to those that there are', async () => {
  const against = ['--against', `${file('bakery.yaml')},${file('harbour.yaml')}`];
  const sources = ['--in', file('rows.jsonl'), file('more.jsonl')];
  const { said, code } = await byASlowClock(() =>
    carryover('data', 'decontaminate', ...sources, ...against, '--out', file('out.jsonl')),
  );
  expect(code).toBe(0);
  const items = said.split('\n').filter((line) => line.includes(' items'));
  expect(items.at(-1)).toMatch(/^4 of 4 items/);
  const hits = readFileSync(file('out.jsonl.hits.jsonl'), 'utf8').trim().split('\n');
  const places = hits.map((line) => JSON.parse(line) as { file: string; row: number });
  expect(new Set(places.map(({ file: path, row }) => `${basename(path)} ${row}`))).toEqual(
    new Set(['rows.jsonl 2', 'rows.jsonl 3', 'rows.jsonl 4', 'more.jsonl 2']),
  );
});

it('looks at its first rows before it reads benchmarks', async () => {
  writeFileSync(file('bad.jsonl'), '{"question": "Why?", "answer": "So."}\n{"question');
  const { code, error, said } = await byASlowClock(() =>
    carryover(
      'data',
      'decontaminate',
      '--in',
      file('bad.jsonl'),
      '--against',
      file('bakery.yaml'),
      '--out',
      file('o.jsonl'),
    ),
  );
  expect([code, error]).toEqual([2, expect.stringContaining('bad.jsonl:2:')]);
  expect(said).not.toContain('items');
});

it('does with a layer what it is told', async () => {
  expect(await act('--layers', 'template=drop')).toMatchObject({ kept: 2, dropped: 3, flagged: 0 });
  expect(numbers()).toEqual([1, 5]);
  const off = await act('--layers', 'template=off,near=off,exact=flag,ngram13=flag');
  expect(off).toMatchObject({ kept: 5, dropped: 0, flagged: 2, layers: { template: 0 } });
});
