/**
 * Cuts an answer in LaTeX or plain text into tokens, in one pass. What only spaces, sizes or styles is left out, the
 * many spellings of one sign become one, words are told from products of letters, and digits with thousands separators
 * become one number.
 */
import { Exhausted, MAX_LENGTH } from './budget.ts';
import {
  ALIASES,
  isCounted,
  NAMED_SIGNS,
  NOTHING,
  OPERATOR_COMMANDS,
  PLAIN_NAMES,
  SIGNS,
  TEXT_COMMANDS,
  unitOf,
} from './names.table.ts';

export interface Token {
  /**
   * `number`: digits; `name`: an unknown, constant or function; `word`: text; `unit`: a unit or counted thing;
   * `command`: a LaTeX command with arguments; `sign`: anything else. `{{` and `}}` are braces that are written out.
   */
  readonly kind: 'number' | 'name' | 'word' | 'unit' | 'command' | 'sign';
  readonly text: string;
  /** Whether white space stood before it. */
  readonly spaced: boolean;
}

export interface TokenOptions {
  /** How a comma between digits is read: `1,234` as one number where that is possible, as two, or as 1.234. */
  readonly commas: 'thousands' | 'list' | 'decimal';
  /** Whether a letter that stands apart behind a number is the unit it may be: `5 m`, `5 m/s`. */
  readonly letterUnits?: boolean;
}

const THOUSANDS = /\d{1,3}(?:(?:,|\s?\{\s?,\s?\}\s?|,?\s?\\[!,;: ]\s{0,2})\d{3})+(?!\d|,\d)(?:\.\d+)?/y;
const SPACED_THOUSANDS = /\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d,])(?:\.\d+)?/y;
const PLAIN_COMMAS = /\d{1,3}(?:,\d{3})+(?![\d]|,\d)(?:\.\d+)?/y;
const DECIMAL_COMMA = /\d+,\d+(?![\d,.])/y;
const NUMBER = /(?:\d+\.(?=\\(?:overline|bar)\b)|\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+(?![\dA-Za-z.]))?/y;
const COMMAND = /\\(?:[A-Za-z]+|.)/suy;
const HALF_OF_DAY = /[ap](?:\.\s?m\.?|m)(?![A-Za-z])/iy;
const LETTERS = /[A-Za-z]+/y;
const LONG_SIGNS = /<=|>=|=<|!=|==|=>|->|\*\*|&/y;
const VOWEL = /[aeiouy]/i;

/** Throws Exhausted when the text is longer than an answer may be. */
export function tokenize(text: string, options: TokenOptions = { commas: 'thousands' }): Token[] {
  if (text.length > MAX_LENGTH) throw new Exhausted(`it has more than ${MAX_LENGTH} characters`);
  const lexer = new Lexer(text, options);
  return lexer.all();
}

class Lexer {
  readonly #text: string;
  readonly #options: TokenOptions;
  readonly #commas: TokenOptions['commas'];
  readonly #tokens: Token[] = [];
  #at = 0;
  #spaced = false;
  /** Inside `\begin...\end`, where `\\` ends a row. */
  #environments = 0;
  #brackets = 0;

  constructor(text: string, options: TokenOptions) {
    this.#text = text;
    this.#options = options;
    this.#commas = options.commas;
  }

  all(): Token[] {
    while (this.#at < this.#text.length) this.#next();
    return this.#tokens;
  }

  #push(kind: Token['kind'], text: string): void {
    this.#tokens.push({ kind, text, spaced: this.#spaced });
    this.#spaced = false;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return null;
    this.#at += found.length;
    return found;
  }

