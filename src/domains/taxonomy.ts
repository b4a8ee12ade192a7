/**
 * What each domain is about and which abilities it has: the categories that every benchmark is mapped to. A benchmark
 * names abilities of its own domain; the reason why it is there stands in its `why`.
 */
import type { Domain } from './domains.ts';

export interface DomainFacts {
  readonly title: string;
  /** What a score in this domain speaks for. */
  readonly about: string;
  /** Ability id to what a solver needs it for. */
  readonly abilities: Readonly<Record<string, string>>;
}

export const TAXONOMY: Readonly<Record<Domain, DomainFacts>> = {
  mathematical: {
    title: 'Mathematical reasoning',
    about:
      'Calculating and proving: the domain that training data comes from, so a gain here is no transfer.',
    abilities: {
      arithmetic: 'several steps of calculation without a slip',
      'word-problems': 'turning a story into a calculation',
      algebra: 'equations, functions and symbolic manipulation',
      'probability-statistics': 'chances, samples and distributions',
      geometry: 'shapes, areas and angles',
      'number-theory': 'remainders, divisors and other properties of whole numbers',
      sequences: 'finding the rule of a sequence and going on with it',
    },
  },
  logical: {
    title: 'Logical reasoning',
    about: 'What follows from given statements, by form alone.',
    abilities: {
      deduction: 'conclusions that must hold when the statements do',
      'reading-arguments': 'finding assumptions, flaws and support in an argument told in words',
      'constraint-puzzles': 'assignments that satisfy every clue',
    },
  },
  scientific: {
    title: 'Scientific reasoning',
    about: 'Knowing how the natural and technical world works and applying it to a case.',
    abilities: {
      'natural-science': 'physics, chemistry, biology and earth science',
      'applied-science': 'technology, computing and engineering facts applied to a case',
      'experimental-method': 'what an observation or experiment shows',
      quantities: 'units, formulas, and what is conserved',
      classification: 'what a thing has because of the class it belongs to',
    },
  },
  commonsense: {
    title: 'Commonsense reasoning',
    about: 'What everybody knows about things and people, used to fill a gap in a text.',
    abilities: {
      'world-knowledge': 'what ordinary things are for, where they are and what they cause',
      coreference: 'who or what a word refers to',
      'physical-intuition': 'what happens when things are handled',
      'object-tracking': 'where things are after they were moved',
      'temporal-order': 'what came before what, and how long it took',
      'spatial-relations': 'where things are relative to each other',
      'cause-and-effect': 'what happened because of what',
      'plausible-continuation': 'how a scene goes on',
      'reading-facts': 'what a passage says or implies about a question',
      'implicit-steps': 'finding the steps that a question does not name',
      'social-roles': 'who does what for whom, and what people know and want',
    },
  },
  symbolic: {
    title: 'Symbolic and algorithmic reasoning',
    about: 'Carrying out a procedure on symbols, words or objects, step by step and exactly.',
    abilities: {
      'boolean-evaluation': 'evaluating expressions by precedence',
      counting: 'classifying and counting the items of a list',
      ordering: 'sorting and comparing by a rule',
      'date-arithmetic': 'moving about in the calendar',
      'state-tracking': 'following a state through a list of moves',
      nesting: 'opening and closing in the right order',
      'string-manipulation': 'taking words apart and putting them together',
      'expression-evaluation': 'working out an expression bracket by bracket',
      'ordered-constraints': 'placing objects in an order that satisfies every clue',
      'argument-form': 'telling valid from invalid arguments by their form',
      'table-lookup': 'looking things up in a listed table, scene or timetable',
      'spatial-procedure': 'following moves and drawing commands',
      'language-judgement': 'classifying sentences by how they are worded or what they imply',
    },
  },
  code: {
    title: 'Code',
    about: 'Writing or executing programs; judged by running them.',
    abilities: {
      synthesis: 'writing a function from its description',
      execution: 'telling what a program does',
      inversion: 'finding an input that makes a program give an output',
      debugging: 'finding what is wrong in a program',
    },
  },
  guards: {
    title: 'Guards',
    about: 'What must not be lost while reasoning is taught: general knowledge and following instructions.',
    abilities: {
      'general-knowledge': 'facts of the humanities and social sciences as taught at school',
      'professional-knowledge': 'what law, medicine, business and other professions have to know',
      'instruction-following': 'doing what the instruction says, in the form it asks for',
      'fact-recall': 'facts met in training and asked for again',
    },
  },
};
