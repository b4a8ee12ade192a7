/**
 * Reads a whole answer: a list of values, sets, tuples, intervals, unions, equations, inequalities, ratios or words.
 *
 *   answer   := group (';' group)*            group := item ((',' | 'and' | 'or') item)*
 *   item     := side (('=' | '<' | '∈' | ...) side)*
 *   side     := part ((':' part)* | (('∪' | '∩' | '∖') part)*)
 *   part     := set | tuple | interval | words | expression
 *
 * `±` stands for two values: its item is read twice. What fits no rule is kept as a text.
 */
import { type Answer, EMPTY_SET, type HalfOfDay, plain } from './answer.ts';
import { Budget } from './budget.ts';
import { type Expression, INFINITY, mentions, minus, number, sameNumber } from './expression.ts';
import { numberInWords } from './number-words.ts';
import { parseSum } from './parse-expression.ts';
import { relationOf, SIGNS_OF_RELATION } from './parse-relation.ts';
import { Reader, Unreadable } from './reader.ts';
import { type Token, type TokenOptions, tokenize } from './tokens.ts';
import { readUnit } from './unit.ts';

/**
 * The readings of a text, the likeliest first: `1,234` may be a number or two, and where a comma is the decimal sign
 * `1,22` is one number; `5 m` may be five times m or, since white space stands between, five metres. Throws Exhausted for
 * texts and nestings beyond measure.
 */
