/**
 * A right and a wrong output for every benchmark with written answers (code apart), in the form that the set-up's own
 * examples teach, so that the reading of its source should count the right one, too.
 */

import { BBH_TASKS } from '../../src/benchmarks/bbh/tasks.table.ts';
import type { GenerateItem } from '../../src/benchmarks/benchmark.ts';
import { FOLIO_OPTIONS } from '../../src/scoring/folio.ts';
import { boxContent, lastBoxedOnly } from '../../src/scoring/math-compatible.ts';
import type { Grid } from '../../src/scoring/zebra.ts';

export interface Answers {
  readonly right: string;
  readonly wrong: string;
}

const final = (gold: string): string => gold.split('####').at(-1)!.trim();

/** By the beginning of the benchmark's name; the longest that fits counts. */
const FORMS: Readonly<Record<string, (item: GenerateItem, name: string) => Answers>> = {
  gsm8k: ({ gold }) => ({ right: ` ${gold}`, wrong: ' He has 1 egg.\n#### 123456789' }),
  gsm8k_cot: ({ gold }) => stated('The answer is', final(String(gold))),
  gsm8k_cot_llama: ({ gold }) => stated('The final answer is', final(String(gold))),
  gsm8k_platinum: ({ gold }) => ({ right: ` ${gold}`, wrong: ' #### 123456789' }),
  gsm8k_platinum_cot: ({ gold }) => stated('The answer is', final(String(gold))),
  gsm_plus: ({ gold }) => ({ right: ` ${gold}`, wrong: ' #### 123456789' }),
  gsm_symbolic: ({ gold }) => stated('The final answer is', final(String(gold))),
  svamp: ({ gold }) => stated('The answer is', String(gold)),
  asdiv_cot_llama: ({ gold }) => stated('The final answer is', String(gold)),
  minerva_math: ({ gold }) => ({
    right: ` ${gold}\nFinal Answer: The final answer is $${answerOf(gold)}$. I hope it is correct.`,
    wrong: ' Final Answer: The final answer is $123456789$. I hope it is correct.',
  }),
  hendrycks_math: ({ gold }) => ({ right: ` $${answerOf(gold)}$`, wrong: ' $123456789$' }),
  aime: ({ gold }) => ({ right: ` \\boxed{${gold}}`, wrong: ' \\boxed{1000}' }),
  mmlu_pro_: ({ gold }) => ({
    right: `So the answer is (${gold}).`,
    wrong: `So the answer is (${gold === 'A' ? 'B' : 'A'}).`,
  }),
  strategyqa: ({ gold }) => yesNo(String(gold)),
  coin_flip: ({ gold }) => yesNo(String(gold)),
  last_letters: ({ gold }) => ({
    right: ` Concatenating them is "${gold}". The answer is ${gold}.`,
    wrong: ` The answer is ${gold}x.`,
  }),
  folio: ({ gold }) => ({
    right: `It follows.\n\nThe correct option is: ${gold}`,
    wrong: `It follows.\n\nThe correct option is: ${'ABC'[('ABC'.indexOf(String(gold)) + 1) % FOLIO_OPTIONS.length]}`,
  }),
  zebralogic: ({ gold }) => grids(gold as Grid),
  bbh_cot_fewshot: (item, name) => bbh(item, name, (answer) => `So the answer is ${answer}.`),
  bbh_cot_zeroshot: (item, name) => bbh(item, name, (answer) => ` Thus the answer is ${answer}.`),
  bbh_zeroshot: (item, name) => bbh(item, name, (answer) => answer),
};

/** Null for benchmarks that are not answered in writing, and for code. */
export function answersFor(name: string): ((item: GenerateItem) => Answers) | null {
  const fitting = Object.keys(FORMS).filter((form) => name.startsWith(form));
  const form = fitting.sort((a, b) => b.length - a.length)[0];
  return form === undefined ? null : (item) => FORMS[form]!(item, name);
}

function stated(words: string, answer: string): Answers {
  return { right: ` So it is. ${words} ${answer}.`, wrong: ` ${words} 123456789.` };
}

const answerOf = (gold: unknown): string => boxContent(lastBoxedOnly(String(gold)))!;

const yesNo = (gold: string): Answers => ({
  right: `Thus so. So the answer is ${gold}.`,
  wrong: `Thus so. So the answer is ${gold === 'yes' ? 'no' : 'yes'}.`,
});

function grids({ header, rows }: Grid): Answers {
  const table = (cells: readonly (readonly string[])[]): string =>
    JSON.stringify({
      reasoning: 'By elimination.',
      solution: Object.fromEntries(
        cells.map((row, i) => [
          `House ${i + 1}`,
          Object.fromEntries(header.slice(1).map((attribute, j) => [attribute, row[j + 1]])),
        ]),
      ),
    });
  return { right: table(rows), wrong: table([...rows].reverse()) };
}

/** Another value of the same kind. */
const OTHER: Readonly<Record<string, (gold: string) => string>> = {
  boolean: (gold) => (gold === 'True' ? 'False' : 'True'),
  'yes-no': (gold) => (gold === 'Yes' ? 'No' : 'Yes'),
  truth: (gold) => (gold === 'Yes' ? 'No' : 'Yes'),
  plausible: (gold) => (gold === 'yes' ? 'no' : 'yes'),
  validity: (gold) => (gold === 'valid' ? 'invalid' : 'valid'),
  letter: (gold) => (gold === '(Z)' ? '(A)' : '(Z)'),
  number: (gold) => String(Number(gold) + 1),
  words: (gold) => `${gold} zebra`,
  brackets: (gold) => `${gold} >`,
};

function bbh({ gold }: GenerateItem, name: string, say: (answer: string) => string): Answers {
  const task = name.replace(/^bbh_(?:cot_fewshot|cot_zeroshot|zeroshot)_/, '') as keyof typeof BBH_TASKS;
  const { answer } = BBH_TASKS[task];
  const other = OTHER[answer]!(String(gold));
  // Where the answer is asked for at once, a longer list of words is read only when it is said to be the answer.
  const wrong = answer === 'words' ? `So the answer is ${other}.` : say(other);
  return { right: say(String(gold)), wrong };
}
