/** `--dedup`, and `dedup:` of a mixture file: rows that stand in several of the sources that are named. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import type { MixtureFacts } from '../data/mixture/mixture-facts.ts';
import type { DataReceipt } from '../data/stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'carryover-dedup-option-'));
const file = (name: string): string => join(folder, name);

beforeAll(() => {
  const write = (name: string, questions: readonly string[]): void =>
    writeFileSync(
      file(name),
      questions.map((question) => `${JSON.stringify({ question, answer: 'It is so.' })}\n`).join(''),
    );
  write('zebra.jsonl', ['One?', 'Two?', 'three', 'one']);
  write('ant.jsonl', ['Two', 'Four?', 'FOUR', 'Five?']);
  const mixture =
    'sources:\n  zebra: { file: zebra.jsonl }\n  ant: { file: ant.jsonl }\nweights: { zebra: 1, ant: 1 }\n';
  writeFileSync(file('plain.yaml'), mixture);
  writeFileSync(file('mix.yaml'), `${mixture}dedup: exact\n`);
  writeFileSync(file('wrong.yaml'), `${mixture}dedup: all\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function receipt(...args: string[]): Promise<Record<string, unknown>> {
  const { code, out } = await carryover('data', 'receipt', ...args, '--json');
  expect(code).toBe(0);
  const [{ receipt }] = JSON.parse(out) as [{ receipt: DataReceipt }];
  return Object.fromEntries(
    receipt.sources.map(({ name, examples, screen }) => [
      name.replace(folder, '.'),
      [examples, screen && { ...screen.duplicates, first: undefined }],
    ]),
  );
}

describe('sources that share rows', () => {
  const both = `${file('zebra.jsonl')},${file('ant.jsonl')}`;

  it('keep them unless told otherwise', async () => {
    expect(await receipt(both)).toEqual({ './ant.jsonl': [4, undefined], './zebra.jsonl': [4, undefined] });
    const plain = await receipt(file('plain.yaml'), '--tokens', '12');
    expect(Object.values(plain).map((source) => (source as unknown[])[1])).toEqual([undefined, undefined]);
  });

  it('leave them to the one that is named first', async () => {
    expect(await receipt(both, '--dedup', 'exact')).toEqual({
      './zebra.jsonl': [3, { exact: 1, near: 0, across: {} }],
      './ant.jsonl': [2, { exact: 2, near: 0, across: { [file('zebra.jsonl')]: 1 } }],
    });
    const turned = `${file('ant.jsonl')},${file('zebra.jsonl')}`;
    expect(await receipt(turned, '--dedup', 'near')).toMatchObject({
      './ant.jsonl': [3, { exact: 1, across: {} }],
      './zebra.jsonl': [2, { exact: 2, across: { [file('ant.jsonl')]: 1 } }],
    });
  });

  it('do so in a mixture whose file says it, and the command line has the last word', async () => {
    const { code, out } = await carryover('data', 'mix', file('mix.yaml'), '--json');
    expect(code).toBe(0);
    const of = (facts: MixtureFacts) =>
      Object.fromEntries(facts.sources.map(({ name, duplicates }) => [name, duplicates]));
    const facts = JSON.parse(out) as MixtureFacts;
    expect(of(facts)).toEqual({
      zebra: { exact: 1, near: 0, across: {} },
      ant: { exact: 2, near: 0, across: { zebra: 1 } },
    });
    // The sources are counted without what is left out of them: the smaller one ends the run.
    expect(facts.sources.find(({ name }) => name === 'ant')).toMatchObject({
      ...{ rows: 4, used: 2, epochs: 1, passes: 1 },
      kept: { used: 2, passedOver: 0, notReached: 0 },
      dropped: { duplicate: 2 },
    });
    const text = await carryover('data', 'mix', file('mix.yaml'));
    expect(text.out).toContain('ant: 2 of 4 rows left out: repeats an earlier row (1 of another source)');
    const off = await carryover('data', 'mix', file('mix.yaml'), '--dedup', 'off', '--json');
    expect(of(JSON.parse(off.out) as MixtureFacts)).toEqual({ zebra: undefined, ant: undefined });
  });

  it('are refused another word, in the file and on the command line', async () => {
    const wrong = await carryover('data', 'mix', file('wrong.yaml'));
    expect(wrong.code).toBe(2);
    expect(wrong.error).toContain('wrong.yaml:5:8: dedup: "all" is not one of off, exact, near');
    expect((await carryover('data', 'receipt', both, '--dedup', 'all')).code).toBe(2);
  });
});
