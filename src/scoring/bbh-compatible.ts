/**
 * How lm-evaluation-harness 0.4.13 reads answers to BIG-Bench Hard (tasks/bbh: the three templates and
 * `zeroshot/utils.py`), flaws included. Where its own code would end with an error (number words that make no number),
 * the metric here is 0.
 */
import { literal, PYTHON_EDGE, PYTHON_SPACE } from '../text/python-classes.ts';
import { codePoints, findAll, pythonSplit, pythonStrip } from '../text/python-text.ts';
import { exactMatch, INVALID, regexFilter } from './lm-eval.ts';
import type { Metrics } from './score.ts';
import { wordNumber } from './word-number.ts';

/** `yes-no`, `plausible` and `truth` have the same answers, told in different words. */
export type BbhAnswer =
  | 'boolean'
  | 'letter'
  | 'number'
  | 'words'
  | 'yes-no'
  | 'plausible'
  | 'truth'
  | 'validity'
  | 'brackets';

/** How it is asked: three worked examples; nothing shown; nothing shown but "Let's think step by step". */
export type BbhSetup = 'cot_fewshot' | 'zeroshot' | 'cot_zeroshot';

type Select = 'first' | 'last';

/** Python's `(?<=the answer is )(.*)(?=.)`: everything up to, but without, the line's last character. */
const GET_ANSWER = /(?<=the answer is )([^\n]*)(?=[^\n])/g;
const STRICT =
  /((?<=The answer is )([^\n]*)(?=[^\n])|(?<=the answer is )([^\n]*)(?=[^\n])|(?<=The answer: )([^\n]*)(?=[^\n])|(?<=The final answer: )([^\n]*)(?=[^\n]))/g;
/** Both zero-shot templates delete these; the order of the last three makes no difference. */
const ZERO_SHOT = { ignore: [/\.(?=\n?$)/g, /,/g, /\n/g, /\\/g, /"/g], ignoreCase: true };

/** `question`: the row's `input`, which some filters read. */
export function compatibleBbh(
  setup: BbhSetup,
  kind: BbhAnswer,
  output: string,
  target: string,
  question: string,
): Metrics {
  if (setup === 'cot_fewshot') {
    const value = exactMatch(regexFilter(output, GET_ANSWER), target);
    return { exact_match: value, 'exact_match,get-answer': value };
  }
  const direct = setup === 'zeroshot';
  const strict = exactMatch(direct ? output : regexFilter(output, STRICT), target, ZERO_SHOT);
  const read = FLEXIBLE[kind](output, direct ? 'first' : 'last', question);
  const flexible = read === null ? 0 : exactMatch(read, target, ZERO_SHOT);
  return {
    exact_match: direct ? strict : flexible,
    'exact_match,strict-match': strict,
    'exact_match,flexible-extract': flexible,
  };
}

/** Null: the harness ends with an error. */
type Filter = (output: string, select: Select, question: string) => string | null;

const word = (alternatives: string): RegExp =>
  new RegExp(`${PYTHON_EDGE}(${alternatives})${PYTHON_EDGE}`, 'gu');
const pattern =
  (regex: RegExp): Filter =>
  (output, select) =>
    regexFilter(output, regex, select);

/** The harness's `flexible-extract` for each kind of answer. */
const FLEXIBLE: Readonly<Record<BbhAnswer, Filter>> = {
  boolean: pattern(word('True|False')),
  'yes-no': pattern(word('Yes|No|yes|no')),
  validity: pattern(word('valid|invalid')),
  brackets: pattern(/(?<= )([" [(<{}>)\]]+)|([" [(<{}>)\]]+)/g),
  plausible: mapped('no|not plausible', 'yes|plausible'),
  truth: mapped(
    'no|does not tell the truth|is not telling the truth',
    'yes|tells the truth|is telling the truth',
  ),
  letter: letterFilter,
  number: numberFilter,
  words: wordFilter,
};

/** Its `MapRegexFilter` on the lower-cased output. */
function mapped(no: string, yes: string): Filter {
  const regex = new RegExp(`${word(no).source}|${word(yes).source}`, 'gu');
  return (output, select) => {
    const found = findAll(regex, output.toLowerCase()).at(select === 'first' ? 0 : -1);
    if (found === undefined) return INVALID;
    return found[0] ? 'no' : 'yes';
  };
}

/** Its `find_match`: the match chosen, of several groups the first that holds something; empty when there is none. */
function findMatch(regex: RegExp, text: string, select: Select): string {
  const match = findAll(regex, text).at(select === 'first' ? 0 : -1);
  if (match === undefined) return '';
  return pythonStrip(typeof match === 'string' ? match : (match.find((group) => group !== '') ?? ''));
}

const plain = (text: string): string => text.toLowerCase().replace(/\p{P}/gu, '');

/** Its `MultiChoiceRegexFilter`: a letter in parentheses, else the text of an option, else a letter after a colon. */
function letterFilter(output: string, select: Select, question: string): string {
  const letters = new Map<string, string>();
  const options = [...question.matchAll(/\([A-Z]\)([^\n^(]*)/g)].map((match, i) => {
    const text = plain(pythonStrip(match[1]!));
    letters.set(text, `(${String.fromCharCode(65 + i)})`);
    return text;
  });
  const shown = findMatch(/(\([A-Z]\))/g, output, select);
  if (shown !== '') return shown;
  const byLength = [...options].sort((a, b) => codePoints(b) - codePoints(a)).map(literal);
  const text = findMatch(new RegExp(byLength.join('|'), 'gu'), plain(output), select);
  if (text !== '') return letters.get(text) ?? text;
  const bare = options.map((_, i) => literal(String.fromCharCode(65 + i))).join('|');
  const letter = findMatch(new RegExp(`:${PYTHON_SPACE}*(${bare})`, 'gu'), output, select);
  return letter === '' ? INVALID : `(${letter})`;
}

/** Number words as the harness's pattern has them: how it lets "-teen", "-ty", "een" and "y" be left out differs by place. */
const numberWord = (tens: string, eight: string): string =>
  `zero|one|two|three|four|five|(?:twen|thir|for|fif|six|seven|nine)(?:${tens})|eight(?:${eight})|ten|eleven|twelve|fourteen|hundred|thousand|(?:m|b|tr)illion`;
const NUMBER_WORDS = new RegExp(
  `((?:(?:${numberWord('teen|ty', '|een|y')})(?:${numberWord('|teen|ty', 'een|y')}|(?![\\r\\n])${PYTHON_SPACE}|,|and|&)+)?(?:${numberWord('teen|ty', 'een|y')}))`,
  'g',
);

/** Its `NumberParseRegexFilter`: digits and minus signs, else number words. */
function numberFilter(output: string, select: Select): string | null {
  const digits = findMatch(/([-0-9]+)/g, output, select);
  if (digits !== '') return digits;
  const words = findMatch(NUMBER_WORDS, output.toLowerCase(), select);
  if (words === '') return INVALID;
  const value = wordNumber(words);
  return value === null ? null : String(value);
}

/** Its `WordSortFilter`: the asked words in the order of their last mention. */
function wordFilter(output: string, _select: Select, question: string): string {
  const words = pythonSplit(question.split('List:')[1] ?? '').map(literal);
  const regex = new RegExp(`${PYTHON_EDGE}(?:${words.join('|')})${PYTHON_EDGE}`, 'gu');
  const last = new Set(
    [...output.matchAll(regex)]
      .map(([text]) => text)
      .filter((text) => text !== '')
      .reverse(),
  );
  return [...last].reverse().join(' ');
}
