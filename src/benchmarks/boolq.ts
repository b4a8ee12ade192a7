/**
 * BoolQ (Clark et al. 2019, arXiv 1905.10044), validation split (the test answers are not published): yes-or-no
 * questions that people typed into a search engine, each with a passage of Wikipedia.
 * A row of google/boolq: {question, answer: true, passage}; of aps/super_glue: {question, passage, idx, label: 1}.
 */
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { buildPrompt, choiceItem } from './prompt.ts';
import { booleanOf, integerOf, textOf } from './rows.ts';
import type { Flaw } from './vocabulary.ts';

function items(rows: readonly Row[]): ChoiceItem[] {
  const ids = uniqueIds(rows.map((row) => hashId(textOf(row, 'question'), textOf(row, 'passage'))));
  return rows.map((row, index) => {
    const passage = textOf(row, 'passage');
    const yes = 'label' in row ? integerOf(row, 'label') : Number(booleanOf(row, 'answer'));
    return choiceItem(
      { id: ids[index]!, index, cluster: hashId(passage), choices: ['no', 'yes'], gold: yes },
      buildPrompt({ question: `${passage}\nQuestion: ${textOf(row, 'question')}?\nAnswer:` }),
    );
  });
}

const COPY: Flaw = {
  kind: 'set-up',
  text: 'The harness reads the copy in SuperGLUE, whose passages begin with the title of the article; here they do not. boolq@super_glue asks as the harness does.',
};

export const boolq: HubBenchmark = {
  name: 'boolq',
  title: 'BoolQ',
  domain: 'commonsense',
  abilities: ['reading-facts', 'world-knowledge'],
  why: 'The passage seldom says it outright: what it implies has to be seen with what everybody knows.',
  abilityReasons: {
    'reading-facts': 'The answer has to be seen in a passage that seldom says it word for word.',
    'world-knowledge': 'What the passage leaves out is common knowledge.',
  },
  flaws: [
    { kind: 'artefacts', text: 'Always "yes" scores 0.62, so a score below that shows nothing.' },
    COPY,
    {
      kind: 'labels',
      text: 'People agree with the reference in 0.90.',
      source: 'Clark et al. 2019, arXiv 1905.10044',
    },
  ],
  clusterKey: 'passage',
  kind: 'choice',
  format: 'choice-texts',
  answer: 'yes-no',
  paper: 'Clark et al. 2019, arXiv 1905.10044',
  family: 'google/boolq',
  chance: 0.5,
  licence: 'CC BY-SA 3.0',
  source: 'lm-evaluation-harness 0.4.13, tasks/super_glue/boolq/default.yaml; 0-shot, on google/boolq',
  test: { dataset: 'google/boolq', split: 'validation', files: 'data/validation-*.parquet' },
  size: 3270,
  metric: 'acc',
  items,
};

export const boolqSuperGlue: HubBenchmark = {
  ...boolq,
  name: 'boolq@super_glue',
  title: 'BoolQ, as SuperGLUE has it',
  variantOf: 'boolq',
  flaws: boolq.flaws.filter((flaw) => flaw !== COPY),
  source: 'lm-evaluation-harness 0.4.13, tasks/super_glue/boolq/default.yaml; 0-shot',
  test: {
    dataset: 'aps/super_glue',
    config: 'boolq',
    split: 'validation',
    files: 'boolq/validation-*.parquet',
  },
};
