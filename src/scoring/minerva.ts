/**
 * The answer that lm-evaluation-harness 0.4.13 reads from a solution in the style of Minerva (Lewkowycz et al. 2022,
 * arXiv 2206.14858, appendix D; tasks/minerva_math/utils.py), flaws included. Whether two such answers are equal is
 * decided there by SymPy, here by `math/score-math.ts`: the one step of a compatible reading that is not repeated.
 */
import { PYTHON_EDGE, PYTHON_WORD } from '../text/python-classes.ts';
import { pythonStrip } from '../text/python-text.ts';
import { scoreMath } from './math/score-math.ts';

export const INVALID_ANSWER = '[invalidanswer]';

/** 0 or 1. `answer`: the reference in normal form (`minervaNormal`). */
export function compatibleMinerva(output: string, answer: string): number {
  const read = minervaNormal(minervaAnswer(output));
  if (read === answer) return read === '' ? 0 : 1;
  if (read === '' || read === minervaNormal(INVALID_ANSWER)) return 0;
  return scoreMath(`\\boxed{${read}}`, answer).value;
}

/** What stands in "Final Answer: The final answer is X. I hope it is correct.", on one line, closing sentence included. */
export function minervaAnswer(output: string): string {
  const text = `${output}I hope it is correct.`;
  const match = /Final Answer: The final answer is([^\n]*?)[^\n] I hope it is correct[^\n]/.exec(text);
  return match ? pythonStrip(match[1]!) : INVALID_ANSWER;
}

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
    .replace(/[^\n]*?\$([^\n]*?)\$[^\n]*/g, (_, inner: string) => `$${inner}$`)
    .replace(/\\text\{([^\n]*?)\}/g, '$1')
    .replace(/\\textbf\{([^\n]*?)\}/g, '$1')
    .replace(/\\overline\{([^\n]*?)\}/g, '$1')
    .replace(/\\boxed\{([^\n]*)\}/g, '$1')
    .replace(/frac([^{])([^\n])/gu, 'frac{$1}{$2}')
    .replace(SHORT_ROOT, 'sqrt$1{$2}')
    .replace(/sqrt(?!\[)([^{])/gu, 'sqrt{$1}')
    .replaceAll('$', '');
  return /^-?\p{Nd}{1,3}(?:,\p{Nd}{3})+$/u.test(rest) ? rest.replaceAll(',', '') : rest;
}

const SHORT_ROOT = new RegExp(`sqrt(\\[[^\\]]*\\])(${PYTHON_WORD})`, 'gu');

/** Units stuck to their surroundings; names of LaTeX commands are left alone. */
function withoutUnit(text: string, unit: string): string {
  return text
    .split(/(\\[a-zA-Z]+)/)
    .map((part, i) => (i % 2 === 0 ? part.replaceAll(unit, '') : part))
    .join('');
}
