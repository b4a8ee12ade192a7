/**
 * GPQA Diamond (Rein et al. 2023, arXiv 2311.12022): questions of physics, chemistry and biology that experts of the
 * field answer and skilled others with the web at hand do not. The authors ask that items never be shown in the open:
 * none stands in this repository, and the data is given out on the hub after agreeing to that.
 * A row of the table: {'Record ID', Question, 'Correct Answer', 'Incorrect Answer 1' to 3, ...}.
 *
 * The harness shuffles the choices of every row with Python's global generator, which stands at the same place only in a
 * fresh process. The order here is that one: one stream of `Random(0)` over all rows, as `simple_evaluate` seeds it.
 */
import { PythonRandom } from '../random/python-random.ts';
import { pythonStrip } from '../text/python-text.ts';
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { buildPrompt, choiceItem } from './prompt.ts';
import { textOf } from './rows.ts';

const SEED = 0;
const ANSWERS = ['Incorrect Answer 1', 'Incorrect Answer 2', 'Incorrect Answer 3', 'Correct Answer'] as const;
const LETTERS = ['(A)', '(B)', '(C)', '(D)'] as const;

/** `preprocess` of the harness's tasks/gpqa/zeroshot/utils.py. */
function clean(text: string): string {
  return pythonStrip(text).replaceAll(' [title]', '. ').replaceAll('  ', ' ');
}

export const gpqaDiamond: HubBenchmark = {
  name: 'gpqa_diamond_zeroshot',
  title: 'GPQA Diamond',
  domain: 'scientific',
  abilities: ['expert-science', 'natural-science', 'quantities'],
  abilityReasons: {
    'expert-science':
      'Skilled people of other fields fail with the web at hand: looking things up does not answer.',
    'natural-science': 'Every item is one of physics, chemistry or biology.',
    quantities: 'Much of physics and chemistry ends in a formula with units.',
  },
  why: 'Questions at the level of a doctorate: several steps of reasoning on facts and laws of the field.',
  flaws: [
    {
      kind: 'resolution',
      text: '198 items cannot resolve small effects: the 95 % interval at one half is 7.0 points wide to each side.',
    },
    { kind: 'set-up', text: 'The order of the choices is drawn; scores in papers use other orders.' },
    {
      kind: 'set-up',
      text: 'The letters are weighed at once, where most papers let the model write out its reasoning.',
    },
    { kind: 'floor', text: 'Small models score at chance.' },
  ],
  clusterKey: 'item',
  kind: 'choice',
  paper: 'Rein et al. 2023, arXiv 2311.12022',
  chance: 0.25,
  licence: 'CC BY 4.0, with the request not to publish items',
  source:
    'lm-evaluation-harness 0.4.13, tasks/gpqa/zeroshot; 0-shot, order of the choices as in a fresh process',
  test: {
    dataset: 'Idavidrein/gpqa',
    config: 'gpqa_diamond',
    split: 'train',
    files: 'gpqa_diamond.csv',
    access: 'accept its terms there and set HF_TOKEN',
  },
  size: 198,
  metric: 'acc',
  items: (test: readonly Row[]): ChoiceItem[] => {
    const random = new PythonRandom(SEED);
    return test.map((row, index) => {
      const id = textOf(row, 'Record ID');
      const choices = ANSWERS.map((name) => clean(textOf(row, name)));
      const right = choices[3]!;
      random.shuffle(choices);
      const options = choices.map((choice, i) => `${LETTERS[i]} ${choice}\n`).join('');
      const question = `What is the correct answer to this question:${textOf(row, 'Question')}\nChoices:\n${options}Answer:`;
      return choiceItem(
        { id, index, cluster: id, choices: LETTERS, gold: choices.indexOf(right) },
        buildPrompt({ question }),
      );
    });
  },
};
