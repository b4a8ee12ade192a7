/**
 * Where the final answer of a solution stands. Candidates come in groups, the most trusted first; inside a group are
 * the ways to cut the same statement out of its sentence. Every pattern is bounded or runs once over the text.
 *
 * Order: the later of the last `\boxed{}` and "the final answer is"; "#### X"; "the answer is X"; then, only where
 * nothing was marked as the answer, the whole text when it is short, the last formula, the last number.
 */
import { afterHashes, type Box, boxesIn, saysNot, statedAnswers } from '../final-answer.ts';
import { PLAIN_NAMES } from './names.table.ts';
import { lastInWords, numberInWords } from './number-words.ts';
import { showRational } from './rational.ts';

export interface Candidates {
  readonly where: string;
  /** Marked as the answer, rather than merely standing last. */
  readonly stated: boolean;
  /** A sentence: it counts when it is the reference's own words, otherwise it is no answer. */
  readonly loose?: boolean;
  /** Ways to read the place, the likeliest first. */
  readonly texts: readonly string[];
}

export interface ExtractOptions {
  /** Only what stands in math delimiters or is marked; numbers in prose do not count. */
  readonly formulasOnly?: boolean;
}

/** `where` of an answer whose box was cut off. */
export const OPEN_BOX = 'in an open box';

/** The part of a long text in which unmarked answers are looked for, in characters from its end. */
const TAIL = 4000;

