/**
 * What each domain is about and which abilities it has: the categories that every benchmark is mapped to. A benchmark
 * names abilities of its own domain and says why it is there (`why`, `abilityReasons`). Whether the domains hold together
 * in the scores of real models is a question of evidence: `carryover benchmarks audit` asks it.
 */
import type { Domain } from './domains.ts';

export interface Ability {
  /** What a solver needs it for, as it goes on from "the ability of". */
  readonly definition: string;
  /** Where the field defines or measures it so; absent where the line is our own. */
  readonly source?: string;
}

export interface DomainFacts {
  readonly title: string;
  /** What a score in this domain speaks for. */
  readonly about: string;
  /** By id. */
  readonly abilities: Readonly<Record<string, Ability>>;
}

const MATH = 'the subjects of MATH, Hendrycks et al. 2021, arXiv 2103.03874';
const BBH = 'BIG-Bench Hard, Suzgun et al. 2022, arXiv 2210.09261';
const MMLU = 'MMLU, Hendrycks et al. 2020, arXiv 2009.03300';
const ARC = 'ARC, Clark et al. 2018, arXiv 1803.05457';
const COT = 'the symbolic tasks of Wei et al. 2022, arXiv 2201.11903';
const BABI = 'the tasks of bAbI, Weston et al. 2015, arXiv 1502.05698';

