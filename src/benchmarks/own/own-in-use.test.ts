import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CAPITALS, ROWS, SUMS, write } from '../../../test/support/own-folder.ts';
import { carryover } from '../../../test/support/run-cli.ts';
import type { RunFacts } from '../../study/run-facts.ts';
import { definitionKeys } from './schema.ts';

describe('in an evaluation and in a study', () => {
  it('stands beside the registry, and results say where it belongs', async () => {
    write('capitals.yaml', CAPITALS);
    write('sums.yaml', SUMS);
    const benchmarks = './capitals.yaml,proc/deduction,sums.yaml';
    const args = [
      'eval',
      '--model',
      'builtin:seedling',
      '--benchmarks',
      benchmarks,
      '--limit',
      '2',
      '--out',
      'out',
    ];
    const { out, code, error } = await carryover(...args);
    expect([code, error]).toEqual([0, '']);
    expect(
      out
        .split('\n')
        .slice(1, 4)
        .map((line) => line.split(' ')[0]),
    ).toEqual(['capitals', 'proc/deduction', 'sums']);
    const results = JSON.parse(readFileSync('out/results.json', 'utf8')) as {
      benchmarks: Record<string, { n: number; own?: object }>;
    };
    expect(results.benchmarks['capitals']).toMatchObject({
      n: 2,
      own: { domain: 'guards', kind: 'choice', metric: 'acc_norm', chance: 1 / 3 },
    });
    expect(results.benchmarks['proc/deduction']).not.toHaveProperty('own');
    write('again.yaml', SUMS);
    const twice = await carryover(
      'eval',
      '--model',
      'builtin:seedling',
      '--benchmarks',
      'sums.yaml,again.yaml',
    );
    expect([twice.code, twice.error.split('\n')[0]]).toEqual([
      2,
      'again.yaml: another of these files describes a benchmark named sums',
    ]);
  });

  it('reaches the report of a study, and a change of the file or its rows makes the evaluation stale', async () => {
    write('capitals.yaml', CAPITALS);
    write(
      'study.yaml',
      'name: own\nmodel: builtin:seedling\narms: [base]\nevaluation: { benchmarks: [./capitals.yaml, proc/deduction], limit: 3 }\n',
    );
    const { code, error } = await carryover('run', 'study.yaml', '--out', 'run');
    expect([code, error]).toEqual([0, '']);
    const facts = JSON.parse(readFileSync('run/run-facts.json', 'utf8')) as RunFacts;
    expect(facts.evaluation.benchmarks).toEqual(['capitals', 'proc/deduction']);
    expect(facts.evaluation.own).toMatchObject({ capitals: { domain: 'guards', title: 'Capitals' } });
    expect(readFileSync('run/report.md', 'utf8')).toContain('capitals (guards, n 3, chance 33.3)');

    const digest = async (): Promise<string> => {
      const { out } = await carryover('run', 'study.yaml', '--dry-run', '--json');
      const { steps } = JSON.parse(out) as { steps: { id: string; digest: string }[] };
      return steps.find(({ id }) => id.startsWith('evaluate'))!.digest;
    };
    const first = await digest();
    write('capitals.yaml', CAPITALS.replace('Question:', 'Q:'));
    const second = await digest();
    write('capitals.csv', ROWS.replace('Osaka', 'Nara'));
    const third = await digest();
    write('capitals.csv', ROWS);
    write('capitals.yaml', CAPITALS);
    expect(new Set([first, second, third]).size).toBe(3);
    expect(await digest()).toBe(first);
  });

  it('a mistake in it points into the study as well', async () => {
    write('bad.yaml', CAPITALS.replace('guards', 'guard'));
    write(
      'bad-study.yaml',
      'name: own\nmodel: builtin:seedling\narms: [base]\nevaluation: { benchmarks: [./bad.yaml] }\n',
    );
    const { code, error } = await carryover('run', 'bad-study.yaml', '--dry-run');
    expect(code).toBe(2);
    expect(error).toContain('bad-study.yaml:4:28: evaluation.benchmarks[0]');
    expect(error).toContain('did you mean guards?');
  });
});

it('the examples of docs/own-benchmarks.md are read', async () => {
  const text = readFileSync(new URL('../../../docs/own-benchmarks.md', import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/```(yaml|js)\n([\s\S]*?)```/g)];
  expect(blocks).toHaveLength(3);
  for (const [, kind, block] of blocks) {
    // The second one's data lie on the hub; here is a file in their place.
    const local = block!.replace(/\{ dataset[^}]*\}/g, '{ file: sums.jsonl }');
    const { out, error } = await carryover(
      'benchmarks',
      'check',
      write(kind === 'js' ? 'doc.mjs' : 'doc.yaml', local),
    );
    expect([error, out.split('\n')[0]]).toEqual(['', expect.stringMatching(/^\w+: \w+ \(/)]);
  }
  // Every key of the table, and no other.
  const keys = [...text.slice(text.indexOf('## Every key')).matchAll(/^\| (`.*?) \|/gm)].flatMap((row) =>
    [...row[1]!.matchAll(/`(\w+)`/g)].map((key) => key[1]),
  );
  expect(keys.sort()).toEqual([...definitionKeys([])].sort());
});
