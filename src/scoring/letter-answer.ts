/**
 * Scores a written solution that ends in the letter of an option. Corrected: the letter that a careful reader takes for
 * the answer, or the option whose text is stated as the answer.
 */
import type { Ending } from '../benchmarks/benchmark.ts';
import { stripEnd } from '../text/strip.ts';
import { lastBoxed, statedAnswers } from './final-answer.ts';
import type { Metrics, Score } from './score.ts';
import { withoutThoughts } from './thoughts.ts';

export interface LetterItem {
  /** The options' texts in their order; empty where they are not known. */
  readonly options: readonly string[];
  /** `A`, `B`, ... */
  readonly gold: string;
}

export function scoreLetter(
  output: string,
  { options, gold }: LetterItem,
  compatible: Metrics,
  ending?: Ending,
): Score {
  const read = readLetter(withoutThoughts(output), options, ending);
  const right = read !== null && read.letter === gold;
  const value = right ? 1 : 0;
  const base = { value, readings: { compatible, corrected: { exact_match: value } } };
  if (!/^[A-Z]$/.test(gold)) {
    return {
      ...base,
      value: 0,
      answer: null,
      outcome: 'error',
      why: `The reference "${gold}" is no letter.`,
    };
  }
  if (read === null) {
    const why = ending === 'length' ? 'Cut off before a final answer.' : 'No option could be read.';
    return { ...base, answer: null, outcome: 'no_answer', why };
  }
  const why = `Read ${read.letter} ${read.where}; the reference is ${gold}.`;
  return { ...base, answer: read.letter, outcome: right ? 'correct' : 'wrong', why };
}

/** What is stated last as the answer, in words or in a box; else, in a whole output, the letter its last line ends with. */
export function readLetter(
  output: string,
  options: readonly string[],
  ending?: Ending,
): { letter: string; where: string } | null {
  const stated = [...statedAnswers(output), ...optionStatements(output)];
  const boxed = lastBoxed(output);
  for (const { text, where } of boxed ? [...stated, boxed] : stated) {
    const letter = letterAtStart(text, options);
    if (letter !== null) return { letter, where };
  }
  if (ending === 'length') return null;
  const line = output.trim().split('\n').at(-1) ?? '';
  const letter =
    line.match(/(?<!\bnot\s{1,3})\(([A-Z])\)/g)?.at(-1)?.[1] ?? letterAtStart(line, options, true);
  return letter === null || letter === undefined ? null : { letter, where: 'in the last line' };
}

/** "The correct option is: C", "correct choice: (C)", the last one first. */
function optionStatements(output: string): { text: string; where: string }[] {
  const found = output.matchAll(/\b(?:option|choice)\s*(?:is|:)(?:\s*:)?[ \t*]*([^\n]+)/gi);
  return [...found].map((match) => ({ text: match[1]!, where: 'after "the option is"' })).reverse();
}

/**
 * A letter in parentheses, or a capital with nothing but signs or the option's text behind it ("a" is also a word, and
 * "I" and "A" are, too); else the option that the text is equal to. `alone`: nothing may follow.
 */
function letterAtStart(text: string, options: readonly string[], alone = false): string | null {
  const bare = stripEnd(text.replace(/^[\s"'`*$]+/, ''), /[\s"'`*$.]/);
  const inBraces = /^(?:option\s+|choice\s+)?\\?\(?(?:\\(?:text|mathrm|textbf)\{)?\(?([A-Z])[)}]/i.exec(bare);
  if (inBraces && !alone) return inBraces[1]!.toUpperCase();
  const single = /^\(?([A-Z])\)?$/i.exec(bare);
  if (single) return single[1]!.toUpperCase();
  const labelled = /^\(?([A-Z])[).:]\s+(.+)$/.exec(bare);
  if (labelled && sameText(labelled[2]!, options[labelled[1]!.charCodeAt(0) - 65] ?? '')) return labelled[1]!;
  const capital = /^(?:option\s+|choice\s+)?([A-Z])(?=[.:,;\s*"'])/.exec(bare);
  if (capital && !alone) {
    const rest = bare.slice(capital[0].length);
    const word = /^\s+[a-z]/.test(rest) && /^[AI]$/.test(capital[1]!);
    if (!word || sameText(rest, options[capital[1]!.charCodeAt(0) - 65] ?? '')) return capital[1]!;
  }
  const index = options.findIndex((option) => sameText(option, bare));
  return index < 0 ? null : String.fromCharCode(65 + index);
}

function sameText(a: string, b: string): boolean {
  const normal = (text: string): string => text.trim().replace(/\.$/, '').toLowerCase();
  return normal(a) !== '' && normal(a) === normal(b);
}
