/**
 * The two ways a command fails. Everything else that is thrown is a defect of Carryover.
 * Exit codes: `UserError` 2, any other error 1, `Interrupted` 130.
 */

/** A place in a user's file, 1-based as editors count. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** The user's input is wrong. Says what, where and how to mend it; the command ends with exit code 2. */
export class UserError extends Error {
  readonly place: Place | undefined;
  readonly remedy: string | undefined;

  constructor(what: string, details: { place?: Place; remedy?: string; cause?: unknown } = {}) {
    super(what, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'UserError';
    this.place = details.place;
    this.remedy = details.remedy;
  }

  /** The whole message as printed: `file:line:column: what` and the remedy on a line of its own. */
  override toString(): string {
    const { place } = this;
    const where = place
      ? [place.file, place.line, place.column].filter((part) => part !== undefined).join(':')
      : '';
    const head = where ? `${where}: ${this.message}` : this.message;
    return this.remedy ? `${head}\n  ${this.remedy}` : head;
  }
}

/**
 * Data that a benchmark or source needs and that is not there, or not whole. Others may be: whoever needs several looks
 * for all of them before it gives up. That a hub cannot be reached at all is an ordinary UserError.
 */
export class MissingData extends UserError {}

/** The user pressed Ctrl-C; the work so far is safe. The command ends with exit code 130. */
export class Interrupted extends Error {
  /** The command that goes on from here, if there is one. */
  readonly resume: string | undefined;
  /** False when it came before anything was done that could be kept. */
  readonly kept: boolean;
  /** False for a command that only looks. */
  readonly writes: boolean;

  constructor(
    resume?: string,
    { kept = true, writes = true }: { readonly kept?: boolean; readonly writes?: boolean } = {},
  ) {
    super('interrupted');
    this.name = 'Interrupted';
    this.resume = resume;
    this.kept = kept;
    this.writes = writes;
  }
}

/** Closes a switch over a union: a case nobody thought of fails to compile, and fails loudly if it happens. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
