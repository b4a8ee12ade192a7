/**
 * Reads one arithmetic or algebraic expression from tokens.
 *
 *   sum     := product (('+' | '-' | '±' | '∓') product)*
 *   product := signed (('*' | '/' | nothing) signed)*        "nothing": side by side
 *   signed  := ('-' | '+' | '±' | '∓')* powered
 *   powered := base ('^' exponent)? ('!' | unit)*
 *   base    := number | name | \frac | \sqrt | \binom | function | matrix | brackets | bars
 *
 * A whole number before a fraction of numbers is a mixed number. Whatever does not fit throws Unreadable.
 */

import {
  type Expression,
  isWhole,
  minus,
  number,
  over,
  plus,
  rootOf,
  symbol,
  times,
  toPower,
  whole,
} from './expression.ts';
import { FUNCTIONS } from './names.table.ts';
import { parseBig } from './parse-big.ts';
import { type ArgumentRules, parseCall } from './parse-call.ts';
import { parseMatrix } from './parse-matrix.ts';
import { parseDecimal } from './rational.ts';
import { type Reader, Unreadable } from './reader.ts';
import type { Token } from './tokens.ts';

/** Names that take their argument in parentheses although they are no known function. */
const UNKNOWN_FUNCTIONS = /^[fghFGHO](?:'*)(?:_\w+)?$|^Theta$/;

/** Where a fraction has both numbers written as whole numbers, whatever brackets stand around: for mixed numbers. */
const isDigits = (token: Token | undefined): boolean => token?.kind === 'number' && /^\d+$/.test(token.text);

export function parseSum(reader: Reader): Expression {
  return reader.deeper(() => {
    let value = parseProduct(reader);
    for (;;) {
      if (reader.take('+')) value = plus(value, parseProduct(reader));
      else if (reader.take('-')) value = plus(value, minus(parseProduct(reader)));
      else if (reader.sees('±') || reader.sees('∓')) {
        const sign = plusMinus(reader);
        const next = parseProduct(reader);
        value = plus(value, sign === 1 ? next : minus(next));
      } else return value;
    }
  });
}

/** Takes a `±` or `∓` and gives the sign it has in this pass. */
function plusMinus(reader: Reader): 1 | -1 {
  reader.metPlusMinus = true;
  if (reader.take('±')) return reader.plusMinus;
  reader.expect('∓');
  return reader.plusMinus === 1 ? -1 : 1;
}

function parseProduct(reader: Reader): Expression {
  let value = parseSigned(reader);
  for (;;) {
    const start = reader.at;
    if (reader.take('*')) value = times(value, parseSigned(reader));
    else if (reader.sees('/') || reader.seesCommand('/')) {
      reader.at++;
      value = over(value, parseSigned(reader));
    } else if (startsFactor(reader)) {
      const before = reader.tokens[start - 1];
      if (isMixed(reader, value, before)) {
        const part = reader.seesCommand('frac') ? parsePowered(reader) : parseSlashed(reader);
        value = isNegative(value) ? plus(value, minus(part)) : plus(value, part);
        continue;
      }
      // Two numbers side by side are no product.
      if (before?.kind === 'number' && reader.peek()?.kind === 'number') throw new Unreadable();
      value = times(value, parsePowered(reader));
    } else return value;
    reader.budget.spend(1);
  }
}

function parseSigned(reader: Reader): Expression {
  let sign = 1;
  for (;;) {
    if (reader.take('-')) sign = -sign;
    else if (reader.sees('±') || reader.sees('∓')) sign *= plusMinus(reader);
    else if (!reader.take('+')) break;
    reader.budget.spend(1);
  }
  const value = parsePowered(reader);
  return sign === 1 ? value : minus(value);
}

/** `2 1/2`: the whole number is read, the cursor stands before the fraction. */
function isMixed(reader: Reader, value: Expression, before: Token | undefined): boolean {
  if (!isWhole(value) || value.places !== null || !isDigits(before)) return false;
  if (reader.seesCommand('frac')) {
    const inside = reader.tokens.slice(reader.at + 1, reader.at + 7);
    const braced = inside.map(({ text }) => text).join(' ');
    return /^(?:\{ \d+ \} \{ \d+ \}|\{ \d+ \} \d+|\d+ \{ \d+ \})/.test(braced) || isDigits(inside[0]);
  }
  return isDigits(reader.peek()) && reader.sees('/', 1) && isDigits(reader.peek(2)) && reader.peek()!.spaced;
}

function parseSlashed(reader: Reader): Expression {
  const above = parsePowered(reader);
  reader.expect('/');
  return over(above, parsePowered(reader));
}

const isNegative = (value: Expression): boolean => value.kind === 'number' && value.value.n < 0n;

function startsFactor(reader: Reader): boolean {
  const token = reader.peek();
  if (token === undefined) return false;
  if (token.kind === 'number' || token.kind === 'name') return true;
  if (token.kind === 'command')
    return /^(?:frac|sqrt|binom|overline|sum|prod|int|lim|boxed|begin )/.test(token.text);
  if (token.kind !== 'sign') return false;
  if (/^[{⌊⌈]$/.test(token.text)) return true;
  if (token.text === '(' || token.text === '[') return reader.bracket()?.separated === false;
  return (token.text === '|' || token.text === '‖') && !reader.bars;
}

function parsePowered(reader: Reader): Expression {
  return reader.deeper(() => {
    let value = parseBase(reader);
    for (;;) {
      if (reader.take('^')) value = toPower(value, parseExponent(reader));
      else if (reader.take('!')) value = { kind: 'call', name: 'factorial', args: [value] };
      else if (reader.sees("'") && value.kind === 'symbol') {
        reader.at++;
        value = symbol(`${value.name}'`);
      } else if (reader.peek()?.kind === 'unit') takeUnit(reader);
      else return value;
      reader.budget.spend(1);
    }
  });
}

/** The unit behind a value, with its power: `cm`, `\text{cm}^2`, `miles/hour`. */
function takeUnit(reader: Reader): void {
  let text = unitWithPower(reader);
  if (reader.sees('/') && /^(?:unit|word|name)$/.test(reader.peek(1)?.kind ?? '')) {
    reader.at++;
    text += `/${unitWithPower(reader)}`;
  }
  reader.units.push(text);
}

function unitWithPower(reader: Reader): string {
  const { text } = reader.peek()!;
  reader.at++;
  if (!reader.sees('^')) return text;
  const brace = reader.sees('{', 1) ? 1 : 0;
  const exponent = reader.peek(1 + brace);
  if (exponent?.kind !== 'number') return text;
  reader.at += 2 + 2 * brace;
  return `${text}^${exponent.text}`;
}

function parseExponent(reader: Reader): Expression {
  if (reader.sees('-') || reader.sees('+')) {
    const negative = reader.take('-') || !reader.take('+');
    const value = parseExponent(reader);
    return negative ? minus(value) : value;
  }
  const value = reader.sees('{') ? parseGroup(reader) : parseBase(reader);
  return reader.take('^') ? toPower(value, parseExponent(reader)) : value;
}

/** `{...}`, or the one token that stands for it. */
function parseArgument(reader: Reader): Expression {
  if (reader.sees('{')) return parseGroup(reader);
  const token = reader.peek();
  if (token?.kind === 'number' && token.text.length > 1 && /^\d+$/.test(token.text)) {
    // `\frac12` takes one digit at a time.
    return splitDigit(reader, token.text);
  }
  return reader.deeper(() => parseBase(reader));
}

function splitDigit(reader: Reader, digits: string): Expression {
  const rest: Token = { kind: 'number', text: digits.slice(1), spaced: false };
  reader.replace(rest);
  return whole(BigInt(digits[0]!));
}

function parseGroup(reader: Reader): Expression {
  return reader.deeper(() => {
    reader.expect('{');
    const bars = reader.bars;
    reader.bars = false;
    const value = parseSum(reader);
    reader.bars = bars;
    reader.expect('}');
    return value;
  });
}

function parseBase(reader: Reader): Expression {
  const token = reader.peek();
  if (token === undefined) throw new Unreadable();
  if (token.kind === 'number') return parseNumber(reader);
  if (token.kind === 'name') return parseName(reader);
  if (token.kind === 'unit' && /^[$€£]$/.test(token.text)) {
    reader.units.push(token.text);
    reader.at++;
    return parseBase(reader);
  }
  if (token.kind === 'command') return parseCommand(reader, token.text);
  if (token.kind !== 'sign') throw new Unreadable();
  if (token.text === '{') return parseGroup(reader);
  if (token.text === '(' || token.text === '[') {
    reader.at++;
    const bars = reader.bars;
    reader.bars = false;
    const value = parseSum(reader);
    reader.bars = bars;
    reader.expect(token.text === '(' ? ')' : ']');
    return value;
  }
  if (token.text === '…') {
    reader.at++;
    return symbol('…');
  }
  const pairs: Readonly<Record<string, readonly [string, string]>> = {
    '|': ['|', 'abs'],
    '‖': ['‖', 'norm'],
    '⌊': ['⌋', 'floor'],
    '⌈': ['⌉', 'ceil'],
  };
  const pair = pairs[token.text];
  if (pair === undefined) throw new Unreadable();
  reader.at++;
  const bars = reader.bars;
  reader.bars = true;
  const inside = parseSum(reader);
  reader.bars = bars;
  reader.expect(pair[0]);
  return { kind: 'call', name: pair[1], args: [inside] };
}

function parseNumber(reader: Reader): Expression {
  const { text } = reader.peek()!;
  reader.at++;
  const [mantissa = '', exponent] = text.split(/[eE]/);
  const point = mantissa.indexOf('.');
  // `0.1\overline{6}`: repeating digits make an exact fraction.
  if (reader.seesCommand('overline') && point >= 0) {
    const repeating = reader.peek(2);
    if (reader.sees('{', 1) && repeating?.kind === 'number' && reader.sees('}', 3)) {
      reader.at += 4;
      const behind = mantissa.length - point - 1;
      const tail = over(whole(BigInt(repeating.text)), whole(10n ** BigInt(repeating.text.length) - 1n));
      return plus(number(parseDecimal(mantissa)!), over(tail, whole(10n ** BigInt(behind))));
    }
  }
  const value = parseDecimal(mantissa);
  if (value === null) throw new Unreadable();
  const read = number(value, point < 0 ? null : mantissa.length - point - 1);
  return exponent === undefined ? read : times(read, toPower(whole(10), whole(BigInt(exponent))));
}

function parseName(reader: Reader): Expression {
  const { text } = reader.peek()!;
  if (FUNCTIONS.has(text)) return parseCall(reader, RULES);
  reader.at++;
  const name = `${text}${primes(reader)}${subscript(reader)}`;
  const bracket = reader.sees('(') ? reader.bracket() : null;
  if (bracket && (bracket.separated || UNKNOWN_FUNCTIONS.test(name))) {
    reader.at++;
    const args = [parseSum(reader)];
    while (reader.take(',') || reader.take(';')) args.push(parseSum(reader));
    reader.expect(')');
    return { kind: 'call', name, args };
  }
  return symbol(name);
}

function primes(reader: Reader): string {
  let found = '';
  while (reader.take("'")) found += "'";
  return found;
}

/** `_1`, `_{n-1}`: the tokens behind the underscore become part of the name. */
function subscript(reader: Reader): string {
  if (!reader.take('_')) return '';
  if (!reader.sees('{')) {
    const token = reader.peek();
    if (token === undefined) throw new Unreadable();
    reader.at++;
    return `_${token.text}`;
  }
  const close = reader.bracket()?.close;
  if (close === undefined) throw new Unreadable();
  const inside = reader.tokens.slice(reader.at + 1, close).map(({ text }) => text);
  reader.at = close + 1;
  return `_${inside.join('')}`;
}

function parseCommand(reader: Reader, command: string): Expression {
  if (command.startsWith('begin ')) return parseMatrix(reader, parseSum);
  reader.at++;
  if (command === 'frac') {
    const above = parseArgument(reader);
    return over(above, parseArgument(reader));
  }
  if (command === 'sqrt') return parseRoot(reader);
  if (command === 'binom') {
    const above = parseArgument(reader);
    return { kind: 'call', name: 'binom', args: [above, parseArgument(reader)] };
  }
  if (command === 'boxed' || command === 'fbox') return parseArgument(reader);
  if (command === 'overline') return { kind: 'call', name: 'overline', args: [parseArgument(reader)] };
  if (/^(?:sum|prod|int|lim)$/.test(command)) return parseBig(reader, command, RULES);
  throw new Unreadable();
}

function parseRoot(reader: Reader): Expression {
  let index = whole(2);
  if (reader.take('[')) {
    index = parseSum(reader);
    reader.expect(']');
  }
  // `\sqrt(2)` and the plain `sqrt(2)`.
  return rootOf(parseArgument(reader), index);
}

const RULES: ArgumentRules = {
  sum: parseSum,
  product: parseProduct,
  powered: parsePowered,
  argument: parseArgument,
  startsFactor,
};
