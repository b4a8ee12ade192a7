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
    },
  },
  commonsense: {
    title: 'Commonsense reasoning',
    about: 'What everybody knows about things and people, used to fill a gap in a text.',
    abilities: {
      'world-knowledge': 'what ordinary things are for, where they are and what they cause',
      coreference: 'who or what a word refers to',
      'physical-intuition': 'what happens when things are handled',
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
    },
  },
  code: {
    title: 'Code',
    about: 'Writing or executing programs; judged by running them.',
    abilities: {
      synthesis: 'writing a function from its description',
      execution: 'telling what a program does',
    },
  },
  guards: {
    title: 'Guards',
    about: 'What must not be lost while reasoning is taught: general knowledge and following instructions.',
    abilities: {
      'general-knowledge': 'facts of the humanities and social sciences as taught at school',
      'instruction-following': 'doing what the instruction says, in the form it asks for',
    },
  },
};
