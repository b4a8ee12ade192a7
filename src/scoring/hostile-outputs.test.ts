/**
 * Every scorer of written answers on outputs made to break a reader: each ends in an outcome, and none takes more than
 * linear time. Programs are run in a sandbox with limits of its own and tests of its own (`code/hostile.test.ts`); of
 * cruxeval the reading alone is asked here. Instructions (`ifeval`) have their own tests.
 */
import { describe, expect, it } from 'vitest';
import { scoreBbh } from './bbh.ts';
import { bareCall, cutInput, cutOutput, readAssertion } from './cruxeval-answer.ts';
import { OUTCOMES, type Score } from './score.ts';
import { SCORING_TASKS } from './tasks.ts';

type Scorer = (output: string) => Pick<Score, 'outcome'> | Promise<Pick<Score, 'outcome'>>;

const OWN_TESTS = /^(?:python|humaneval|mbpp|cruxeval|ifeval)/;
/** Subjects, sizes and set-ups of one benchmark are scored by the same function. */
const MEMBERS =
  /^(?:mmlu_pro_(?!math)|(?:hendrycks|minerva)_math.|aime25|gsm8k_(?:platinum|cot_z)|gsm_plus_|gsm_symbolic_|bbh_(?!.*_(?:navigate|snarks)))/;
const GRID = { header: ['House', 'Name'], rows: [['1', 'Arnold']] };
const TARGETS: Readonly<Record<string, unknown>> = {
  folio: 'A',
  zebralogic: GRID,
  strategyqa: 'yes',
  coin_flip: 'yes',
  last_letters: 'nkye',
};
const BBH_TARGETS: readonly (readonly [RegExp, string])[] = [
  [/boolean_expressions/, 'True'],
  [/formal_fallacies/, 'valid'],
  [/(?:navigate|causal_judgement|sports_understanding|web_of_lies)$/, 'yes'],
  [/dyck_languages/, '] >'],
  [/word_sorting/, 'oven sun'],
  [/(?:object_counting|multistep_arithmetic_two)/, '5'],
  [/^bbh_/, '(A)'],
  [/^mmlu_pro/, 'B'],
];

function targetOf(name: string): unknown {
  return TARGETS[name] ?? BBH_TARGETS.find(([names]) => names.test(name))?.[1] ?? '5';
}

const TASKS: readonly (readonly [string, Scorer])[] = Object.values(SCORING_TASKS)
  .filter(({ name }) => !OWN_TESTS.test(name))
  .map(({ name, score }) => [name, (output) => score(output, targetOf(name), {})]);

const QUESTIONS = {
  letter: ['Which?\nOptions:\n(A) red\n(B) blue (very)', '(A)'],
  words: ['Sort. List: oven sun', 'oven sun'],
  brackets: ['Input: [ <', '] >'],
  truth: ['', 'yes'],
  number: ['', '5'],
} as const;

const FAMILIES: readonly (readonly [string, Scorer])[] = [
  ...TASKS.filter(([name]) => !MEMBERS.test(name)),
  ...Object.entries(QUESTIONS).flatMap(([kind, [question, target]]) =>
    (['cot_fewshot', 'zeroshot', 'cot_zeroshot'] as const).map((setup): [string, Scorer] => [
      `bbh, ${kind}, ${setup}`,
      (output) => scoreBbh(kind as keyof typeof QUESTIONS, output, target, { question, setup }),
    ]),
  ),
  [
    'cruxeval, the reading',
    (output) => {
      for (const read of [cutInput, cutOutput, bareCall, readAssertion]) read(output);
      return { outcome: 'no_answer' };
    },
  ],
];

/** What is repeated: openers that never close, closers, marks of answers, runs that a pattern may enter anywhere. */
const PARTS: readonly string[] = [
  ...['1', '1 ', '1,', ',234', '1.', '.', '-', '$', '$1', '1/', '1/2 ', '1=', '12:30 ', 'one ', 'hundred '],
  ...[
    '(',
    ')',
    '{',
    '}',
    '[',
    '< ',
    '"',
    "'",
    '`',
    '*',
    '\\',
    '"n',
    "('",
    '#',
    '(A',
    'a.',
    'a,',
    'a-',
    '\u00e9',
  ],
  ...['\\boxed{', '\\boxed{1}', '\\boxed ', '\\text{', '\\overline{', '\\frac{', '\\sqrt[', '\\('],
  ...['####', '#### ', '#### 1', 'the answer is ', 'answer to ', 'final answer ', 'Final answer: '],
  ...['Final Answer: The final answer is', ' I hope it is correct', 'option is ', 'option:', 'choice'],
  ...[
    'yes ',
    'not ',
    'no,',
    'x tells the truth ',
    'oven ',
    'assert f(',
    '==',
    '{"a":',
    '{}',
    '{"House 1":',
    '",',
  ],
  ...[' ', '\n', ' \n', '\t', 'answer:\n', '\ud800', '\u{1f916}', '\u0301'],
];
const WHOLES: readonly (readonly [string, (run: string) => string])[] = [
  ['alone', (run) => run],
  ['as the answer', (run) => `The answer is ${run} x.`],
  ['behind a mark', (run) => `####${run}\nx`],
];
const IN_TABLE: (typeof WHOLES)[number] = ['in a table', (run) => `{${run}}`];
const wholesFor = (name: string): typeof WHOLES => (name === 'zebralogic' ? [...WHOLES, IN_TABLE] : WHOLES);
const repeated = (part: string, length: number): string => part.repeat(Math.ceil(length / part.length));

/** Processor seconds: no wall time, which other work on the machine stretches. */
async function spent(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

describe('outputs made to break a reader', () => {
  it.each(TASKS)('%s ends each in an outcome', async (name, score) => {
    for (const part of PARTS) {
      for (const [, whole] of wholesFor(name)) {
        const { outcome } = await score(whole(repeated(part, 400)));
        expect(OUTCOMES, JSON.stringify(part)).toContain(outcome);
      }
    }
  });

  it.each(FAMILIES)('%s takes no more than linear time', { timeout: 300_000 }, async (name, score) => {
    // What is quicker than this is too quick to be told from noise; a machine's own measure.
    const unit = await spent(() =>
      Array.from({ length: 30_000 }, (_, i) => String((i * 7919) % 30_011)).sort(),
    );
    const slow: string[] = [];
    for (const part of PARTS) {
      for (const [where, whole] of wholesFor(name)) {
        const at = (length: number) => spent(() => score(whole(repeated(part, length))));
        if ((await at(6000)) < unit) continue;
        // Twice the length, four times the time: quadratic. The best of three, because noise only adds.
        const ratios: number[] = [];
        while (ratios.length < 3 && Math.min(...ratios) > 3)
          ratios.push((await at(24_000)) / (await at(12_000)));
        if (Math.min(...ratios) > 3) slow.push(`${JSON.stringify(part)} ${where}: ${ratios.join(' ')}`);
      }
    }
    expect(slow).toEqual([]);
  });

  it.each(FAMILIES)(
    '%s ends in an outcome on a quarter of a megabyte',
    { timeout: 300_000 },
    async (_name, score) => {
      for (const part of ['1234567890', '{"House 1":', 'the answer is (', '\\boxed{1}', ' ']) {
        const { outcome } = await score(repeated(part, 250_000));
        expect(OUTCOMES, JSON.stringify(part)).toContain(outcome);
      }
    },
  );
});
