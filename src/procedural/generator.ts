/**
 * A generator makes reasoning problems of one task. To add one: a file `src/procedural/<domain>/<name>.ts` that exports
 * one `Generator`, and one line in `src/procedural/index.ts`. `npx vitest run src/procedural` then holds it to the
 * contract, shortcuts included. The examples to follow: `mathematical/arithmetic.ts`, `logical/deduction.ts`.
 *
 * A problem has a core and a surface. The core is what the problem is: JSON data that alone decides the answer. The
 * surface is how it is told: wording, order, names that do not matter. Splits are made of cores (`split.ts`), so
 * - problems that differ in wording only must have equal cores: put what has no order into a fixed order;
 * - a level needs thousands of cores, or its splits run dry: where structures are few, let names be part of the core;
 * - a name that can be the answer belongs to the core;
 * - fields stand in alphabetical order and are few: the key of a core is its JSON. Arrays are quickest.
 *
 * `sample` draws a core of a level, cheaply: up to eight are drawn for one that is kept. Draw the answer's class first
 *   where classes should be equally frequent. It must work for one level beyond `levels` (the split `harder`), and
 *   every level must take more steps than the one before, on average.
 * `perturb` draws a core with the same structure and number of steps, other names and numbers.
 * `aside` gives a clause that changes nothing, told as the task tells things; `words.ts` keeps names and things for it
 *   that no problem uses. It must stand in the question word for word where `surface.aside` gives it.
 * `pose` tells a core: question, answer, steps. Everything random comes from `surface.random`. Use every template and
 *   let more than the template vary. Plain short English, ASCII, plain digits, under 60 words for most.
 *   Choices come in any order (they are shuffled) and are short texts; the question says what may be answered.
 * `steps` is the worked solution, a sentence or two a step, and its length is the problem's depth. No line breaks,
 *   no "Answer:". The steps must lead to the answer by themselves, as a teacher would write them on the board.
 *   `wrong` holds plausible wrong turns in place of the step: what one would write there, `after` how it goes on to the
 *   answer it ends in, `why` it fails. A turn that happens to end in a right answer is left out for you.
 * `accepts` is needed only where more than one text is right, or case or spaces matter (`verify.ts` says what counts
 *   as the same otherwise). It never throws, whatever text it is given.
 * `resolve` finds an answer from the core by another route than `pose`: brute force, an interpreter, an enumeration of
 *   models. Only tests call it, so it may be slow, and it shares no code with `pose`.
 * `chance` is what the best guesser of `audit.ts` scores, within 3 points: 1/choices, or the share of the most frequent
 *   answer. If a guesser beats it, mend the sampling first; raise `chance` only for what cannot be mended.
 */
import type { Domain } from '../domains/domains.ts';
import type { RandomStream } from '../stats/random.ts';

export interface Generator<Core = unknown> {
  /** snake_case, unique over all domains; the benchmark's name is `proc/<name>`. */
  readonly name: string;
  readonly title: string;
  readonly domain: Domain;
  /** Ids of abilities of that domain (`src/domains/taxonomy.ts`). */
  readonly abilities: readonly string[];
  /** Why it stands in this domain, in one sentence. */
  readonly why: string;
  /** `choice`: the problem offers choices. `generate`: the answer is any text. */
  readonly kind: 'choice' | 'generate';
  /**
   * Of `choice` tasks that are answered at sight: each choice is weighed by its likelihood, as in ARC or MMLU. The others
   * are asked for their solution, and the choice is read from it: a small model cannot take several steps in one token.
   */
  readonly weighed?: true;
  /** Expected score of a guesser over the trained levels, 0 to 1. */
  readonly chance: number;
  /** Trained levels of difficulty, rising by 1. */
  readonly levels: readonly number[];
  /** How many templates `pose` knows: at least 3. */
  readonly templates: number;
  sample(random: RandomStream, level: number): Core;
  perturb(core: Core, random: RandomStream): Core;
  aside(core: Core, random: RandomStream): string;
  pose(core: Core, surface: Surface): Posed;
  accepts?(core: Core, stated: string): boolean;
  resolve(core: Core): string;
}

/** How a core is to be told. */
export interface Surface {
  /** 0 to `templates` - 1. */
  readonly template: number;
  readonly random: RandomStream;
  /** A whole sentence that must stand in the question and changes nothing; null in most splits. */
  readonly aside: string | null;
}

/** A problem as its generator tells it. */
export interface Posed {
  readonly question: string;
  /** One line. For `choice` one of the choices. */
  readonly answer: string;
  /** All choices, all different, for `choice` only. */
  readonly choices?: readonly string[];
  readonly steps: readonly Step[];
}

export interface Step {
  readonly text: string;
  readonly wrong?: readonly WrongTurn[];
}

export interface WrongTurn {
  /** What one would write in place of the right step. */
  readonly text: string;
  /** The sentences from there to the answer. */
  readonly after?: readonly string[];
  /** The answer it ends in; null when it ends nowhere. */
  readonly answer: string | null;
  /** Why it fails, as one would tell a pupil. */
  readonly why: string;
}
