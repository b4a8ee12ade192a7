/**
 * WinoGrande (Sakaguchi et al. 2019, arXiv 1907.10641), validation split. Scored by partial evaluation (Trinh and Le
 * 2018, arXiv 1806.02847): which filling makes the rest of the sentence more probable.
 * A row: {sentence: '... because _ wakes up late.', option1, option2, answer: '1' or '2'}.
 */

import { UserError } from '../errors.ts';
import { pythonStrip } from '../text/python-text.ts';
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { textOf } from './rows.ts';

export const winogrande: HubBenchmark = {
  name: 'winogrande',
  title: 'WinoGrande',
  domain: 'commonsense',
  abilities: ['coreference'],
  why: 'Who or what a word refers to is decided by what everybody knows, not by grammar.',
  flaws: [
    {
      kind: 'artefacts',
      text: 'Names are balanced, yet annotation patterns remain: models beat chance without understanding.',
    },
    {
      kind: 'resolution',
      text: 'Published without the ids of its pairs: sentences with the same two options count as one cluster, and a few clusters hold several pairs.',
    },
  ],
  clusterKey: 'the two options, which the sentences of a pair share',
  kind: 'choice',
  format: 'cloze',
  paper: 'Sakaguchi et al. 2019, arXiv 1907.10641',
  chance: 0.5,
  licence: 'CC BY',
  source: 'lm-evaluation-harness 0.4.13, tasks/winogrande/default.yaml; 0-shot',
  test: {
    dataset: 'allenai/winogrande',
    config: 'winogrande_xl',
    split: 'validation',
    files: 'winogrande_xl/validation-*.parquet',
  },
  size: 1267,
  metric: 'acc',
  items: (test: readonly Row[]): ChoiceItem[] => {
    const ids = uniqueIds(test.map((row) => hashId(textOf(row, 'sentence'))));
    return test.map((row, index) => {
      const sentence = textOf(row, 'sentence');
      const options = [textOf(row, 'option1'), textOf(row, 'option2')];
      const blank = sentence.indexOf('_');
      if (blank < 0) throw new UserError(`A sentence of WinoGrande has no blank (_): ${sentence}`);
      const rest = pythonStrip(sentence.slice(blank + 1));
      // The sentence up to the filling is the choice: lm-evaluation-harness has here the choices as contexts.
      const heads = options.map((option) => sentence.slice(0, blank) + option);
      return {
        kind: 'choice',
        id: ids[index]!,
        index,
        cluster: hashId(...[...options].sort()),
        pairs: heads.map((head) => ({
          context: head,
          continuation: ` ${rest}`,
          chat: { messages: [{ role: 'user' as const, content: head }], continuation: rest },
        })),
        choices: heads,
        gold: Number(textOf(row, 'answer')) - 1,
      };
    });
  },
};
