/** The 27 tasks of BIG-Bench Hard (Suzgun et al. 2022, arXiv 2210.09261): what each is about and how it is answered. */
import type { BbhAnswer } from '../../scoring/bbh-compatible.ts';
import type { Flaw } from '../vocabulary.ts';
import type { BbhTask } from './shots.ts';

export interface BbhFacts {
  readonly title: string;
  readonly abilities: readonly string[];
  readonly answer: BbhAnswer;
  /** For letters the mean of 1 / number of options over the items; two values 0.5; else 0. */
  readonly chance: number;
  readonly why: string;
  readonly abilityReasons?: Readonly<Record<string, string>>;
  readonly flaws?: readonly Flaw[];
  /** Published items; 250 when left out. */
  readonly size?: number;
  /** Of items about one story, when items are not each for themselves. */
  readonly story?: { readonly key: string; readonly of: (input: string) => string };
}

const near = (text: string): Flaw => ({ kind: 'placement', text });
const LANGUAGE = near(
  'Filed as symbolic because BIG-Bench Hard is; it needs knowledge of language or the world more than a procedure.',
);
const ORDER =
  'Objects are placed in an order that satisfies every clue: elimination carried out step by step.';
const SWAPS = 'Who holds what is followed through a list of swaps, one after the other.';
const noLetter = (count: number): Flaw => ({
  kind: 'ceiling',
  text: `${count === 1 ? 'One reference is' : `${count} references are`} no letter: the option was cut at its commas. Any letter of its parts is right in the corrected reading.`,
});

