import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import { estimateStage } from '../estimate-stage.ts';
import { prepareStage } from '../prepare-stage.ts';
import { readReceipt } from '../receipt/read-receipt.ts';
import type { SourceSpec } from '../source-spec.ts';
import type { StageSpec } from '../stage.ts';
import { DEFAULT_ACTIONS } from './layers.ts';

const ITEM =
  'Anna bakes 12 loaves of rye bread every morning and sells each of them for 3 dollars. How much does she take home?';
const { tokenizer } = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-screen-'));
  await writeFile(
    join(folder, 'bakery.yaml'),
    'name: bakery\ndomain: mathematical\nabilities: [arithmetic]\nwhy: Bread.\ndata: { file: items.jsonl }\nprompt: "{{question}}"\nanswer: "{{answer}}"\nscore: number\n',
  );
  await writeFile(join(folder, 'items.jsonl'), `${JSON.stringify({ question: ITEM, answer: '36' })}\n`);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const row = (question: string, answer = 'It is so.') => ({ question, answer });
const ROWS = [
  row('What is the capital of France?'),
  row(`Solve it: ${ITEM}`, '36'),
  row('what is the capital of FRANCE'),
  row(
    ITEM.replace('12', '15').replace('3 dollars', '4 dollars').replace('Anna', 'Paul').replace('she', 'he'),
    '60',
  ),
  row('Why is the sky blue, and why is it red in the evening?'),
];

async function stage(
  rest: Partial<StageSpec> = {},
  source: SourceSpec = { file: 'rows.jsonl' },
): Promise<StageSpec> {
  await write('rows', ROWS);
  return {
    sources: { rows: source },
    seed: 1,
    rowLength: 256,
    batches: { rowsPerStep: 2 },
    baseFolder: folder,
    screen: { dedup: 'exact', against: ['./bakery.yaml'], layers: DEFAULT_ACTIONS },
    ...rest,
  };
}

const write = (source: string, rows: readonly object[]): Promise<void> =>
  writeFile(join(folder, `${source}.jsonl`), rows.map((one) => `${JSON.stringify(one)}\n`).join(''));

const TOOLS = { tokenizer, chatTemplate: undefined };

describe('a data step', () => {
  it('leaves out what repeats and what holds items, and its receipt says which and why', async () => {
    await prepareStage(await stage(), { ...TOOLS, folder: join(folder, 'out') });
    const [source] = (await readReceipt(join(folder, 'out'))).sources;
    expect(source).toMatchObject({
      rows: 5,
      examples: 3,
      dropped: { 'empty-answer': 0, overlong: 0, duplicate: 1, contaminated: 1 },
      screen: {
        dedup: 'exact',
        against: ['bakery'],
        duplicates: { exact: 1, near: 0, across: {}, first: [{ row: 3, kept: 1, source: 'rows' }] },
        contaminated: 1,
        flagged: 1,
        benchmarks: { bakery: 2 },
      },
    });
    expect(source?.screen?.hits.map(({ row, fate, layer, match }) => [row, fate, layer, match])).toEqual([
      [2, 'dropped', 'ngram13', ITEM],
      [4, 'flagged', 'template', ITEM],
    ]);
    const text = await readFile(join(folder, 'out', 'receipt.json'), 'utf8');
    expect(text).toContain(`Solve it: ${ITEM}`);
  });

  it('takes a repeat of a contaminated row for a contaminated one, and never for a duplicate', async () => {
    const spec = await stage({
      screen: { dedup: 'exact', against: ['./bakery.yaml'], layers: DEFAULT_ACTIONS },
    });
    const flagged = ROWS[3]!;
    await write('rows', [ROWS[1]!, row('One?'), ROWS[1]!, flagged, row('one'), flagged, ROWS[1]!]);
    await prepareStage(spec, { ...TOOLS, folder: join(folder, 'out') });
    const [source] = (await readReceipt(join(folder, 'out'))).sources;
    expect(source).toMatchObject({
      examples: 2,
      dropped: { duplicate: 2, contaminated: 3 },
      screen: {
        duplicates: {
          exact: 2,
          first: [
            { row: 5, kept: 2 },
            { row: 6, kept: 4 },
          ],
        },
        contaminated: 3,
        // The duplicate of a flagged row is not there any more.
        flagged: 1,
        benchmarks: { bakery: 4 },
      },
    });
  });

  it('looks for nothing where nothing is asked, and then says nothing of it', async () => {
    await prepareStage(await stage({ screen: undefined }), { ...TOOLS, folder: join(folder, 'out') });
    const [source] = (await readReceipt(join(folder, 'out'))).sources;
    expect(source).toMatchObject({ rows: 5, examples: 5, dropped: { 'empty-answer': 0, overlong: 0 } });
    expect(source).not.toHaveProperty('screen');
  });

  it('passes over procedural sources', async () => {
    const made: SourceSpec = { procedural: ['arithmetic'], rows: 20 };
    await prepareStage(await stage({}, made), { ...TOOLS, folder: join(folder, 'out') });
    expect((await readReceipt(join(folder, 'out'))).sources[0]).not.toHaveProperty('screen');
  });

  it('is foreseen with the same rows', async () => {
    expect((await estimateStage(await stage(), TOOLS)).sources[0]).toMatchObject({ rows: 5 });
    expect((await estimateStage(await stage(), TOOLS)).examples).toBe(3);
  });

  it('fails where no row is left', async () => {
    const spec = await stage();
    await writeFile(join(folder, 'rows.jsonl'), `${JSON.stringify(row(ITEM))}\n`);
    await expect(estimateStage(spec, TOOLS)).rejects.toThrow(
      'No row of rows is left: 1 hold items of the benchmarks, 0 repeat others.',
    );
  });
});

