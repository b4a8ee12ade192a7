/**
 * Finds numbers in running text as a person reads them: with a currency sign, thousands separators, a fraction, a
 * percent sign, a magnitude word, or as a word ("twelve"). Used where the answer is one number. A percent sign is left out of the value: "50%" is 50, as in the references.
 */
import { divide, multiply, negate, parseDecimal, type Rational, rational } from './math/rational.ts';

export interface NumberInText {
  readonly value: Rational;
  /** As it stands in the text. */
  readonly text: string;
}

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const MAGNITUDES: Readonly<Record<string, bigint>> = {
  hundred: 100n,
  thousand: 1000n,
  million: 1_000_000n,
  billion: 1_000_000_000n,
  trillion: 1_000_000_000_000n,
};
const PLAIN = '(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?|\\.\\d+';
const WORD = `(?:(?:${TENS.join('|')})(?:[- ](?:${SMALL.slice(1, 10).join('|')}))?|${SMALL.join('|')})`;
const MAGNITUDE = Object.keys(MAGNITUDES).join('|');
const NUMBER = new RegExp(
  [
    // A sign counts only where no value stands before it: in `16-3` the 3 is positive.
    '(?:(?<sign>(?<![\\w.)\\]}>%])[-\u2212+])\\s?)?(?:\\\\?[$€£]\\s?)?(?<inner>(?<=[$€£]\\s?)-)?',
    `(?<!\\w)(?<digits>${PLAIN})(?:\\s?/\\s?(?<below>\\d+)(?!\\d)(?![\\d.,]*\\d))?`,
    `(?:[ -](?<magnitude>${MAGNITUDE})s?\\b)?`,
    `|\\b(?<word>${WORD})(?:[ -](?<wordMagnitude>${MAGNITUDE})s?)?\\b`,
  ].join(''),
  'giu',
);

/** Every number of the text, in order. */
export function numbersIn(text: string): NumberInText[] {
  const found: NumberInText[] = [];
  // LaTeX writes thousands as 1{,}000 or 1\,000 or 1\!000.
  const plain = text.replaceAll('{,}', ',').replace(/(?<=\d)(?:\\[,!]|,\\!)(?=\d{3})/g, ',');
  for (const match of plain.matchAll(NUMBER)) {
    const value = numberOf(match.groups ?? {});
    if (value === null) continue;
    found.push({ value, text: match[0].trim() });
  }
  return found;
}

function numberOf(groups: Record<string, string | undefined>): Rational | null {
  if (groups['word'] !== undefined) {
    return scaled({ n: BigInt(wordValue(groups['word'].toLowerCase())), d: 1n }, groups['wordMagnitude']);
  }
  let value = parseDecimal((groups['digits'] ?? '').replaceAll(',', ''));
  if (value && groups['below'] !== undefined) value = divide(value, { n: BigInt(groups['below']), d: 1n });
  if (value) value = scaled(value, groups['magnitude']);
  const negative = /[-\u2212]/.test(groups['sign'] ?? '') !== (groups['inner'] !== undefined);
  return value && negative ? negate(value) : value;
}

function scaled(value: Rational, magnitude: string | undefined): Rational | null {
  const factor = magnitude === undefined ? 1n : MAGNITUDES[magnitude.toLowerCase()];
  return multiply(value, rational(factor ?? 1n) ?? value);
}

function wordValue(word: string): number {
  const small = SMALL.indexOf(word);
  if (small >= 0) return small;
  const [tens = '', unit] = word.split(/[- ]/);
  return (TENS.indexOf(tens) + 2) * 10 + (unit === undefined ? 0 : SMALL.indexOf(unit));
}
