/**
 * What judging one answer may cost. Every loop whose length an answer can choose pays here, so the most hostile answer
 * ends after a bounded amount of work, on any machine, with the same verdict everywhere: no clock and no signal is
 * involved.
 */

/** Thrown when judging would cost more than its budget; `reason` is a clause for people. */
export class Exhausted extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/** Characters of one answer. The longest of MATH has 159; inspect_ai stops at 4,096. */
export const MAX_LENGTH = 5000;
/** Brackets and commands inside each other. */
export const MAX_DEPTH = 100;
/** Steps of one judgement; about a microsecond each. */
const WORK = 300_000;

export class Budget {
  #left: number;

  constructor(work: number = WORK) {
    this.#left = work;
  }

  /** One step is about one operation on small numbers. Throws Exhausted. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new Exhausted('comparing it takes more steps than one judgement may');
  }
}
