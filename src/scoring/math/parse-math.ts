/**
 * Reads a short mathematical answer into a value: whole numbers, decimals, thousands separators, fractions, percent,
 * powers, roots, pi and e, sums and products of these, tuples, sets and intervals. Anything with an unknown in it, or
 * outside this grammar, gives null: "cannot read", never a guess. Inputs are limited in length and depth, so a
 * hostile answer costs nothing.
 *
 *   answer  := list | expr            expr := term (('+' | '-') term)*
 *   term    := factor (('*' | '/' | implicit product) factor)*
 *   factor  := ('-' | '+') factor | base ('^' factor)? ('!' | '%')*
 *   base    := number | pi | e | \frac{}{} | \sqrt[n]{} | '(' expr ')' | '{' expr '}' | '|' expr '|'
 */
import { plainMath } from './math-text.ts';
import { asNumber, type MathNumber, type MathValue, negated } from './math-value.ts';
import { add, divide, exactRoot, multiply, parseDecimal, power, rational } from './rational.ts';

const MAX_LENGTH = 400;
const MAX_DEPTH = 40;

/** Null when the text cannot be read as a value. */
export function parseMath(text: string): MathValue | null {
  const plain = plainMath(text);
  if (plain === '' || plain.length > MAX_LENGTH) return null;
  try {
    const parser = new Parser(plain);
    return parser.answer();
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

class Unreadable extends Error {}

const OPEN = '\u27e8'; // \{
const CLOSE = '\u27e9'; // \}

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  answer(): MathValue {
    const items = this.#list();
    this.#space();
    if (this.#at < this.#text.length) throw new Unreadable();
    return items.length === 1 ? items[0]! : { kind: 'set', items };
  }

  /** Items separated by commas. */
  #list(): MathValue[] {
    const items = [this.#item()];
    while (this.#take(',')) {
      this.#take(','); // "1, 2, and 3"
      items.push(this.#item());
    }
    return items;
  }

  #item(): MathValue {
    this.#enter();
    const value = this.#bracketed() ?? this.#expression();
    this.#depth--;
    return value;
  }

  /** A tuple, interval or set; null when what follows is an ordinary expression. */
  #bracketed(): MathValue | null {
    const start = this.#at;
    if (this.#take(OPEN)) {
      if (this.#take(CLOSE)) return { kind: 'set', items: [] };
      const items = this.#list();
      if (!this.#take(CLOSE)) throw new Unreadable();
      return { kind: 'set', items };
    }
    const left = this.#take('(') ? '(' : this.#take('[') ? '[' : null;
    if (left === null) return null;
    const items = this.#list();
    const right = this.#take(')') ? ')' : this.#take(']') ? ']' : null;
    if (right === null) throw new Unreadable();
    if (items.length === 1 && left === '(' && right === ')') {
      // An ordinary parenthesis: read it again as part of an expression.
      this.#at = start;
      return null;
    }
    const [from, to] = items;
    const isInterval =
      items.length === 2 &&
      (left === '[' || right === ']' || from!.kind === 'infinity' || to!.kind === 'infinity');
    if (isInterval && from && to) {
      return { kind: 'interval', from, to, closed: [left === '[', right === ']'] };
    }
    if (left !== '(' || right !== ')') throw new Unreadable();
    return { kind: 'tuple', items };
  }

  #expression(): MathValue {
    this.#space();
    const infinite = /^([+-]?)\s*infinity\b/.exec(this.#rest());
    if (infinite) {
      this.#at += infinite[0].length;
      return { kind: 'infinity', sign: infinite[1] === '-' ? -1 : 1 };
    }
    return this.#sum();
  }

  #sum(): MathNumber {
    this.#enter();
    let value = this.#term();
    for (;;) {
      if (this.#take('+')) value = sum(value, this.#term());
      else if (this.#take('-')) value = sum(value, negate(this.#term()));
      else break;
    }
    this.#depth--;
    return value;
  }

  #term(): MathNumber {
    let value = this.#factor();
    for (;;) {
      if (this.#take('*')) value = product(value, this.#factor());
      else if (this.#take('/')) value = quotient(value, this.#factor());
      else if (this.#startsFactor()) {
        // "2 1/2" and "2 \frac{1}{2}" are mixed numbers, "2\sqrt{3}" and "2(3)" products.
        const mixed = /^\s*(?:\\frac|\d+\s*\/\s*\d+)/.test(this.#rest()) && isWhole(value);
        const next = this.#factor();
        if (mixed) {
          const part = this.#take('/') ? quotient(next, this.#factor()) : next;
          value = asNumber(value) < 0 ? sum(value, negate(part)) : sum(value, part);
        } else if (/\d\s*$/.test(this.#text.slice(0, this.#at)) && next.kind === 'exact' && this.#wasNumber) {
          throw new Unreadable(); // two numbers side by side
        } else value = product(value, next);
      } else return value;
    }
  }

  #wasNumber = false;

  #startsFactor(): boolean {
    return /^\s*(?:\d|\.\d|\\frac|\\sqrt|\(|\{|pi\b|e\b)/.test(this.#rest());
  }

  #factor(): MathNumber {
    this.#enter();
    let value: MathNumber;
    if (this.#take('-')) value = negate(this.#factor());
    else if (this.#take('+')) value = this.#factor();
    else {
      value = this.#base();
      if (this.#take('^')) value = raise(value, this.#factor());
      for (;;) {
        if (this.#take('%')) value = quotient(value, exact(100n));
        else if (this.#take('!')) value = factorial(value);
        else break;
      }
    }
    this.#depth--;
    return value;
  }

  #base(): MathNumber {
    this.#space();
    const rest = this.#rest();
    this.#wasNumber = false;
    const digits = /^(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?|^\.\d+/.exec(rest)?.[0];
    if (digits !== undefined) {
      this.#at += digits.length;
      this.#wasNumber = true;
      const value = parseDecimal(digits.replaceAll(',', ''));
      if (value === null) throw new Unreadable();
      return { kind: 'exact', value };
    }
    const constant = /^(?:pi|e)(?![A-Za-z])/.exec(rest)?.[0];
    if (constant !== undefined) {
      this.#at += constant.length;
      return { kind: 'real', value: constant === 'pi' ? Math.PI : Math.E };
    }
    if (rest.startsWith('\\frac')) {
      this.#at += 5;
      const above = this.#argument();
      return quotient(above, this.#argument());
    }
    if (rest.startsWith('\\sqrt') || /^sqrt(?![A-Za-z])/.test(rest)) {
      this.#at += rest.startsWith('\\') ? 5 : 4;
      let index = 2n;
      if (this.#take('[')) {
        const root = this.#sum();
        if (!isWhole(root) || !this.#take(']')) throw new Unreadable();
        index = root.value.n;
      }
      return rootOf(this.#argument(), index);
    }
    for (const [open, close] of ['()', '{}', '||']) {
      if (!this.#take(open!)) continue;
      const value = this.#sum();
      if (!this.#take(close!)) throw new Unreadable();
      return open === '|' && asNumber(value) < 0 ? negate(value) : value;
    }
    throw new Unreadable();
  }

  /** What a command is applied to: a group, or the next digit as in `\frac12`. */
  #argument(): MathNumber {
    this.#space();
    const rest = this.#rest();
    if (/^\d/.test(rest)) {
      this.#at++;
      return exact(BigInt(rest[0]!));
    }
    return this.#base();
  }

  #take(symbol: string): boolean {
    this.#space();
    if (!this.#text.startsWith(symbol, this.#at)) return false;
    this.#at += symbol.length;
    return true;
  }

  #space(): void {
    while (this.#text[this.#at] === ' ') this.#at++;
  }

  #rest(): string {
    return this.#text.slice(this.#at);
  }

  #enter(): void {
    if (++this.#depth > MAX_DEPTH) throw new Unreadable();
  }
}

const exact = (n: bigint): MathNumber & { kind: 'exact' } => ({ kind: 'exact', value: { n, d: 1n } });

function isWhole(value: MathNumber): value is MathNumber & { kind: 'exact' } {
  return value.kind === 'exact' && value.value.d === 1n;
}

function checked(value: MathNumber | null): MathNumber {
  if (value === null || (value.kind === 'real' && !Number.isFinite(value.value))) throw new Unreadable();
  return value;
}

function combine(
  a: MathNumber,
  b: MathNumber,
  exactly: typeof add,
  roughly: (x: number, y: number) => number,
): MathNumber {
  if (a.kind === 'exact' && b.kind === 'exact') {
    const value = exactly(a.value, b.value);
    return checked(value && { kind: 'exact', value });
  }
  return checked({ kind: 'real', value: roughly(asNumber(a), asNumber(b)) });
}

const sum = (a: MathNumber, b: MathNumber): MathNumber => combine(a, b, add, (x, y) => x + y);
const product = (a: MathNumber, b: MathNumber): MathNumber => combine(a, b, multiply, (x, y) => x * y);
const quotient = (a: MathNumber, b: MathNumber): MathNumber => combine(a, b, divide, (x, y) => x / y);
const negate = (a: MathNumber): MathNumber => negated(a) as MathNumber;

function raise(base: MathNumber, exponent: MathNumber): MathNumber {
  if (base.kind === 'exact' && isWhole(exponent)) {
    const value = power(base.value, exponent.value.n);
    return checked(value && { kind: 'exact', value });
  }
  if (base.kind === 'exact' && exponent.kind === 'exact' && exponent.value.d < 100n) {
    const root = exactRoot(base.value, exponent.value.d);
    const value = root && power(root, exponent.value.n);
    if (value) return { kind: 'exact', value };
  }
  return checked({ kind: 'real', value: asNumber(base) ** asNumber(exponent) });
}

function rootOf(value: MathNumber, index: bigint): MathNumber {
  if (index < 1n || index > 100n) throw new Unreadable();
  const whole = value.kind === 'exact' ? exactRoot(value.value, index) : null;
  if (whole) return { kind: 'exact', value: whole };
  const x = asNumber(value);
  const size = Math.abs(x) ** (1 / Number(index));
  if (x < 0 && index % 2n === 0n) throw new Unreadable();
  return checked({ kind: 'real', value: x < 0 ? -size : size });
}

function factorial(value: MathNumber): MathNumber {
  if (!isWhole(value) || value.value.n < 0n || value.value.n > 100n) throw new Unreadable();
  let result = 1n;
  for (let i = 2n; i <= value.value.n; i++) result *= i;
  const exactly = rational(result);
  return checked(exactly && { kind: 'exact', value: exactly });
}
