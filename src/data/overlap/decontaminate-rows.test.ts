import { expect, it } from 'vitest';
import { chooseFormat } from '../formats/choose-format.ts';
import { Decontamination } from './decontaminate-rows.ts';
import { Decontaminator } from './decontaminator.ts';
import { DEFAULT_ACTIONS } from './layers.ts';

const QUESTION =
  'Anna bakes 12 loaves of rye bread every morning and sells each of them for 3 dollars. How much does she take home?';
const SOLUTION =
  'She sells all of the 12 loaves that she bakes and gets 3 dollars for each of them so that she takes home 36 dollars';

it('a row and an item have one line, of the surest layer, whichever of its texts are found', () => {
  const index = new Decontaminator(DEFAULT_ACTIONS);
  const item = { item: 'a', cluster: 'a', questions: [QUESTION, `Tell me: ${QUESTION}`], choices: '' };
  index.add('own', [{ ...item, solution: SOLUTION }], { templates: true });
  index.add('copy', [{ ...item, solution: '' }], { templates: true });
  const work = new Decontamination(index, DEFAULT_ACTIONS);
  const row = { values: { question: QUESTION, answer: SOLUTION }, file: 'rows.jsonl', row: 7 };
  const { fate, hits } = work.judge(row, chooseFormat({ file: 'rows.jsonl' }, row));
  expect(fate).toBe('dropped');
  expect(hits.map(({ row, benchmark, item, layer }) => [row, benchmark, item, layer])).toEqual([
    [7, 'own', 'a', 'exact'],
    [7, 'copy', 'a', 'exact'],
  ]);
  expect(work.counts()).toMatchObject({ rows: 1, kept: 0, dropped: 1, benchmarks: { own: 1, copy: 1 } });
});
