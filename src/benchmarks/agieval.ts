/**
 * AGIEval (Zhong et al. 2023, arXiv 2304.06364): examinations for people, here its English sets with choices. The
 * passage, the question and the choices stand joined in the column `query`, as AGIEval's zero-shot function joins them.
 * A row: {query: '...Q: ... Answer Choices: (A)... (B)...\nA: Among A through E, the answer is', choices, gold: [2]}.
 */
import { UserError } from '../errors.ts';
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { LOGIQA_ABILITIES } from './logiqa.ts';
import { buildPrompt, choiceItem } from './prompt.ts';
import { indicesOf, textOf, textsOf } from './rows.ts';
import type { Flaw } from './vocabulary.ts';

/** The passage ends where the question begins; without one the query begins with the question. */
function passageOf(query: string): string {
  const question = query.lastIndexOf('Q: ', query.lastIndexOf(' Answer Choices: '));
  return query.slice(0, Math.max(question, 0));
}

function items(test: readonly Row[]): ChoiceItem[] {
  const ids = uniqueIds(test.map((row) => hashId(textOf(row, 'query'))));
  return test.map((row, index) => {
    const query = textOf(row, 'query');
    const gold = indicesOf(row, 'gold');
    if (gold.length !== 1) {
      throw new UserError(`Row ${index + 1} of an AGIEval set has ${gold.length} right answers, not one.`, {
        remedy: 'Is the copy of the dataset the right one? The English sets have one each.',
      });
    }
    const passage = passageOf(query);
    return choiceItem(
      {
        id: ids[index]!,
        index,
        cluster: passage === '' ? ids[index]! : hashId(passage),
        choices: textsOf(row, 'choices'),
        gold: gold[0]!,
      },
      buildPrompt({ question: query }),
    );
  });
}

type Own = 'title' | 'domain' | 'abilities' | 'abilityReasons' | 'why' | 'flaws' | 'clusterKey' | 'size';

/** `set`: the name after `hails/agieval-`. `choices`: how many an item has. */
function agieval(
  set: string,
  choices: number,
  own: Pick<HubBenchmark, Own | 'family' | 'variantOf'>,
): HubBenchmark {
  return {
    name: `agieval_${set.replaceAll('-', '_')}`,
    paper: 'Zhong et al. 2023, arXiv 2304.06364',
    ...own,
    flaws: [
      ...own.flaws,
      {
        kind: 'form',
        text: 'The letter is part of each choice, so acc_norm counts its three characters, too.',
      },
      { kind: 'form', text: 'Passage and question are joined with nothing between them.' },
    ],
    kind: 'choice',
    chance: 1 / choices,
    licence: 'MIT (AGIEval); the examinations belong to their makers',
    source: `lm-evaluation-harness 0.4.13, tasks/agieval/${set}.yaml; 0-shot`,
    test: { dataset: `hails/agieval-${set}`, split: 'test', files: 'data/test-*.parquet' },
    metric: 'acc_norm',
    items,
  };
}

const PUBLIC: Flaw = {
  kind: 'contamination',
  text: 'Real examinations of years past that circulate on the web, so models may have read them.',
};

export const agievalSatMath: HubBenchmark = agieval('sat-math', 4, {
  title: 'AGIEval SAT mathematics',
  domain: 'mathematical',
  abilities: ['algebra', 'word-problems'],
  why: 'School mathematics of the American college entrance test: equations, functions, percentages.',
  abilityReasons: {
    algebra: 'Most items are equations, functions and expressions to be changed.',
    'word-problems': 'Many tell a situation whose quantities have to be put into a formula first.',
  },
  flaws: [{ kind: 'items', text: 'Formulas are LaTeX with stray spaces.' }, PUBLIC],
  clusterKey: 'the shared table or formula where there is one, else item',
  size: 220,
});

export const agievalAquaRat: HubBenchmark = agieval('aqua-rat', 5, {
  title: 'AQuA-RAT (AGIEval)',
  domain: 'mathematical',
  abilities: ['algebra', 'word-problems'],
  why: 'Algebraic word problems of graduate entrance tests (Ling et al. 2017, arXiv 1705.04146).',
  abilityReasons: {
    algebra: 'Rates, ratios and unknowns are solved for by an equation.',
    'word-problems': 'Nearly every item is a situation told in words.',
  },
  flaws: [
    {
      kind: 'items',
      text: 'Written and copied by crowd workers: some problems repeat with other numbers, some are garbled.',
    },
  ],
  clusterKey: 'item',
  size: 254,
});

export const agievalLsatAr: HubBenchmark = agieval('lsat-ar', 5, {
  title: 'AGIEval LSAT analytical reasoning',
  domain: 'logical',
  abilities: ['constraint-puzzles', 'deduction'],
  why: 'People and places are put in order under stated rules; all that is needed stands in the rules.',
  abilityReasons: {
    'constraint-puzzles': 'An assignment has to be found, or ruled out, under all rules at once.',
    deduction: 'Many items ask what must be true when a further rule is added.',
  },
  flaws: [PUBLIC, { kind: 'floor', text: 'Small models score at chance.' }],
  clusterKey: 'passage: several questions a puzzle',
  size: 230,
});

export const agievalLsatLr: HubBenchmark = agieval('lsat-lr', 5, {
  title: 'AGIEval LSAT logical reasoning',
  domain: 'logical',
  abilities: ['reading-arguments', 'deduction'],
  why: 'A short argument and a question about it: what it assumes, what weakens it, what follows.',
  abilityReasons: {
    'reading-arguments': 'Most items ask what an argument assumes, or what strengthens or weakens it.',
    deduction: 'Some ask what must be true if the statements are.',
  },
  flaws: [PUBLIC],
  clusterKey: 'passage; nearly every one has a single question',
  size: 510,
});

export const agievalLsatRc: HubBenchmark = agieval('lsat-rc', 5, {
  title: 'AGIEval LSAT reading comprehension',
  domain: 'logical',
  abilities: ['reading-comprehension', 'reading-arguments'],
  why: "A page of argued prose; asked is its author's claim, purpose or what it implies.",
  abilityReasons: {
    'reading-comprehension': 'What the passage states, what it implies, and what a sentence of it is for.',
    'reading-arguments': 'Passages argue for a claim; some items ask for its support or its weak side.',
  },
  flaws: [
    PUBLIC,
    { kind: 'form', text: 'Prompts are long, about 3,700 characters: a short context cuts them.' },
    { kind: 'placement', text: 'Part of it is plain reading, not reasoning.' },
  ],
  clusterKey: 'passage: five to eight questions each',
  size: 269,
});

export const agievalLogiqaEn: HubBenchmark = agieval('logiqa-en', 4, {
  title: 'AGIEval LogiQA (English)',
  domain: 'logical',
  abilities: ['deduction', 'reading-arguments'],
  why: 'The items of LogiQA under the prompt of AGIEval: what follows from a passage.',
  abilityReasons: LOGIQA_ABILITIES,
  flaws: [
    { kind: 'overlap', text: 'The same 651 items as logiqa: never count both as evidence.' },
    { kind: 'items', text: 'Translated from Chinese; some items are hard to read.' },
  ],
  clusterKey: 'passage',
  family: 'logiqa',
  variantOf: 'logiqa',
  size: 651,
});