describe('sources that share rows', () => {
  const declared = {
    first: { file: 'first.jsonl' },
    made: { procedural: ['arithmetic'], rows: 5 },
    second: { file: 'second.jsonl' },
    third: { file: 'third.jsonl' },
  } satisfies Record<string, SourceSpec>;
  const whole = (source: string) => ({ source, from: 0, tokens: Number.POSITIVE_INFINITY });
  /** What becomes of every source that a stage draws from. */
  async function receipts(drawn: readonly (keyof typeof declared)[], dedup: 'off' | 'exact' = 'exact') {
    await write('first', [row('One?'), row(ITEM), row('Two?'), row('two')]);
    await write('second', [row('Three?'), row('ONE'), row(ITEM), row('Two'), row('Four?')]);
    await write('third', [row('four'), row('Five?'), row('one'), row('five')]);
    const spec = await stage({
      sources: Object.fromEntries(drawn.map((name) => [name, declared[name]])),
      ...{ declared, parts: drawn.map(whole) },
      screen: { dedup, against: ['./bakery.yaml'], layers: DEFAULT_ACTIONS },
    });
    const foreseen = await estimateStage(spec, TOOLS);
    await prepareStage(spec, { ...TOOLS, folder: join(folder, 'out') });
    const receipt = await readReceipt(join(folder, 'out'));
    expect(foreseen.examples).toBe(receipt.examples);
    return Object.fromEntries(
      receipt.sources.map(({ name, examples, screen }) => [name, { examples, screen }]),
    );
  }

  it('leave a row to the one that is declared first, and give the same whatever else is drawn from', async () => {
    const all = await receipts(['third', 'made', 'second', 'first']);
    expect(Object.keys(all)).toEqual(['first', 'made', 'second', 'third']);
    expect(all['first']).toMatchObject({ examples: 2, screen: { duplicates: { exact: 1, across: {} } } });
    expect(all['second']).toMatchObject({
      examples: 2,
      screen: {
        duplicates: {
          ...{ exact: 2, near: 0, across: { first: 2 } },
          first: [
            { row: 2, kept: 1, source: 'first' },
            { row: 4, kept: 3, source: 'first' },
          ],
        },
        contaminated: 1,
      },
    });
    expect(all['third']).toMatchObject({
      examples: 1,
      screen: {
        duplicates: {
          ...{ exact: 3, near: 0, across: { first: 1, second: 1 } },
          first: [
            { row: 1, kept: 5, source: 'second' },
            { row: 3, kept: 1, source: 'first' },
            { row: 4, kept: 2, source: 'third' },
          ],
        },
      },
    });
    expect(await receipts(['first'])).toEqual({ first: all['first'] });
    expect(await receipts(['third'])).toEqual({ third: all['third'] });
    expect(await receipts(['second', 'third'])).toEqual({ second: all['second'], third: all['third'] });
  });

  it('speak of benchmarks only where these were looked for', async () => {
    await write('first', [row('One?')]);
    await write('second', [row('one')]);
    const { first, second } = declared;
    const screen = { dedup: 'exact', against: [], layers: DEFAULT_ACTIONS } as const;
    const spec = await stage({ sources: { second }, declared: { first, second }, screen });
    await expect(estimateStage(spec, TOOLS)).rejects.toMatchObject({
      message: 'No row of second is left: 1 repeat others (1 of first).',
      remedy: expect.stringContaining('--dedup off on the command line'),
    });
  });

  it('keep their rows where nobody looks for duplicates', async () => {
    const all = await receipts(['first', 'third'], 'off');
    expect(all).toMatchObject({ first: { examples: 3 }, third: { examples: 4 } });
    expect(all['third']?.screen?.duplicates).toEqual({ exact: 0, near: 0, across: {}, first: [] });
  });

  it('fail where one has no row of its own, and say whose rows they are', async () => {
    await write('first', [row('One?'), row('Two?')]);
    await write('second', [row('two'), row('one'), row('ONE')]);
    const { first, second } = declared;
    const spec = await stage({ sources: { second }, declared: { first, second } });
    await expect(estimateStage(spec, TOOLS)).rejects.toMatchObject({
      message: 'No row of second is left: 0 hold items of the benchmarks, 3 repeat others (3 of first).',
      remedy: expect.stringContaining('declared first'),
    });
  });
});
