/**
 * Compatible readings against the originals' own code: random outputs made of the markers, numbers, separators and
 * white space that matter, read by lm-evaluation-harness 0.4.13 (its filters and `exact_match`; hendrycks, aime and
 * minerva by their tasks' own functions), by kojima-takeshi188/zero_shot_cot, WildEval/ZeroEval,
 * teacherpeterpan/Logic-LLM and apple/ml-gsm-symbolic. The fixture is a sample of 45,500 such outputs, of which none
 * was read differently; where the original itself ends with an error (973 times: number words that make no number,
 * references without a closed box) the reading here is 0.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BBH_TASKS } from '../benchmarks/bbh/tasks.table.ts';
import { scoreBbh } from './bbh.ts';
import type { BbhSetup } from './bbh-compatible.ts';
import { scoreFolio } from './folio.ts';
import { scoreLastLetters } from './last-letters.ts';
import { boxContent, compatibleAime, compatibleHendrycks, lastBoxedOnly } from './math-compatible.ts';
import { minervaAnswer, minervaNormal } from './minerva.ts';
import { scoreMmluPro } from './mmlu-pro.ts';
import { compatibleNumber, type NumberStyle } from './number-compatible.ts';
import type { Metrics } from './score.ts';
import { scoreYesNo } from './yes-no.ts';
import { scoreGrid } from './zebra.ts';

interface Reading {
  readonly family: string;
  readonly output: string;
  readonly target: string;
  readonly style?: NumberStyle;
  readonly setup?: BbhSetup;
  readonly task?: keyof typeof BBH_TASKS;
  readonly question?: string;
  readonly expected: Readonly<Record<string, number | string>>;
}

const GRID = {
  header: ['House', 'Name', 'Drink'],
  rows: [
    ['1', 'Arnold', 'tea'],
    ['2', 'Peter', 'water'],
  ],
};
/** Filters by their own names, without the metric's. */
const filters = (metrics: Metrics): Metrics =>
  Object.fromEntries(
    Object.entries(metrics).flatMap(([key, value]) =>
      key.includes(',') ? [[key.split(',')[1], value]] : [],
    ),
  );

const READERS: Readonly<Record<string, (row: Reading) => unknown>> = {
  number: ({ style, output, target }) => filters(compatibleNumber(style!, output, target)),
  symbolic: ({ output, target }) => compatibleNumber('last-number', output, target),
  mmlu_pro: ({ output, target }) =>
    filters(scoreMmluPro(output, { options: [], gold: target }).readings.compatible),
  bbh: ({ task, setup, question, output, target }) =>
    filters(
      scoreBbh(BBH_TASKS[task!].answer, output, target, { question: question!, setup: setup! }).readings
        .compatible,
    ),
  hendrycks: ({ output, target }) => ({
    exact_match: compatibleHendrycks(output, boxContent(lastBoxedOnly(target))),
  }),
  aime: ({ output, target }) => ({ exact_match: compatibleAime(output, target) }),
  minerva_text: ({ output }) => {
    const answer = minervaAnswer(output);
    return { answer, normal: minervaNormal(answer), whole: minervaNormal(output) };
  },
  strategyqa: ({ output, target }) => scoreYesNo(output, target).readings.compatible,
  last_letters: ({ output, target }) => scoreLastLetters(output, target).readings.compatible,
  zebra: ({ output }) => ({ cells: scoreGrid(output, GRID).readings.compatible['cell_acc']! * 4 }),
  folio: ({ output, target }) => scoreFolio(output, target).readings.compatible,
};

const path = new URL('../../test/fixtures/readings-of-originals.jsonl', import.meta.url);
const rows = readFileSync(path, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Reading);

it.each(Object.keys(READERS))('%s is read as the original reads it', (family) => {
  const own = rows.filter((row) => row.family === family);
  expect(own.length).toBeGreaterThan(39);
  for (const row of own) expect(READERS[family]!(row), JSON.stringify(row)).toEqual(row.expected);
});
