/**
 * FOLIO (Han et al. 2022, arXiv 2209.00840): stories of premises and a conclusion that is true, false or uncertain.
 * The validation split of version 0.0. A row: {premises: [...], 'premises-FOL', conclusion, 'conclusion-FOL', label}.
 * The prompt is that of Logic-LM's baseline (Pan et al. 2023, arXiv 2305.12295; teacherpeterpan/Logic-LLM, MIT licence,
 * baselines/icl_examples/FOLIO_CoT.txt), whose two worked examples come from FOLIO's training split.
 */
import { UserError } from '../errors.ts';
import { FOLIO_OPTIONS, scoreFolio } from '../scoring/folio.ts';
import type { GenerateItem, HubBenchmark, Row } from './benchmark.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { loneItem } from './prompt.ts';
import { textOf, textsOf } from './rows.ts';

const INSTRUCTION =
  'Given a problem statement as contexts, the task is to answer a logical reasoning question. \n------\n';

const ask = (context: string, conclusion: string): string =>
  `Context:\n${context}\n\nQuestion: Based on the above information, is the following statement true, false, or uncertain? ${conclusion}\n\nOptions:\nA) True\nB) False\nC) Uncertain\n\nReasoning:`;

const SHOTS: readonly { readonly question: string; readonly answer: string }[] = [
  {
    question: ask(
      'The Blake McFall Company Building is a commercial warehouse listed on the National Register of Historic Places. The Blake McFall Company Building was added to the National Register of Historic Places in 1990. The Emmet Building is a five-story building in Portland, Oregon. The Emmet Building was built in 1915. The Emmet Building is another name for the Blake McFall Company Building. John works at the Emmet Building.',
      'The Blake McFall Company Building is located in Portland, Oregon.',
    ),
    answer:
      'The Blake McFall Company Building is another name for the Emmet Building. The Emmet Building is located in Portland, Oregon. Therefore, the Blake McFall Company Building is located in Portland, Oregon.\n\nThe correct option is: A',
  },
  {
    question: ask(
      'People eat meat regularly or are vegetation. If people eat meat regularly, then they enjoy eating hamburgers and steaks. All people who are vegetarian are conscious of the environment or their health. If people are conscious about the environment or their health, then they do not go to fast food places often. If people have busy schedules without time to cook, then they go to fast food places often. If Jeremy does not both go to fast food places often and is conscious about the environment or their health, then he goes to fast food places often.',
      'If Jeremy has a busy schedule without time to cook, then Jeremy does not enjoy eating hamburgers and steaks.',
    ),
    answer:
      'If Jeremy has a busy schedule without time to cook or enjoy eating hamburgers and steaks, then Jeremy goes to fast food places often. If people are conscious about the environment or their health, then they do not go to fast food places often. This means that Jeremy is not conscious about the environment or his health. All people who are vegetarian are conscious of the environment or their health. Therefore, Jeremy is not vegetarian. People eat meat regularly or are vegetation. Therefore, Jeremy eats meat regularly. If people eat meat regularly, then they enjoy eating hamburgers and steaks. Therefore, Jeremy enjoys eating hamburgers and steaks. \n\nThe correct option is: B',
  },
];

/** The prompt as one text; the examples are divided by dashes, which no other benchmark does. */
function promptOf(question: string): { text: string; messages: GenerateItem['messages'] } {
  const shown = SHOTS.map((shot) => `${shot.question}\n${shot.answer}\n------\n`).join('');
  return {
    text: `${INSTRUCTION}${shown}${question}`,
    messages: [
      { role: 'system', content: INSTRUCTION.split('\n')[0]!.trim() },
      ...SHOTS.flatMap((shot) => [
        { role: 'user' as const, content: shot.question },
        { role: 'assistant' as const, content: shot.answer },
      ]),
      { role: 'user', content: question },
    ],
  };
}

/** The training split calls the third label Unknown. */
function letterOf(label: string): string {
  const letter = 'ABC'[FOLIO_OPTIONS.indexOf(label === 'Unknown' ? 'Uncertain' : label)];
  if (letter !== undefined) return letter;
  throw new UserError(`A row of FOLIO has the label ${JSON.stringify(label)}.`, {
    remedy: 'Labels are True, False and Uncertain (or Unknown). Is the copy of the dataset the right one?',
  });
}

export const folio: HubBenchmark = {
  name: 'folio',
  title: 'FOLIO',
  domain: 'logical',
  abilities: ['first-order-logic', 'deduction'],
  abilityReasons: {
    'first-order-logic': 'True, false and undecided are told apart under "all", "some", "no" and "either".',
    deduction: 'Most conclusions need several steps over the premises.',
  },
  why: 'Whether a statement follows from premises told in plain English, contradicts them, or neither.',
  flaws: [
    {
      kind: 'set-up',
      text: 'Version 0.0 of the data; version 2 mends premises and labels, and is no longer free to download without an account.',
    },
    {
      kind: 'labels',
      text: 'Some premises and references are wrong: LINC dropped 22 of the 204 items.',
      source: 'Olausson et al. 2023, arXiv 2310.15164',
    },
    { kind: 'artefacts', text: 'Real names in some stories let world knowledge answer.' },
    { kind: 'resolution', text: '73 stories make 204 items: the stories are what there is of evidence.' },
    {
      kind: 'form',
      text: 'The compatible metric takes any output that begins with a letter from A to H as that option.',
    },
  ],
  clusterKey: 'the premises: a story has up to five conclusions',
  kind: 'generate',
  format: 'worked',
  answer: 'letter',
  paper: 'Han et al. 2022, arXiv 2209.00840',
  chance: 1 / 3,
  licence: 'CC BY-SA 4.0',
  source: 'teacherpeterpan/Logic-LLM, baselines: 2 worked examples, reasoning first',
  test: { dataset: 'tasksource/folio', split: 'validation', files: 'folio-validation.jsonl' },
  size: 204,
  metric: 'exact_match',
  items: (test: readonly Row[]): GenerateItem[] => {
    const stories = test.map((row) =>
      textsOf(row, 'premises')
        .map((premise) => premise.trim())
        .join(' '),
    );
    const ids = uniqueIds(test.map((row, i) => hashId(stories[i]!, textOf(row, 'conclusion'))));
    return test.map((row, index) => ({
      ...loneItem(ids[index]!, index, promptOf(ask(stories[index]!, textOf(row, 'conclusion').trim()))),
      cluster: hashId(stories[index]!),
      stop: ['------'],
      maxTokens: 1024,
      gold: letterOf(textOf(row, 'label')),
    }));
  },
  goldShape: {
    text: '"A" (true), "B" (false) or "C" (uncertain)',
    fits: (gold) => gold === 'A' || gold === 'B' || gold === 'C',
  },
  score: (output, item, options) => scoreFolio(output, String(item.gold), options?.ending),
};
