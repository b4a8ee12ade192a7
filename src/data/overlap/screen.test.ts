import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import { estimateStage } from '../estimate-stage.ts';
import { prepareStage, readReceipt } from '../prepare-stage.ts';
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
  await writeFile(join(folder, 'rows.jsonl'), ROWS.map((one) => `${JSON.stringify(one)}\n`).join(''));
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
        duplicates: { exact: 1, near: 0, first: [{ row: 3, kept: 1 }] },
        contaminated: 1,
        flagged: 1,
        benchmarks: { bakery: 2 },
      },
    });
    expect(source?.screen?.hits.map(({ row, layer, match }) => [row, layer, match])).toEqual([
      [2, 'ngram13', ITEM],
      [4, 'template', ITEM],
    ]);
    const text = await readFile(join(folder, 'out', 'receipt.json'), 'utf8');
    expect(text).toContain(`Solve it: ${ITEM}`);
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