export const BBH_TASKS: Readonly<Record<BbhTask, BbhFacts>> = {
  boolean_expressions: {
    title: 'boolean expressions',
    abilities: ['boolean-evaluation'],
    answer: 'boolean',
    chance: 0.5,
    why: 'A formula of "and", "or", "not" is evaluated by precedence: a pure procedure on symbols.',
  },
  causal_judgement: {
    title: 'causal judgement',
    abilities: ['language-judgement'],
    answer: 'yes-no',
    chance: 0.5,
    why: 'What a typical person would call the cause in a told story: many small conditions weighed.',
    flaws: [
      LANGUAGE,
      { kind: 'labels', text: 'The reference is what most people said in an experiment, not a fact.' },
    ],
    size: 187,
    story: {
      key: 'the story: several questions and variants share their first sentence',
      of: (input) => input.split('\n')[1]?.split('. ')[0] ?? input,
    },
  },
  date_understanding: {
    title: 'date understanding',
    abilities: ['date-arithmetic'],
    answer: 'letter',
    chance: 0.1717,
    why: 'Moving about in the calendar by stated rules; little knowledge, many exact steps.',
    flaws: [{ kind: 'form', text: 'Five or six options an item.' }],
  },
  disambiguation_qa: {
    title: 'pronoun disambiguation',
    abilities: ['language-judgement'],
    answer: 'letter',
    chance: 0.3323,
    why: 'To whom a pronoun refers, or that it cannot be told: a rule of reading applied to one sentence.',
    flaws: [LANGUAGE],
  },
  dyck_languages: {
    title: 'Dyck languages',
    abilities: ['nesting'],
    answer: 'brackets',
    chance: 0,
    why: 'Closing open brackets in the right order: a stack worked by hand.',
  },
  formal_fallacies: {
    title: 'formal fallacies',
    abilities: ['argument-form'],
    answer: 'validity',
    chance: 0.5,
    why: 'Whether a conclusion follows from stated premises by form alone.',
    flaws: [near('Deduction, filed as symbolic because BIG-Bench Hard is.')],
  },
  geometric_shapes: {
    title: 'geometric shapes',
    abilities: ['spatial-procedure'],
    answer: 'letter',
    chance: 0.0982,
    why: 'The shape that the commands of an SVG path draw: executing drawing commands in the head.',
    flaws: [
      {
        kind: 'artefacts',
        text: 'Three lists of options serve all items, so a shape nearly always has the same letter.',
      },
    ],
  },
  hyperbaton: {
    title: 'adjective order',
    abilities: ['ordering'],
    answer: 'letter',
    chance: 0.5,
    why: 'Which of two sentences has its adjectives in the order that English asks for: sorting by a rule.',
    flaws: [LANGUAGE],
  },
  logical_deduction_five_objects: {
    title: 'logical deduction, five objects',
    abilities: ['ordered-constraints'],
    answer: 'letter',
    chance: 0.2,
    why: ORDER,
  },
  logical_deduction_seven_objects: {
    title: 'logical deduction, seven objects',
    abilities: ['ordered-constraints'],
    answer: 'letter',
    chance: 1 / 7,
    why: ORDER,
  },
  logical_deduction_three_objects: {
    title: 'logical deduction, three objects',
    abilities: ['ordered-constraints'],
    answer: 'letter',
    chance: 1 / 3,
    why: ORDER,
  },
  movie_recommendation: {
    title: 'movie recommendation',
    abilities: ['language-judgement'],
    answer: 'letter',
    chance: 0.2462,
    why: 'Which film is most like a list of films.',
    flaws: [LANGUAGE, noLetter(1)],
  },
  multistep_arithmetic_two: {
    title: 'multistep arithmetic',
    abilities: ['expression-evaluation'],
    answer: 'number',
    chance: 0,
    why: 'An expression of whole numbers is evaluated by precedence, bracket by bracket.',
    flaws: [
      near('This is calculation: a gain here may be the trained domain itself.'),
      { kind: 'labels', text: 'The first worked example multiplies wrongly (-41 * -3 = (-61) * (-3)).' },
    ],
  },
  navigate: {
    title: 'navigate',
    abilities: ['state-tracking', 'spatial-procedure'],
    answer: 'yes-no',
    chance: 0.5,
    why: 'A position is followed through steps and turns.',
    abilityReasons: {
      'state-tracking': 'Place and direction change with every instruction.',
      'spatial-procedure': 'Steps are taken to the left, the right, forward and backward.',
    },
  },
  object_counting: {
    title: 'object counting',
    abilities: ['counting'],
    answer: 'number',
    chance: 0,
    why: 'Classify the items of a list and count them: an algorithm carried out in words.',
    flaws: [near('Counting is near arithmetic: part of a gain here may be the trained domain itself.')],
  },
  penguins_in_a_table: {
    title: 'penguins in a table',
    abilities: ['table-lookup'],
    answer: 'letter',
    chance: 0.2003,
    why: 'Rows are looked up, added, removed, sorted and counted.',
    size: 146,
    flaws: [
      {
        kind: 'resolution',
        text: 'All items are about one table of penguins, with a second of giraffes in some: they are no independent draws.',
      },
    ],
  },
  reasoning_about_colored_objects: {
    title: 'reasoning about coloured objects',
    abilities: ['table-lookup', 'counting'],
    answer: 'letter',
    chance: 0.1215,
    why: 'Objects of a described scene are looked up by place and colour, removed and counted.',
    abilityReasons: {
      'table-lookup': 'What lies where, and in which colour, is looked up in a list.',
      counting: 'Many items ask how many objects are left.',
    },
    flaws: [{ kind: 'form', text: 'Two, seven, seventeen or eighteen options an item.' }],
  },
  ruin_names: {
    title: 'ruin names',
    abilities: ['language-judgement'],
    answer: 'letter',
    chance: 0.2487,
    why: 'Which one-letter edit of a name is funny.',
    flaws: [LANGUAGE, noLetter(2)],
  },
  salient_translation_error_detection: {
    title: 'translation errors',
    abilities: ['language-judgement'],
    answer: 'letter',
    chance: 1 / 6,
    why: 'Two texts are compared part by part and their difference is classified.',
    flaws: [
      LANGUAGE,
      { kind: 'floor', text: 'The sources are German: a model without German can only guess.' },
    ],
  },
  snarks: {
    title: 'snarks',
    abilities: ['language-judgement'],
    answer: 'letter',
    chance: 0.5028,
    why: 'Which of two nearly equal sentences is sarcastic.',
    flaws: [LANGUAGE, { kind: 'items', text: 'One item has a single, cut option.' }],
    size: 178,
  },
  sports_understanding: {
    title: 'sports understanding',
    abilities: ['language-judgement'],
    answer: 'plausible',
    chance: 0.5,
    why: 'Whether a person and an action belong to the same sport: two look-ups and a comparison.',
    flaws: [LANGUAGE, { kind: 'items', text: 'Two of its sentences are asked twice.' }],
  },
  temporal_sequences: {
    title: 'temporal sequences',
    abilities: ['table-lookup'],
    answer: 'letter',
    chance: 0.25,
    why: 'The free interval is found in a timetable by elimination.',
  },
  tracking_shuffled_objects_five_objects: {
    title: 'tracking shuffled objects, five',
    abilities: ['state-tracking'],
    answer: 'letter',
    chance: 0.2,
    why: SWAPS,
  },
  tracking_shuffled_objects_seven_objects: {
    title: 'tracking shuffled objects, seven',
    abilities: ['state-tracking'],
    answer: 'letter',
    chance: 1 / 7,
    why: SWAPS,
  },
  tracking_shuffled_objects_three_objects: {
    title: 'tracking shuffled objects, three',
    abilities: ['state-tracking'],
    answer: 'letter',
    chance: 1 / 3,
    why: SWAPS,
  },
  web_of_lies: {
    title: 'web of lies',
    abilities: ['boolean-evaluation', 'state-tracking'],
    answer: 'truth',
    chance: 0.5,
    why: 'A chain of "says that ... lies" is a boolean function told in words.',
    abilityReasons: {
      'boolean-evaluation': 'Each link keeps or turns a truth value.',
      'state-tracking': 'The value is carried along the chain of people.',
    },
  },
  word_sorting: {
    title: 'word sorting',
    abilities: ['ordering'],
    answer: 'words',
    chance: 0,
    why: 'Sorting by a rule, letter by letter: an algorithm on strings.',
    flaws: [
      { kind: 'scope', text: 'Two to twenty words: a score depends on how many long lists there are.' },
    ],
  },
};