export const TAXONOMY: Readonly<Record<Domain, DomainFacts>> = {
  mathematical: {
    title: 'Mathematical reasoning',
    about:
      'Calculating and proving: the domain that training data comes from, so a gain here is no transfer.',
    abilities: {
      arithmetic: {
        definition: 'several steps of calculation, each resting on the one before, without a slip',
        source: 'GSM8K, Cobbe et al. 2021, arXiv 2110.14168',
      },
      'word-problems': {
        definition: 'turning a situation told in words into quantities and operations',
        source:
          'Kintsch and Greeno 1985, Understanding and solving word arithmetic problems, Psychological Review 92(1)',
      },
      algebra: { definition: 'equations, functions and the manipulation of expressions', source: MATH },
      'probability-statistics': { definition: 'counting, chances, samples and distributions', source: MATH },
      geometry: { definition: 'shapes, areas, angles and coordinates', source: MATH },
      'number-theory': {
        definition: 'remainders, divisors and other properties of whole numbers',
        source: MATH,
      },
      sequences: { definition: 'finding the rule of a sequence and going on with it' },
      'higher-mathematics': {
        definition: 'definitions and theorems of university courses (groups, analysis, topology) applied',
        source: MMLU,
      },
    },
  },
  logical: {
    title: 'Logical reasoning',
    about: 'What follows from given statements, by form alone.',
    abilities: {
      deduction: {
        definition: 'conclusions that must hold when the statements do, over one or several rules',
        source:
          'RuleTaker, Clark et al. 2020, arXiv 2002.05867; the types of LogiQA, Liu et al. 2020, arXiv 2007.08124',
      },
      'first-order-logic': {
        definition: 'telling true, false and undecided apart under statements with "all", "some" and "no"',
        source: 'FOLIO, Han et al. 2022, arXiv 2209.00840',
      },
      'reading-arguments': {
        definition: 'finding assumptions, flaws and support in an argument told in words',
        source: 'ReClor, Yu et al. 2020, arXiv 2002.04326',
      },
      'reading-comprehension': {
        definition: 'what a longer passage states, implies and is for',
        source: 'LSAT reading in AGIEval, Zhong et al. 2023, arXiv 2304.06364',
      },
      'constraint-puzzles': {
        definition: 'assignments that satisfy every clue at once',
        source: 'ZebraLogic, Lin et al. 2025, arXiv 2502.01100; AR-LSAT, Zhong et al. 2021, arXiv 2104.06598',
      },
    },
  },
  scientific: {
    title: 'Scientific reasoning',
    about: 'Knowing how the natural and technical world works and applying it to a case.',
    abilities: {
      'natural-science': { definition: 'physics, chemistry, biology and earth science applied', source: ARC },
      'applied-science': {
        definition: 'technology, computing and engineering facts applied to a case',
        source: MMLU,
      },
      'expert-science': {
        definition: 'derivations of a specialist that looking things up does not replace',
        source: 'GPQA, Rein et al. 2023, arXiv 2311.12022',
      },
      'experimental-method': { definition: 'what an observation or experiment shows', source: ARC },
      quantities: { definition: 'units, formulas, and what is conserved' },
      classification: { definition: 'what a thing has because of the class it belongs to' },
    },
  },
  commonsense: {
    title: 'Commonsense reasoning',
    about: 'What everybody knows about things and people, used to fill a gap in a text.',
    abilities: {
      'world-knowledge': {
        definition: 'what ordinary things are for, where they are and what they cause',
        source: 'CommonsenseQA, Talmor et al. 2019, arXiv 1811.00937, after ConceptNet',
      },
      coreference: {
        definition: 'who or what a word refers to, where grammar leaves it open',
        source: 'the Winograd schema challenge, Levesque et al. 2012; WinoGrande, arXiv 1907.10641',
      },
      'physical-intuition': {
        definition: 'what happens when things are handled, and which way of doing something works',
        source: 'PIQA, Bisk et al. 2020, arXiv 1911.11641',
      },
      'plausible-continuation': {
        definition: 'how a scene or an everyday activity goes on',
        source:
          'Schank and Abelson 1977, Scripts, Plans, Goals and Understanding; HellaSwag, arXiv 1905.07830',
      },
      'implicit-steps': {
        definition: 'finding for oneself the questions that a short question rests on',
        source: 'StrategyQA, Geva et al. 2021, arXiv 2101.02235',
      },
      'reading-facts': {
        definition: 'deciding a question by a passage that does not answer it word for word',
        source: 'BoolQ, Clark et al. 2019, arXiv 1905.10044',
      },
      'object-tracking': { definition: 'where things are after they were moved', source: BABI },
      'temporal-order': { definition: 'what came before what, and how long it took', source: BABI },
      'spatial-relations': { definition: 'where things are relative to each other', source: BABI },
      'cause-and-effect': { definition: 'what happened because of what', source: BABI },
      'social-roles': { definition: 'who does what for whom, and what people know and want' },
    },
  },
  symbolic: {
    title: 'Symbolic and algorithmic reasoning',
    about: 'Carrying out a procedure on symbols, words or objects, step by step and exactly.',
    abilities: {
      'boolean-evaluation': { definition: 'evaluating expressions by precedence', source: BBH },
      counting: { definition: 'classifying and counting the items of a list', source: BBH },
      ordering: { definition: 'sorting and comparing by a rule', source: BBH },
      'date-arithmetic': { definition: 'moving about in the calendar', source: BBH },
      'state-tracking': { definition: 'following a state through a list of moves', source: COT },
      nesting: { definition: 'opening and closing in the right order', source: BBH },
      'string-manipulation': { definition: 'taking words apart and putting them together', source: COT },
      'expression-evaluation': { definition: 'working out an expression bracket by bracket', source: BBH },
      'ordered-constraints': {
        definition: 'placing objects in an order that satisfies every clue',
        source: BBH,
      },
      'argument-form': { definition: 'telling valid from invalid arguments by their form', source: BBH },
      'table-lookup': { definition: 'looking things up in a listed table, scene or timetable', source: BBH },
      'spatial-procedure': { definition: 'following moves and drawing commands', source: BBH },
      'language-judgement': {
        definition: 'classifying sentences by how they are worded or what they imply',
        source: BBH,
      },
    },
  },
  code: {
    title: 'Code',
    about: 'Writing or executing programs; judged by running them.',
    abilities: {
      synthesis: {
        definition: 'writing a program from its description',
        source: 'HumanEval, Chen et al. 2021, arXiv 2107.03374; MBPP, Austin et al. 2021, arXiv 2108.07732',
      },
      execution: {
        definition: 'telling what a program does or gives',
        source: 'CRUXEval output, Gu et al. 2024, arXiv 2401.03065',
      },
      inversion: {
        definition: 'finding an input that makes a program give a stated result',
        source: 'CRUXEval input, Gu et al. 2024, arXiv 2401.03065',
      },
      debugging: { definition: 'finding what is wrong in a program' },
    },
  },
  guards: {
    title: 'Guards',
    about: 'What must not be lost while reasoning is taught: general knowledge and following instructions.',
    abilities: {
      'general-knowledge': {
        definition: 'facts of the humanities and social sciences as taught at school and university',
        source: MMLU,
      },
      'professional-knowledge': {
        definition: 'law, business and medicine as their examinations ask for it',
        source: MMLU,
      },
      'instruction-following': {
        definition: 'doing what the instruction says, in the form it asks for',
        source: 'IFEval, Zhou et al. 2023, arXiv 2311.07911',
      },
      'fact-recall': { definition: 'facts met in training and asked for again' },
    },
  },
};