export function candidatesIn(output: string, options: ExtractOptions = {}): Candidates[] {
  const found: Candidates[] = [];
  const boxes = boxesIn(output);
  const box = boxes.length > 0 ? lastBoxes(output, boxes) : null;
  const final = lastFinal(output);
  const boxed: Candidates[] = box ? [{ where: 'in \\boxed{}', stated: true, texts: [box.text] }] : [];
  const finals: Candidates[] = final ? [stated('after "the final answer is"', final.text)] : [];
  found.push(...(final && box && final.at > box.at ? [...finals, ...boxed] : [...boxed, ...finals]));
  const hashes = afterHashes(output);
  if (hashes) found.push({ where: 'after ####', stated: true, texts: [hashes.text] });
  for (const { text } of statedAnswers(output).slice(0, 3)) {
    found.push(stated('after "the answer is"', text));
  }
  // A box that never closes was cut: what is in it may be half a number.
  if (found.length === 0 && /\\f?box(?:ed)?\s*\{/.test(output))
    return [{ where: OPEN_BOX, stated: true, texts: [] }];
  return found.length > 0 ? found : unmarked(output, options);
}

/** A sentence without a number or formula, "The answer is in the table above", is no answer unless the reference says so. */
function stated(where: string, text: string): Candidates {
  const texts = saysNot(text) ? [] : cuts(text);
  return { where, stated: true, texts, loose: texts.length > 0 && texts.every(looksLikeProse) };
}

/** What merely stands last. */
function unmarked(output: string, { formulasOnly = false }: ExtractOptions): Candidates[] {
  const found: Candidates[] = [];
  const whole = output.trim();
  const short = whole !== '' && !whole.includes('\n') && whole.length <= 200;
  if (short && !formulasOnly && !looksLikeProse(whole)) {
    const end = afterEquals(whole);
    found.push({ where: 'as the whole output', stated: false, texts: end === null ? [whole] : [whole, end] });
  }
  const tail = output.slice(-TAIL);
  const formula = lastFormula(tail);
  const last = formulasOnly ? null : lastNumber(tail);
  // The numbers of a formula whose value is not worked out here are not its value.
  const inside =
    (formula && last && BIG.test(formula.text) && last.at >= formula.from && last.at < formula.end) ||
    (found.length > 0 && BIG.test(whole));
  const number = inside ? null : last;
  const numbers: Candidates[] = number
    ? [{ where: 'as the last number', stated: false, texts: [number.text] }]
    : [];
  const formulas: Candidates[] = formula
    ? [{ where: 'in the last formula', stated: false, texts: withEnd(formula.text) }]
    : [];
  found.push(
    ...(number && formula && number.at >= formula.end
      ? [...numbers, ...formulas]
      : [...formulas, ...numbers]),
  );
  if (short && !formulasOnly && found.length === 0) {
    found.push({ where: 'as the whole output', stated: false, loose: true, texts: [whole] });
  }
  return found;
}

/** What stands between two boxes that give one answer together: no words, or few with an "and" or "or". */
function joins(between: string): boolean {
  if (between.length > 80) return false;
  const bare = between.replace(/\\(?:text|mbox|quad|qquad|[()[\],;:! ])|[{}$]/g, ' ');
  if (!/[A-Za-z\d]/.test(bare)) return !/\n\s*\n/.test(between);
  return (
    /(?:^|[\s,])(?:and|or)\b/.test(bare) &&
    !/[.!?\n]/.test(bare.replace(/\n\s*$/, '')) &&
    bare.split(/\s+/).length <= 10
  );
}

/** The last box, with those before it that belong to it. */
function lastBoxes(output: string, boxes: readonly Box[]): { text: string; at: number } {
  let first = boxes.length - 1;
  while (first > 0 && boxes.length - first < 12) {
    const [before, after] = [boxes[first - 1]!, boxes[first]!];
    if (before.to > after.from || !joins(output.slice(before.to, after.from))) break;
    first--;
  }
  const parts = new Set(boxes.slice(first).map(({ text }) => text));
  // An "or", because a box is often said again in another way: repeats do not count.
  return { text: [...parts].join(OR), at: boxes.at(-1)!.from };
}

const OR = ' \\text{ or } ';

const FINAL = /final\s{1,3}answer\b(?:\s{1,3}(?:to|for|of)\b[^.\n]{0,80}?)?[*\s]{0,3}(?::|\bis\b:?)[ \t*]*/gi;

/** The last sentence that calls itself the final answer, when something follows it on its line. */
function lastFinal(output: string): { text: string; at: number } | null {
  let last: { text: string; at: number } | null = null;
  let end = -1;
  for (const match of output.matchAll(FINAL)) {
    const from = match.index + match[0].length;
    if (from > end) {
      const stop = output.indexOf('\n', from);
      end = stop < 0 ? output.length : stop;
    }
    const text = output.slice(from, Math.min(end, from + 600)).trim();
    if (text !== '') last = { text, at: match.index };
  }
  return last;
}

/** "$5$. I hope it is correct.": the formulas it begins with, the sentence, what its last "=" leads to. */
function cuts(statement: string): string[] {
  const line = statement
    .slice(0, 600)
    .replace(/\s*I hope it is correct[\s\S]*$/, '')
    .replace(/<\|.*$/, '');
  const nested = /^[\s\S]*\b(?:answer|is)\b\s*:?\s*(?=\$|\\\(|\\\[)/.exec(line);
  const begin = nested ? line.slice(nested[0].length) : line;
  const texts: string[] = [];
  const formulas = FORMULAS_FIRST.exec(begin)?.[0];
  if (formulas !== undefined) texts.push(formulas);
  const sentence = (line.split(/\.(?=\s|$)/)[0] ?? line).replace(/^["“]|["”]$/g, '');
  if (formulas === undefined) texts.push(...withEnd(sentence));
  const number = formulas === undefined ? lastNumber(sentence) : null;
  if (number !== null && looksLikeProse(sentence)) texts.unshift(number.text);
  const noun = WITH_ARTICLE.exec(sentence)?.[1];
  if (noun !== undefined && !PLAIN_NAMES.has(noun.split(' ')[0]!)) texts.push(noun);
  return [...new Set(texts.map((text) => text.trim()))].filter((text) => text !== '');
}

/** "a circle": without the article, which may also be an unknown. */
const WITH_ARTICLE = /^(?:an?|the) ([A-Za-z]{3,40}(?: [A-Za-z]{1,40}){0,5})$/i;

const DELIMITED = String.raw`(?:\$\$?[^$]{1,300}\$\$?|\\\([\s\S]{1,300}?\\\)|\\\[[\s\S]{1,300}?\\\])`;
const FORMULAS_FIRST = new RegExp(
  `^"?${DELIMITED}(?:\\s?(?:,|,?\\s?and|,?\\s?or|\\\\%|%| percent)?\\s?(?:${DELIMITED}|(?<=%|percent)))*`,
);

function withEnd(text: string): string[] {
  const end = afterEquals(text);
  return end === null ? [text] : [text, end];
}

function afterEquals(text: string): string | null {
  const at = Math.max(text.lastIndexOf('='), text.lastIndexOf('\\approx'));
  return at < 0
    ? null
    : text
        .slice(at)
        .replace(/^(?:=|\\approx)/, '')
        .trim();
}

/** Integrals, sums, products and limits. */
const BIG = /\\(?:i?i?int|oint|sum|prod|lim)(?![A-Za-z])|[∫∑∏]/;

/** The last delimited formulas of a text, joined where only "and", "or" or commas stand between; a unit behind them. */
function lastFormula(text: string): { text: string; from: number; end: number } | null {
  const found = [...text.matchAll(FORMULA)];
  const last = found.at(-1);
  if (last === undefined) return null;
  let first = found.length - 1;
  let joint = ' , ';
  while (first > 0 && found.length - first < 6) {
    const [before, after] = [found[first - 1]!, found[first]!];
    const between = text.slice(before.index + before[0].length, after.index);
    if (!/^\s*(?:,|,?\s*and|,?\s*or)\s*$/.test(between)) break;
    if (between.includes('or')) joint = OR;
    first--;
  }
  const percent = /^\s*(?:\\?%|percent|pct)/.exec(text.slice(last.index + last[0].length))?.[0] ?? '';
  const inside = found
    .slice(first)
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[0]).trim());
  return {
    text: `${inside.join(joint)}${percent}`,
    from: found[first]!.index,
    end: last.index + last[0].length,
  };
}

/** `$$...$$` and `\[...\]` may span lines, `$...$` and `\(...\)` not; an environment without delimiters counts too. */
const FORMULA =
  /\$\$([^$]{1,1500})\$\$|(?<!\\)\$((?:[^$\n\\]|\\[^\n]){1,1500})\$|\\\(([^\n]{1,1500}?)\\\)|\\\[([\s\S]{1,1500}?)\\\]/g;

const NUMBER =
  /(?<![\w.\\,/^_{])(?:[-\u2212+]\s?)?(?:\\?[$€£]\s?)?(?:-?\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+,\d+(?![,\d])|\d+)(?:\.\d+)?(?:\s?\/\s?\d{1,40}(?:\.\d{1,40})?)?(?:\s?(?:\\?%|percent\b|pct\b))?|(?<![\w\d])\.\d{1,400}/g;

const POWER = /^\s?\^\s?(?:\d{1,40}|\{\s?-?\d{1,40}\s?\})(?!\s?[\^\d])/;
/** Degrees and the endings of ordinals are no exponents. */
const RAISED = /^\s?\^(?!\s?\{?\s?(?:\\(?:circ|degree|text|textrm|mathrm)|st|nd|rd|th))/;

/**
 * The last number of a text as it stands there, with a fraction's bar, a whole power and a per cent sign, and where it
 * begins.
 */
export function lastNumber(text: string): { text: string; at: number } | null {
  const from = Math.max(0, text.length - TAIL);
  const tail = text.slice(from);
  const found = [...tail.matchAll(NUMBER)].at(-1);
  if (found) {
    const rest = tail.slice(found.index + found[0].length).slice(0, 100);
    const power = POWER.exec(rest)?.[0] ?? '';
    // The base of another power is not the number that was meant.
    return power === '' && RAISED.test(rest)
      ? null
      : { text: `${found[0].trim()}${power}`, at: from + found.index };
  }
  // Numbers in words.
  const words = lastInWords(tail);
  return words ? { text: showRational(words), at: from } : null;
}

/** Words outside formulas and text commands, more of them than an answer has: a sentence. */
export function looksLikeProse(text: string): boolean {
  if (numberInWords(text) !== null) return false;
  const bare = text.replace(/\\(?:text|mbox|mathrm|textbf|operatorname)\{[^{}]*\}|\\[A-Za-z]+/g, ' ');
  const words =
    bare
      .match(/\b[A-Za-z]{2,}\b/g)
      ?.filter((word) => !/^(?:and|or)$/i.test(word) && !PLAIN_NAMES.has(word)) ?? [];
  // "12 square units", "(1, 2)", "\sqrt{2}".
  if (/^\s*[-+$\d(\\]/.test(text)) return words.length > 4;
  if (/^(?:so|thus|hence|therefore|answer|the|is|it|we|final)\b/i.test(bare.trim())) return true;
  // "I think 7", "Area: 5"; but "Evelyn" and "odd" are answers.
  return words.length > 1 || words.some((word) => word.length > 2 && /[\d$]/.test(text));
}