  #next(): void {
    const char = this.#text[this.#at]!;
    if (/[\s~]/.test(char)) {
      this.#at++;
      this.#spaced = true;
    } else if (/\d/.test(char) || (char === '.' && /\d/.test(this.#text[this.#at + 1] ?? ''))) this.#number();
    else if (char === '\\') this.#command();
    else if (/[A-Za-z]/.test(char)) this.#letters();
    else this.#sign(char);
  }

  #number(): void {
    const found = this.#groups() ?? this.#match(NUMBER);
    if (found === null) {
      this.#at++;
      return;
    }
    let digits = found.replace(/\\[!,;: ]|[\s\u00a0\u202f{}]/g, '');
    digits =
      this.#commas === 'decimal' && /^\d+,\d+$/.test(digits)
        ? digits.replace(',', '.')
        : digits.replaceAll(',', '');
    this.#push('number', digits);
  }

  #groups(): string | null {
    // In `2^1 000`, after a subscript or in a decimal such as `3.142 857` the groups are none.
    if (this.#commas === 'decimal') {
      const decimal = this.#match(DECIMAL_COMMA);
      if (decimal !== null) return decimal;
    }
    const pattern = this.#commas === 'thousands' && this.#brackets === 0 ? null : PLAIN_COMMAS;
    if (pattern !== null) {
      // Inside brackets, or where lists are asked for, a bare comma separates; LaTeX's separators still join.
      pattern.lastIndex = this.#at;
      if (pattern.test(this.#text)) return null;
    }
    return this.#match(THOUSANDS) ?? this.#match(SPACED_THOUSANDS);
  }

  #command(): void {
    const found = this.#match(COMMAND) ?? '';
    if (found === '') {
      this.#at++;
      return;
    }
    let name = found.slice(1);
    if (name === '\\') {
      // A row's end inside an environment; elsewhere often a backslash that was escaped once too often.
      const next = /[A-Za-z]/.test(this.#text[this.#at] ?? '');
      if (this.#environments > 0 || !next) {
        this.#push('sign', '\\\\');
        return;
      }
      name = this.#match(LETTERS) ?? '';
    }
    if (name === '{' || name === '}') this.#bracket(name + name);
    else if (name === '|') this.#push('sign', '‖');
    else if (name === '%') this.#push('unit', '%');
    else if (name === '$') this.#push('unit', '$');
    else if (name === '&' || name === '#' || name === '_') this.#push('sign', name);
    else if (!/[A-Za-z]/.test(name)) this.#spaced = true;
    else this.#named(name);
  }

  #named(name: string): void {
    const sign = OPERATOR_COMMANDS[name];
    if (Object.hasOwn(OPERATOR_COMMANDS, name) && sign !== undefined) {
      this.#bracket(sign);
    } else if (name === 'begin' || name === 'end') {
      this.#environments += name === 'begin' ? 1 : -1;
      this.#push('command', `${name} ${this.#braced() ?? ''}`);
      // `\begin{array}{cc}` says how columns are set.
      if (name === 'begin' && this.#text[this.#at] === '{') this.#braced();
    } else if (TEXT_COMMANDS.has(name)) this.#words(name);
    else if (name === 'circ' || name === 'degree') this.#degree();
    else if (name === 'mathbb') this.#numberSet(this.#braced() ?? this.#text[this.#at++] ?? '');
    else if (NOTHING.has(name)) {
      // `\left.` and `\right.` close nothing.
      if (/^(?:left|right)$/.test(name) && this.#text[this.#at] === '.') this.#at++;
      if (name.endsWith('quad') && !/^\s*(?:\\text|and|or|,)/.test(this.#text.slice(this.#at, this.#at + 40)))
        this.#spaced = true;
    } else if (/^[dtc]?frac$/.test(name)) this.#push('command', 'frac');
    else if (/^[dt]?binom$/.test(name)) this.#push('command', 'binom');
    else if (/^(?:sqrt|choose|boxed|fbox|overline|bar|pmod|bmod|mod|sum|prod|int|lim)$/.test(name)) {
      this.#push('command', name === 'bar' ? 'overline' : name);
    } else if (/^quad[a-zA-Z]$/.test(name)) this.#push('name', name.slice(4));
    else this.#push('name', ALIASES[name] ?? name);
  }

  /** The text of a braced group, braces matched; null when none opens here. */
  #braced(): string | null {
    let at = this.#at;
    while (this.#text[at] === ' ') at++;
    if (this.#text[at] !== '{') return null;
    let depth = 0;
    for (let end = at; end < this.#text.length; end++) {
      const char = this.#text[end];
      if (char === '\\') end++;
      else if (char === '{') depth++;
      else if (char === '}' && --depth === 0) {
        this.#at = end + 1;
        return this.#text.slice(at + 1, end);
      }
    }
    return null;
  }

  #words(command: string): void {
    const inner = this.#braced();
    if (inner === null) return;
    const text = inner.replace(/\\[ ,;:!]|[~$]/g, ' ').trim();
    const low = text.toLowerCase().replace(/[.,]+$/, '');
    if (text === '') this.#spaced = true;
    else if (/^(?:,?\s*(?:and|or),?|,)$/.test(low)) this.#push('sign', low.includes('or') ? 'or' : 'and');
    else if (this.#afterValue() && /^[ap]\.?\s?m$/.test(low)) this.#push('unit', `${low[0]}m`);
    else if (this.#afterValue() && unitOf(low)) this.#push('unit', low);
    else if (command === 'operatorname' || command === 'mathop' || PLAIN_NAMES.has(text)) {
      this.#push('name', ALIASES[text] ?? text);
    } else if (text.length === 1 && /[A-Za-z]/.test(text) && !this.#afterValue()) this.#push('name', text);
    else if (command === 'mathrm' && /^[A-Z]{2,}$/.test(text))
      for (const letter of text) this.#push('name', letter);
    else if (/^[-\d\s.,/%\\(){}^+*=<>]+$/.test(text) || /\\(?:frac|sqrt|begin)/.test(text)) {
      // Numbers and formulas set as text.
      for (const token of new Lexer(text, this.#options).all()) this.#tokens.push(token);
    } else this.#textTokens(text);
  }

  /** Words in a text command: units behind a value, separators where they say "and", else one text. */
  #textTokens(text: string): void {
    const parts = text.split(/\s*(?:,\s*)?\b(and|or)\b\s*/i);
    parts.forEach((part, i) => {
      if (i % 2 === 1) {
        this.#push('sign', part.toLowerCase());
        return;
      }
      const bare = part.trim();
      if (bare === '') return;
      if (this.#afterValue()) this.#push('unit', bare);
      else this.#push('word', bare);
    });
  }

  /** Whether what came last can carry a unit. */
  #afterValue(): boolean {
    const last = this.#tokens.at(-1);
    if (last === undefined) return false;
    return (
      last.kind === 'number' || last.kind === 'unit' || last.kind === 'name' || /^[)\]}|]/.test(last.text)
    );
  }

  #degree(): void {
    const last = this.#tokens.at(-1);
    const before = this.#tokens.at(-2);
    if (last?.text === '^' && last.kind === 'sign') this.#tokens.pop();
    else if (last?.text === '{' && before?.text === '^') {
      this.#tokens.splice(-2);
      while (this.#text[this.#at] === ' ') this.#at++;
      if (this.#text[this.#at] === '}') this.#at++;
    }
    this.#push('unit', 'degree');
  }

  #numberSet(letter: string): void {
    const sets: Readonly<Record<string, string>> = {
      R: 'reals',
      Z: 'integers',
      N: 'naturals',
      Q: 'rationals',
    };
    this.#push('name', sets[letter.trim()] ?? `set ${letter.trim()}`);
  }

  #letters(): void {
    const start = this.#at;
    const half = this.#halfOfDay();
    if (half !== null) {
      this.#push('unit', half);
      return;
    }
    const run = this.#match(LETTERS)!;
    const low = run.toLowerCase();
    const last = this.#tokens.at(-1);
    if (low === 'and' || low === 'or') this.#push('sign', low);
    else if (low === 'pm') this.#push('sign', '±');
    else if (PLAIN_NAMES.has(run)) this.#push('name', ALIASES[run] ?? run);
    else if (low === 'infinity' || low === 'infty') this.#push('name', 'infinity');
    else if (run.length > 1 && last && this.#afterValue() && (unitOf(run) || isCounted(run)))
      this.#push('unit', low);
    else if (this.#options.letterUnits && /^[msghlL]$/.test(run) && this.#spaced && last?.kind === 'number') {
      this.#push('unit', low);
    } else if (/^(?:or|and)[A-Z]$/.test(run)) {
      this.#push('sign', run.slice(0, -1));
      this.#push('name', run.at(-1)!);
    } else if (isWord(run)) this.#plainWords(start);
    else this.#products(run);
  }

  /** "pm" or "p.m." behind the minutes of a time, or behind a number that nothing follows; `2 pm 3` is a sum. */
  #halfOfDay(): string | null {
    const last = this.#tokens.at(-1);
    if (last?.kind !== 'number') return null;
    HALF_OF_DAY.lastIndex = this.#at;
    const found = HALF_OF_DAY.exec(this.#text)?.[0];
    if (found === undefined) return null;
    const rest = this.#text.slice(this.#at + found.length, this.#at + found.length + 20);
    const ends = this.#spaced && /^\s*(?:$|[.,;)}$\\]|and\b|or\b)/.test(rest);
    if (!ends && this.#tokens.at(-2)?.text !== ':') return null;
    this.#at += found.length;
    return `${found[0]!.toLowerCase()}m`;
  }

  /** `xy` is a product; `2sqrt`, `xsin` and `7or` have a name or word inside. */
  #products(run: string): void {
    const inner = /^(.*?)(sqrt|sin|cos|tan|log|ln|pi|or)$/.exec(run);
    const letters = inner ? inner[1]! : run;
    for (const letter of letters) this.#push('name', letter);
    if (inner?.[2] === 'or') this.#push('sign', 'or');
    else if (inner) this.#push('name', inner[2]!);
  }

  /** Words that follow each other are one text. */
  #plainWords(start: number): void {
    const words = /[A-Za-z]+(?:[-' ][A-Za-z]+)*/y;
    words.lastIndex = start;
    const all = words.exec(this.#text)![0];
    const parts = all.split(/\s+(?:and|or)\s+/);
    const taken = parts.length > 1 ? parts[0]! : all;
    this.#at = start + taken.length;
    this.#push(this.#afterValue() ? 'unit' : 'word', taken);
  }

  #bracket(sign: string): void {
    if (/^(?:\(|\[|\{\{)$/.test(sign)) this.#brackets++;
    else if (/^(?:\)|\]|\}\})$/.test(sign)) this.#brackets--;
    this.#push('sign', sign);
  }

  #sign(char: string): void {
    const long = this.#match(LONG_SIGNS);
    if (long !== null) {
      const meaning: Readonly<Record<string, string>> = {
        '<=': '≤',
        '=<': '≤',
        '>=': '≥',
        '!=': '≠',
        '==': '=',
        '=>': '⇒',
        '->': '→',
        '**': '^',
      };
      this.#push('sign', meaning[long] ?? long);
      return;
    }
    const code = this.#text.codePointAt(this.#at)!;
    const full = String.fromCodePoint(code);
    this.#at += full.length;
    if (char === '$' || char === '`' || char === '"') return;
    if (NAMED_SIGNS[full] !== undefined) this.#push('name', NAMED_SIGNS[full]);
    else if (full === '°') this.#push('unit', 'degree');
    else if (full === '%') this.#push('unit', '%');
    else if (/[€£¢]/.test(full)) this.#push('unit', full);
    else if (/[²³]/.test(full)) {
      this.#push('sign', '^');
      this.#push('number', full === '²' ? '2' : '3');
    } else if (full === '½') this.#fraction('1', '2');
    else if (full === '¼') this.#fraction('1', '4');
    else if (full === '¾') this.#fraction('3', '4');
    else if (full === '√') this.#push('command', 'sqrt');
    else if (full === '≤' || full === '⩽') this.#push('sign', '≤');
    else if (full === '≥' || full === '⩾') this.#push('sign', '≥');
    else this.#bracket(SIGNS[full] ?? full);
  }

  #fraction(n: string, d: string): void {
    this.#push('command', 'frac');
    for (const text of ['{', n, '}', '{', d, '}']) this.#push(/\d/.test(text) ? 'number' : 'sign', text);
  }
}

/** Letter runs that are words rather than products: three letters or more with a vowel, not in alphabetic order. */
function isWord(run: string): boolean {
  if (run.length < 3 || !VOWEL.test(run)) return false;
  if (/(?:sqrt|sin|cos|tan|log|ln|or)$/.test(run) && run.length < 5) return false;
  return ![...run].every((letter, i) => i === 0 || letter > run[i - 1]!);
}
