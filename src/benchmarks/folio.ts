/**
 * FOLIO (Han et al. 2022, arXiv 2209.00840), validation split: whether a conclusion follows from premises in natural
 * language that were written with formulas of first-order logic. Version 0.0, the first published one.
 * A row: {premises: [...], conclusion, label: 'True' | 'False' | 'Uncertain' (in the training split 'Unknown'), ...}.
 *
 * No task of lm-evaluation-harness. Asked as Logic-LM asks it directly (Pan et al. 2023, arXiv 2305.12295;
 * baselines/icl_examples/FOLIO_Direct.txt): an instruction and two worked rows of the training split, then the letter.
 */
import { UserError } from '../errors.ts';
import { FOLIO_WORDS, type FolioAnswer, scoreFolio } from '../scoring/folio.ts';
import { pythonStrip } from '../text/python-text.ts';
import type { GenerateItem, HubBenchmark, Row } from './benchmark.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { loneItem, type Prompt } from './prompt.ts';
import { textOf, textsOf } from './rows.ts';

/** Places in the training split of the two rows that Logic-LM shows. */
const SHOWN = [0, 14] as const;
const RULE = '------';
const TASK = 'Given a problem statement as contexts, the task is to answer a logical reasoning question. ';
const OPTIONS = Object.entries(FOLIO_WORDS)
  .map(([letter, word]) => `${letter}) ${word}`)
  .join('\n');

function question(row: Row): string {
  const context = pythonStrip(textsOf(row, 'premises').join(' '));
  const conclusion = pythonStrip(textOf(row, 'conclusion'));
  return (
    `Context:\n${context}\n\nQuestion: Based on the above information, is the following statement true, false, or ` +
    `uncertain? ${conclusion}\n\nOptions:\n${OPTIONS}\n\nThe correct option is:`
  );
}

function answer(row: Row): FolioAnswer {
  const label = textOf(row, 'label');
  const found = (['A', 'B', 'C'] as const).find((letter) => FOLIO_WORDS[letter] === label);
  if (found === undefined && label !== 'Unknown') {
    throw new UserError(`A row of FOLIO has the label ${JSON.stringify(label)}.`, {
      remedy: 'Labels are True, False and Uncertain (or Unknown). Is the copy of the dataset the right one?',
    });
  }
  return found ?? 'C';
}

/** The instruction and the worked rows: the same before every question. */
function shown(train: readonly Row[]): (row: Row) => Prompt {
  const shots = SHOWN.map((place) => {
    const row = train[place];
    if (row !== undefined) return { question: question(row), answer: answer(row) };
    throw new UserError(`FOLIO shows row ${place + 1} of its training split, which the copy lacks.`, {
      remedy: 'Complete folio-train.jsonl in the copy of tasksource/folio.',
    });
  });
  const before = [TASK, ...shots.map((shot) => `${shot.question} ${shot.answer}`), ''].join(`\n${RULE}\n`);
  const turns = shots.flatMap((shot) => [
    { role: 'user' as const, content: shot.question },
    { role: 'assistant' as const, content: shot.answer },
  ]);
  return (row) => {
    const asked = question(row);
    return {
      text: before + asked,
      messages: [{ role: 'system', content: TASK.trim() }, ...turns, { role: 'user', content: asked }],
    };
  };
}

export const folio: HubBenchmark = {
  name: 'folio',
  title: 'FOLIO',
  domain: 'logical',
  abilities: ['deduction'],
  why: 'Whether a statement must hold, must fail or stays open, by the premises alone: first-order logic in words.',
  flaws: [
    'Some premises and labels of version 0.0 are wrong: 22 of the 204 items were dropped by LINC (Olausson et al. 2023, arXiv 2310.15164); version 2 mends part of them.',
    'Few stories: 204 items, most stories with three conclusions.',
    'Some premises are facts about the world, so knowledge can answer in place of logic.',
  ],
  clusterKey: 'premises: several conclusions a story',
  kind: 'generate',
  chance: 1 / 3,
  licence: 'CC BY-SA 4.0',
  source: "Logic-LM's direct prompt (baselines/icl_examples/FOLIO_Direct.txt) and reading; 2 examples",
  test: { dataset: 'tasksource/folio', split: 'validation', files: 'folio-validation.jsonl' },
  shots: { dataset: 'tasksource/folio', split: 'train', files: 'folio-train.jsonl', rows: 1004 },
  size: 204,
  metric: 'acc',
  items: (test: readonly Row[], train: readonly Row[]): GenerateItem[] => {
    const promptFor = shown(train);
    const ids = uniqueIds(test.map((row) => hashId(...textsOf(row, 'premises'), textOf(row, 'conclusion'))));
    return test.map((row, index) => ({
      ...loneItem(ids[index]!, index, promptFor(row)),
      cluster: hashId(...textsOf(row, 'premises')),
      stop: [RULE],
      maxTokens: 16,
      gold: answer(row),
    }));
  },
  goldShape: {
    text: '"A" (true), "B" (false) or "C" (uncertain)',
    fits: (gold) => typeof gold === 'string' && Object.hasOwn(FOLIO_WORDS, gold),
  },
  score: (output, item, options) => scoreFolio(output, item.gold as FolioAnswer, options?.ending),
};
