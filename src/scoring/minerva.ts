/**
 * The answer that lm-evaluation-harness 0.4.13 reads from a solution in the style of Minerva (Lewkowycz et al. 2022,
 * arXiv 2206.14858, appendix D; tasks/minerva_math/utils.py), flaws included. Whether two such answers are equal is
 * decided there by SymPy, here by `math/score-math.ts`: the one step of a compatible reading that is not repeated.
 */
import { PYTHON_EDGE, PYTHON_WORD } from '../text/python-classes.ts';
import { pythonStrip } from '../text/python-text.ts';
import { numberInWords } from './math/number-words.ts';
import { withoutOrdinals } from './math/parse-answer.ts';
import { scoreMath } from './math/score-math.ts';

export const INVALID_ANSWER = '[invalidanswer]';

/** 0 or 1. `answer`: the reference in normal form (`minervaNormal`). */
export function compatibleMinerva(output: string, answer: string): number {
  const read = minervaNormal(minervaAnswer(output));
  if (read === answer) return read === '' ? 0 : 1;
  if (read === '' || read === minervaNormal(INVALID_ANSWER)) return 0;
  if (needsReader(read) || needsReader(answer)) return 0;
  return scoreMath(`\\boxed{${read}}`, answer).value;
}

/** Numbers in words and ordinals are products and powers of letters to SymPy, and differ from every other spelling. */
const needsReader = (text: string): boolean => numberInWords(text) !== null || withoutOrdinals(text) !== text;

/** What stands in "Final Answer: The final answer is X. I hope it is correct.", on one line, closing sentence included. */
export function minervaAnswer(output: string): string {
  for (const line of `${output}I hope it is correct.`.split('\n')) {
    const opened = line.indexOf(OPENING);
    if (opened < 0) continue;
    // Where the first opening on a line finds no closing sentence, no later one does.
    const from = opened + OPENING.length;
    const closed = line.slice(from).search(/[^\n] I hope it is correct[^\n]/);
    if (closed >= 0) return pythonStrip(line.slice(from, from + closed));
  }
  return INVALID_ANSWER;
}

const OPENING = 'Final Answer: The final answer is';

/** Replaced in this order, every occurrence. */
const SUBSTITUTIONS: readonly (readonly [string, string])[] = [
  ['an ', ''],
  ['a ', ''],
  ['.$', '$'],
  ['\\$', ''],
  ['\\ ', ''],
  [' ', ''],
  ['mbox', 'text'],
  [',\\text{and}', ','],
  ['\\text{and}', ','],
  ['\\text{m}', '\\text{}'],
];

const WORDS =
  'square ways integers dollars mph inches ft hours km units \\ldots sue points feet minutes digits cents degrees cm gm pounds meters meals edges students childrentickets multiples'.split(
    ' ',
  );
const SIGNS = [
  '\\text{s}',
  '\\text{.}',
  '\\text{\ns}',
  '\\text{}^2',
  '\\text{}^3',
  '\\text{\n}',
  '\\text{}',
  '\\mathrm{th}',
  '^\\circ',
  '^{\\circ}',
  '\\;',
  ',\\!',
  '{,}',
  '"',
  '\\dots',
];
const REMOVED: readonly string[] = [...WORDS, ...SIGNS];
const isWord = (text: string): boolean => /^[a-z]+$/.test(text);

/** Units that stand alone, not as the name of a LaTeX command. */
const UNITS: readonly RegExp[] = REMOVED.filter(isWord).map(
  (unit) => new RegExp(`(?<!\\\\)${PYTHON_EDGE}${unit}${PYTHON_EDGE}`, 'gu'),
);

/** Its `normalize_final_answer`. */
export function minervaNormal(answer: string): string {
  let rest = answer.split('=').at(-1)!;
  for (const unit of UNITS) rest = rest.replace(unit, '');
  for (const [from, to] of SUBSTITUTIONS) rest = rest.replaceAll(from, to);
  for (const unit of REMOVED) rest = isWord(unit) ? withoutUnit(rest, unit) : rest.replaceAll(unit, '');
  rest = rest
    .split('\n')
    .map((line) => unboxed(UNWRAPPED.reduce(unwrapped, firstFormula(line))))
    .join('\n')
    .replace(/frac([^{])([^\n])/gu, 'frac{$1}{$2}');
  rest = bracedRoots(rest)
    .replace(/sqrt(?!\[)([^{])/gu, 'sqrt{$1}')
    .replaceAll('$', '');
  return /^-?\p{Nd}{1,3}(?:,\p{Nd}{3})+$/u.test(rest) ? rest.replaceAll(',', '') : rest;
}

// Its patterns, `(.*?)(\$)(.*?)(\$)(.*)` and the like, look through the rest of the line from every place at which they
// may begin. The same in one pass:

/** A line's first formula with its dollar signs; a line without a closed one as it is. */
function firstFormula(line: string): string {
  const open = line.indexOf('$');
  const close = open < 0 ? -1 : line.indexOf('$', open + 1);
  return close < 0 ? line : line.slice(open, close + 1);
}

const UNWRAPPED = ['\\text{', '\\textbf{', '\\overline{'];

/** Without each `command` and the first brace that closes behind it. */
function unwrapped(line: string, command: string): string {
  let bare = '';
  let at = 0;
  for (;;) {
    const open = line.indexOf(command, at);
    const close = open < 0 ? -1 : line.indexOf('}', open + command.length);
    if (close < 0) return bare + line.slice(at);
    bare += line.slice(at, open) + line.slice(open + command.length, close);
    at = close + 1;
  }
}

/** Without the first `\\boxed{` and the last brace behind it. */
function unboxed(line: string): string {
  const open = line.indexOf('\\boxed{');
  const from = open + '\\boxed{'.length;
  const close = open < 0 ? -1 : line.lastIndexOf('}');
  return close < from ? line : line.slice(0, open) + line.slice(from, close) + line.slice(close + 1);
}

/** `sqrt[3]2` to `sqrt[3]{2}`: whatever opens before a closing bracket shares it, and with it what follows. */
function bracedRoots(text: string): string {
  let braced = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf('sqrt[', at);
    const close = open < 0 ? -1 : text.indexOf(']', open);
    if (close < 0) return braced + text.slice(at);
    const word = ROOT_OF.exec(text.slice(close + 1, close + 3))?.[0];
    braced += text.slice(at, close + 1) + (word === undefined ? '' : `{${word}}`);
    at = close + 1 + (word?.length ?? 0);
  }
}

const ROOT_OF = new RegExp(`^${PYTHON_WORD}`, 'u');

/** Units stuck to their surroundings; names of LaTeX commands are left alone. */
function withoutUnit(text: string, unit: string): string {
  return text
    .split(/(\\[a-zA-Z]+)/)
    .map((part, i) => (i % 2 === 0 ? part.replaceAll(unit, '') : part))
    .join('');
}
