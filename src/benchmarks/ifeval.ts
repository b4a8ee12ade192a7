/**
 * IFEval (Zhou et al. 2023, arXiv 2311.07911): prompts whose instructions a program can check, such as "no commas" or
 * "at least 300 words". A row: {key: 1000, prompt, instruction_id_list: ['punctuation:no_comma', ...], kwargs: [{}, ...]},
 * one record of arguments for each instruction. There is no reference answer: the instructions judge the response.
 */
import { scoreIfeval } from '../scoring/ifeval/score-ifeval.ts';
import { IFEVAL_TARGET, type IfevalTarget, ifevalFault, isIfevalTarget } from '../scoring/ifeval/target.ts';
import type { GenerateItem, HubBenchmark, Row } from './benchmark.ts';
import { buildPrompt, loneItem } from './prompt.ts';
import { integerOf, textOf, textsOf } from './rows.ts';

export const ifeval: HubBenchmark = {
  name: 'ifeval',
  title: 'IFEval',
  domain: 'guards',
  abilities: ['instruction-following'],
  why: 'What a model does with an instruction about form, which teaching it to reason may cost.',
  flaws: [
    {
      kind: 'labels',
      text: "The original's language detection is random, and English in capitals often counts as another language.",
    },
    {
      kind: 'labels',
      text: 'Keywords are found inside other words; list items without a full stop are no sentences.',
    },
    {
      kind: 'labels',
      text: 'Two prompts ask for a character that the original replaces by a random letter.',
    },
    { kind: 'scope', text: 'Form alone is judged, never what a response says.' },
  ],
  clusterKey: 'item',
  kind: 'generate',
  format: 'written',
  answer: 'text',
  paper: 'Zhou et al. 2023, arXiv 2311.07911',
  chance: 0,
  licence: 'Apache-2.0',
  source: 'lm-evaluation-harness 0.4.13, tasks/ifeval; 0-shot, greedy',
  test: { dataset: 'google/IFEval', split: 'train', files: 'ifeval_input_data.jsonl' },
  size: 541,
  metric: 'prompt_level_strict_acc',
  items: (test: readonly Row[]): GenerateItem[] =>
    test.map((row, index) => {
      const target = targetOf(row);
      return {
        ...loneItem(String(integerOf(row, 'key')), index, buildPrompt({ question: textOf(row, 'prompt') })),
        stop: [],
        maxTokens: 1280,
        gold: target,
      };
    }),
  goldShape: { text: IFEVAL_TARGET, fits: isIfevalTarget, fault: ifevalFault },
  score: (output, item, options) => scoreIfeval(output, item.gold as IfevalTarget, options?.ending),
};

/** As the original, without arguments that are null, zero or empty: one copy of the dataset names all for each. */
function targetOf(row: Row): IfevalTarget {
  const kwargs = Array.isArray(row['kwargs']) ? (row['kwargs'] as unknown[]) : [];
  return {
    prompt: textOf(row, 'prompt'),
    instruction_id_list: textsOf(row, 'instruction_id_list'),
    kwargs: kwargs.map((args) =>
      Object.fromEntries(Object.entries(args ?? {}).filter(([, value]) => isGiven(value))),
    ),
  };
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
