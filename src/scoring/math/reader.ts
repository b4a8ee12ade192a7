/** A cursor over tokens, with the partner of every bracket worked out beforehand. */
import { type Budget, Exhausted, MAX_DEPTH } from './budget.ts';
import type { Token } from './tokens.ts';

/** Thrown where the tokens follow no known grammar. */
export class Unreadable extends Error {}

const CLOSERS: Readonly<Record<string, readonly string[]>> = {
  '(': [')', ']'],
  '[': [']', ')'],
  '{': ['}'],
  '{{': ['}}', '}'],
  '⟨': ['⟩'],
};
const CLOSING: ReadonlySet<string> = new Set([')', ']', '}', '}}', '⟩']);

interface Bracket {
  /** Index of the closing token. */
  readonly close: number;
  /** Whether commas or semicolons stand directly inside. */
  readonly separated: boolean;
}

export class Reader {
  readonly tokens: Token[];
  readonly budget: Budget;
  at = 0;
  /** 1 or -1: which sign `±` stands for in this pass. */
  plusMinus: 1 | -1 = 1;
  /** Whether a `±` was met since this was last set to false. */
  metPlusMinus = false;
  /** Whether the items read last were joined by an "or". */
  joinedByOr = false;
  /** Whether a bar would close the bars the cursor is inside of. */
  bars = false;
  /** Unit words met since this was last emptied. */
  units: string[] = [];
  #depth = 0;
  readonly #brackets = new Map<number, Bracket>();

  constructor(tokens: readonly Token[], budget: Budget) {
    this.tokens = [...tokens];
    this.budget = budget;
    this.#pair();
  }

  #pair(): void {
    const open: { at: number; separated: boolean }[] = [];
    this.tokens.forEach(({ kind, text }, at) => {
      if (kind !== 'sign') return;
      if (CLOSERS[text] !== undefined) open.push({ at, separated: false });
      else if (text === ',' || text === ';') {
        const last = open.at(-1);
        if (last) last.separated = true;
      } else if (CLOSING.has(text)) {
        const last = open.at(-1);
        if (last && CLOSERS[this.tokens[last.at]!.text]!.includes(text)) {
          open.pop();
          this.#brackets.set(last.at, { close: at, separated: last.separated });
        }
      }
    });
  }

  /** The bracket that opens at the cursor; null when none does or it is never closed. */
  bracket(): Bracket | null {
    return this.#brackets.get(this.at) ?? null;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  /** Whether a sign stands at the cursor. */
  sees(text: string, ahead = 0): boolean {
    const token = this.tokens[this.at + ahead];
    return token?.kind === 'sign' && token.text === text;
  }

  seesCommand(text: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'command' && token.text === text;
  }

  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.at++;
    return true;
  }

  takeCommand(text: string): boolean {
    if (!this.seesCommand(text)) return false;
    this.at++;
    return true;
  }

  expect(...texts: string[]): string {
    for (const text of texts) if (this.take(text)) return text;
    throw new Unreadable();
  }

  /** Runs `read` one level deeper; a step of the budget. */
  deeper<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw new Exhausted(`it is nested more than ${MAX_DEPTH} deep`);
    this.budget.spend(1);
    const result = read();
    this.#depth--;
    return result;
  }

  /** Puts another token at the cursor's place. */
  replace(token: Token): void {
    this.tokens[this.at] = token;
  }

  /** Puts the cursor back and forgets depth, after a reading that failed was caught. */
  retreat(at: number, depth: number): void {
    this.at = at;
    this.#depth = depth;
  }

  get depth(): number {
    return this.#depth;
  }
}
