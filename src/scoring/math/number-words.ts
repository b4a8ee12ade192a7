/**
 * Numbers that are written out: "seven", "twenty-one", "a hundred and five", "one half", "two and three quarters", with
 * the unit or the counted thing behind them. Answers to mathematics alone are read this way: in a story about money,
 * "three quarters" are three coins.
 */
import { numbersIn } from '../number-text.ts';
import { isCounted, unitOf } from './names.table.ts';
import { add, divide, negate, type Rational, rational } from './rational.ts';

/** Names of denominators, which are ordinals from "third" on; "second" names a time. */
const PARTS = 'half third quarter fourth fifth sixth seventh eighth ninth tenth twelfth hundredth'.split(' ');
const SIZES = [2, 3, 4, 4, 5, 6, 7, 8, 9, 10, 12, 100];
/** What a longer text cannot be. */
const MAX_LENGTH = 80;

export interface NumberInWords {
  readonly value: Rational;
  /** The words behind the number: `square feet`. */
  readonly unit: string;
}

/** Null unless all of the text is one number and its unit. */
export function numberInWords(text: string): NumberInWords | null {
  if (text.length > MAX_LENGTH) return null;
  const plain = text
    .toLowerCase()
    .replace(/\\(?:text|textbf|mathrm|mbox)\s*\{([^{}]*)\}/g, '$1')
    .replace(/[$*]/g, '')
    .replace(/[\s-]+/g, ' ')
    .replace(/\.\s*$/, '')
    .trim();
  if (!/^[a-z ]+$/.test(plain)) return null;
  const words = plain.split(' ');
  let end = words.length;
  while (end > 1 && (isCounted(words[end - 1]!) || unitOf(words[end - 1]!))) end--;
  const [first = '', ...rest] = words.slice(0, end);
  const negative = first === 'minus' || first === 'negative';
  const value = mixed((negative ? rest : [first, ...rest]).join(' '));
  return value && { value: negative ? negate(value) : value, unit: words.slice(end).join(' ') };
}

function mixed(text: string): Rational | null {
  const [first = '', second, ...more] = text.split(' and ');
  if (more.length > 0) return null;
  if (second === undefined) return fraction(first) ?? cardinal(first);
  const whole = cardinal(first);
  // "three and five" are two numbers, "a hundred and five" is one.
  const part = fraction(second) ?? (whole && whole.n > 0n && whole.n % 100n === 0n ? cardinal(second) : null);
  return whole && part && add(whole, part);
}

/** "two thirds", "a quarter", "half". */
function fraction(text: string): Rational | null {
  const words = text.split(' ');
  const name = words.pop()!;
  const index = PARTS.findIndex((part) => name === part || name === `${part}s`);
  const size = name === 'halves' ? 2 : SIZES[index];
  if (size === undefined) return null;
  const count = words.join(' ');
  if (count === '') return size === 2 ? rational(1n, 2n) : null;
  const above = count === 'a' ? rational(1n) : cardinal(count);
  return above && divide(above, { n: BigInt(size), d: 1n });
}

function cardinal(text: string): Rational | null {
  const plain = text.replace(/^a (?=hundred|thousand|million|billion)/, 'one ');
  const [found] = numbersIn(plain);
  return found?.text === plain ? found.value : null;
}

/** The last number in words of a running text, with its fraction. */
export function lastInWords(text: string): Rational | null {
  const words = [...text.matchAll(/[A-Za-z]+/g)].map((match) => ({ text: match[0], at: match.index }));
  for (let end = words.length; end > 0; ) {
    let start = end;
    while (
      start > 0 &&
      end - start < 8 &&
      mayBelong(words[start - 1]!.text) &&
      (start === end || joined(words[start - 1]!, words[start]!, text))
    )
      start--;
    for (let from = start; from < end; from++) {
      const run = words.slice(from, end).map((word) => word.text.toLowerCase());
      // "half of them", "the third": no number of their own.
      const found = run.some((word) => cardinal(word)) ? mixed(run.join(' ')) : null;
      if (found) return found;
    }
    end = start === end ? end - 1 : start;
  }
  return null;
}

function mayBelong(word: string): boolean {
  const low = word.toLowerCase();
  return (
    /^(?:and|a|hundred|thousand|million|halves)$/.test(low) ||
    PARTS.includes(low.replace(/s$/, '')) ||
    cardinal(low) !== null
  );
}

const joined = (a: { text: string; at: number }, b: { at: number }, text: string): boolean =>
  /^[\s-]+$/.test(text.slice(a.at + a.text.length, b.at));