export function readAnswer(written: string, budget: Budget = new Budget()): Answer[] {
  // "two and a half" would be a list.
  const words = inWords(written);
  if (words !== null) return [words];
  const text = withoutOrdinals(written);
  const readings = [readTokens(tokenize(text), budget)];
  if (/\d\s+[msghlL](?![A-Za-z(_])/.test(text))
    readings.push(readTokens(tokenize(text, { commas: 'thousands', letterUnits: true }), budget));
  if (!/\d(?:,|\{,\})\d/.test(text)) return readings;
  const others: TokenOptions['commas'][] = /^[^\d([{]*\d+,\d{2,}(?![\d,])[^\d]*$/.test(text)
    ? ['list', 'decimal']
    : ['list'];
  for (const commas of others) readings.push(readTokens(tokenize(text, { commas }), budget));
  return readings;
}

function inWords(text: string): Answer | null {
  const found = numberInWords(text);
  return found && plain(number(found.value), readUnit(found.unit.split(' ')));
}

const ORDINAL =
  /(?<=\d)\s?\^\s?(?:\{\s?(?:\\(?:text|textrm|mathrm|rm)\s?)?\{?(st|nd|rd|th)\s?\}?\s?\}|\\(?:text|textrm|mathrm)\{(st|nd|rd|th)\})|(?<=\d)(st|nd|rd|th)(?![A-Za-z])/g;

/** `12^{th}` and `12th` are the number: an ending that fits it is no power or product. */
export function withoutOrdinals(text: string): string {
  return text.replace(ORDINAL, (all, ...groups: (string | undefined)[]) => {
    const at = Number(groups[3]);
    const [tens = '', ones = ''] = text.slice(0, at).padStart(2, '0').slice(-2);
    const fits = tens === '1' ? 'th' : (['th', 'st', 'nd', 'rd'][Number(ones)] ?? 'th');
    return groups.slice(0, 3).includes(fits) ? '' : all;
  });
}

/** Tokens that end an answer without belonging to it. */
const isHead = ({ kind, text }: Token): boolean =>
  kind === 'sign' && /^(?:[.,;=≈]|and|or|\\\\|⇒)$/.test(text);
const isTail = ({ kind, text }: Token): boolean => kind === 'sign' && /^(?:[.,;]|and|or|\\\\|⇒)$/.test(text);

function readTokens(all: Token[], budget: Budget): Answer {
  const tokens = [...all];
  while (tokens.length > 0 && isTail(tokens.at(-1)!)) tokens.pop();
  while (tokens.length > 0 && isHead(tokens[0]!)) tokens.shift();
  // "a = b \Rightarrow c": what follows last.
  const arrow = tokens.findLastIndex(({ kind, text }) => kind === 'sign' && text === '⇒');
  const reader = new Reader(tokens.slice(arrow + 1), budget);
  const before = reader.depth;
  try {
    const answer = readGroups(reader);
    if (!reader.done) throw new Unreadable();
    return answer;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    reader.retreat(0, before);
    return asText(reader.tokens);
  }
}

function asText(tokens: readonly Token[]): Answer {
  const text = tokens.map(({ text: part, spaced }) => (spaced ? ` ${part}` : part)).join('');
  const words =
    tokens.some(({ kind }) => kind === 'word') &&
    tokens.every(({ kind, text: t }) => kind !== 'sign' || /^(?:[.,;:'\-()…!]|and|or)$/.test(t)) &&
    tokens.every(({ kind }) => kind !== 'command');
  return { kind: 'text', text: text.trim(), words };
}

function readGroups(reader: Reader): Answer {
  const groups: Answer[][] = [readGroup(reader)];
  let alternatives = reader.joinedByOr;
  while (reader.take(';')) {
    groups.push(readGroup(reader));
    alternatives ||= reader.joinedByOr;
  }
  if (groups.length > 1 && groups.some((group) => group.length > 1)) {
    // "p = 5, q = 2; p = 7, q = 2" is "(5, 2), (7, 2)".
    return { kind: 'list', items: groups.map((items) => ({ kind: 'tuple', items: items.map(unnamed) })) };
  }
  const items = groups.flat();
  return items.length === 1 ? items[0]! : { kind: 'list', items, alternatives };
}

const unnamed = (answer: Answer): Answer => (answer.kind === 'named' ? answer.value : answer);

/** Items up to a semicolon or the end; a `±` gives two. Says in `joinedByOr` whether an "or" was among their joints. */
function readGroup(reader: Reader): Answer[] {
  const items: Answer[] = [];
  let or = false;
  const takeJoint = (): boolean => {
    const isOr = reader.take('or');
    or ||= isOr;
    return isOr || reader.take(',') || reader.take('and');
  };
  do {
    // "1, 2, and 3"
    while (takeJoint());
    items.push(...readItems(reader));
    reader.budget.spend(1);
  } while (takeJoint() || (reader.peek()?.spaced && reader.sees('(')));
  reader.joinedByOr = or;
  return items;
}

/** One item, or two where it holds a `±`. */
function readItems(reader: Reader): Answer[] {
  const start = reader.at;
  reader.metPlusMinus = false;
  const first = readItem(reader);
  if (!reader.metPlusMinus || reader.plusMinus === -1) return [first];
  const depth = reader.depth;
  reader.retreat(start, depth);
  reader.plusMinus = -1;
  const second = readItem(reader);
  reader.plusMinus = 1;
  const [one, other] = [unnamed(first), unnamed(second)];
  // Nothing has no sign.
  if (
    one.kind === 'expression' &&
    other.kind === 'expression' &&
    sameNumber(one.expression, other.expression)
  )
    return [first];
  return first.kind === 'named' && second.kind === 'named' ? [first, second.value] : [first, second];
}

function readItem(reader: Reader): Answer {
  return reader.deeper(() => {
    const sides = [readSide(reader)];
    const signs: string[] = [];
    for (;;) {
      const token = reader.peek();
      if (token?.kind !== 'sign' || !SIGNS_OF_RELATION.has(token.text)) break;
      reader.at++;
      signs.push(token.text);
      sides.push(readSide(reader));
    }
    return signs.length === 0 ? sides[0]! : relationOf(sides, signs);
  });
}

function readSide(reader: Reader): Answer {
  const first = readPart(reader);
  if (reader.sees(':')) return readRatio(reader, first);
  const token = reader.peek();
  if (token?.kind !== 'sign' || !/^[∪∩∖]$/.test(token.text)) return first;
  let value = first;
  for (;;) {
    const sign = reader.peek()?.text;
    if (reader.peek()?.kind !== 'sign' || (sign !== '∪' && sign !== '∩' && sign !== '∖')) return value;
    reader.at++;
    reader.budget.spend(1);
    const next = readPart(reader);
    const joins = value.kind === 'combined' && value.sign === sign && sign !== '∖';
    const parts = joins && value.kind === 'combined' ? [...value.parts, next] : [value, next];
    value = { kind: 'combined', sign, parts };
  }
}

function readRatio(reader: Reader, first: Answer): Answer {
  const start = reader.at - 1;
  const parts: Expression[] = [expressionOf(first)];
  while (reader.take(':')) parts.push(reader.take('…') ? { kind: 'symbol', name: '…' } : parseSum(reader));
  // "12:05" is a time: two digits behind the colon.
  const [hours, , minutes] = reader.tokens.slice(start, start + 3);
  const clock =
    parts.length === 2 && /^\d{1,2}$/.test(hours?.text ?? '') && /^[0-5]\d$/.test(minutes?.text ?? '');
  const half = clock
    ? reader.units.find((unit): unit is HalfOfDay => unit === 'am' || unit === 'pm')
    : undefined;
  return { kind: 'ratio', parts, clock, half };
}

function expressionOf(answer: Answer): Expression {
  if (answer.kind !== 'expression') throw new Unreadable();
  return answer.expression;
}

function readPart(reader: Reader): Answer {
  const token = reader.peek();
  if (token === undefined) throw new Unreadable();
  // A number in a base may have letters and a sign.
  const digits = reader.sees('-') ? 1 : 0;
  const first = reader.peek(digits);
  const isDigits = first?.kind === 'number' || (first?.kind === 'word' && /^[\dA-F]{2,}$/.test(first.text));
  if (isDigits && reader.sees('_', digits + 1)) return readBased(reader);
  if (token.kind === 'word' || (token.kind === 'unit' && !/^[$€£]$/.test(token.text)))
    return readWords(reader);
  if (reader.take('∅')) return EMPTY_SET;
  if (token.kind === 'name' && token.text === 'reals' && !reader.sees('^', 1)) {
    reader.at++;
    return { kind: 'interval', from: minus(INFINITY), to: INFINITY, closed: [false, false] };
  }
  if (reader.sees('{{')) return readSet(reader);
  if (reader.sees('{') && reader.bracket()?.separated) return readBraces(reader);
  const bracket = reader.sees('(') || reader.sees('[') || reader.sees('⟨') ? reader.bracket() : null;
  if (bracket && (bracket.separated || reader.sees('⟨'))) return readTuple(reader);
  reader.units = [];
  const expression = parseSum(reader);
  // Words behind a value say what it counts.
  while (reader.peek()?.kind === 'word' || reader.peek()?.kind === 'unit') {
    reader.units.push(reader.peek()!.text);
    reader.at++;
  }
  if (mentions(expression, 'infinity') && expression.kind === 'matrix') throw new Unreadable();
  return plain(expression, readUnit(reader.units));
}

function readWords(reader: Reader): Answer {
  const words: string[] = [];
  for (;;) {
    const token = reader.peek();
    const joined =
      token?.kind === 'word' ||
      token?.kind === 'name' ||
      token?.kind === 'unit' ||
      (token?.kind === 'sign' && token.text === '-');
    if (!token || !joined) break;
    words.push(token.text);
    reader.at++;
  }
  const text = words.join(' ');
  return inWords(text) ?? { kind: 'text', text, words: true };
}

function readSet(reader: Reader): Answer {
  const close = reader.bracket()?.close;
  if (close === undefined) throw new Unreadable();
  reader.at++;
  if (reader.take('}}')) return EMPTY_SET;
  // "{ x : x > 0 }": what stands behind the colon or the single bar.
  const inside = reader.tokens.slice(reader.at, close);
  const bars = inside.filter(({ kind, text }) => kind === 'sign' && text === '|').length;
  const mark = inside.findIndex(
    ({ kind, text }) => kind === 'sign' && (text === ':' || (text === '|' && bars === 1)),
  );
  if (mark >= 0) {
    reader.at += mark + 1;
    const condition = readItem(reader);
    if (reader.at !== close) throw new Unreadable();
    reader.at++;
    return condition;
  }
  const items = readGroup(reader);
  while (reader.take(';')) items.push(...readGroup(reader));
  reader.expect('}}', '}');
  return { kind: 'set', items };
}

/** `{1, 3}` with LaTeX's silent braces: a list. */
function readBraces(reader: Reader): Answer {
  reader.expect('{');
  const items = readGroup(reader);
  while (reader.take(';')) items.push(...readGroup(reader));
  reader.expect('}');
  return { kind: 'list', items, braced: true };
}

function readTuple(reader: Reader): Answer {
  const left = reader.expect('(', '[', '⟨');
  const items = readGroup(reader);
  while (reader.take(';')) items.push(...readGroup(reader));
  const right = reader.expect(')', ']', '⟩');
  const [from, to] = items;
  if (items.length === 2 && from?.kind === 'expression' && to?.kind === 'expression' && left !== '⟨') {
    const infinite = mentions(from.expression, 'infinity') || mentions(to.expression, 'infinity');
    if (left === '[' || right === ']' || infinite) {
      return {
        kind: 'interval',
        from: from.expression,
        to: to.expression,
        closed: [left === '[', right === ']'],
      };
    }
  }
  if ((left === '(' && right === ')') || (left === '⟨' && right === '⟩') || (left === '[' && right === ']')) {
    return { kind: 'tuple', items };
  }
  throw new Unreadable();
}

function readBased(reader: Reader): Answer {
  const sign = reader.take('-') ? '-' : '';
  const digits = reader.peek()!.text;
  reader.at += 2;
  const braces = reader.take('{');
  const base = reader.peek();
  if (base?.kind !== 'number') throw new Unreadable();
  reader.at++;
  if (braces) reader.expect('}');
  return { kind: 'based', digits: `${sign}${digits.replace(/^0+(?=\d)/, '')}`, base: base.text };
}
