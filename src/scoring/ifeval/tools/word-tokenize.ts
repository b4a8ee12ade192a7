/**
 * NLTK's `word_tokenize` (3.10, tokenize/destructive.py: the Penn Treebank rules of Robert MacIntyre with its own
 * additions): Punkt sentences, then a list of substitutions that set marks apart by spaces.
 */
import { SPACES, WORD_CHARS } from '../../../text/python-classes.ts';

const SPACE_RUN = new RegExp(`[${SPACES}]+`, 'u');
type Rule = readonly [pattern: RegExp, replacement: string];
const W = `[${WORD_CHARS}]`;
const split = (first: string, second: string): Rule => [
  new RegExp(`(?<!${W})(${first})(${second})(?!${W})`, 'giu'),
  ' $1 $2 ',
];

const BEFORE_PADDING: readonly Rule[] = [
  [/([«“‘„]|`+)/gu, ' $1 '],
  [/^"/gu, '``'],
  [/(``)/gu, ' $1 '],
  [/([ ([{<])("|'{2})/gu, '$1 `` '],
  [new RegExp(`(?<!${W})(')(?!(?:re|ve|ll|m|t|s|d|n)(?!${W}))(?=${W})`, 'giu'), '$1 '],
  // A last full stop. The run of marks behind it is taken whole (the lookahead), or long runs would be tried piecemeal.
  [new RegExp(`([^.])(\\.)(?=([\\])}>"'»”’ ]*))\\3[${SPACES}]*$`, 'gu'), '$1 $2 $3 '],
  [/([:,])(\P{Nd})/gu, ' $1 $2'],
  [/([:,])(?=\n?$)/gu, ' $1 '],
  [/\.{2,}/gu, ' $& '],
  [/[;@#$%&]/gu, ' $& '],
  [/[\u2012-\u2015]/gu, ' $& '],
  [new RegExp(`([^.])(\\.)(?=([\\])}>"']*))\\3[${SPACES}]*$`, 'gu'), '$1 $2$3 '],
  [/[?!]/gu, ' $& '],
  [/([^'])' /gu, "$1 ' "],
  [/[*]/gu, ' $& '],
  [/[\][(){}<>]/gu, ' $& '],
  [/--/gu, ' -- '],
];
const AFTER_PADDING: readonly Rule[] = [
  [/([»”’])/gu, ' $1 '],
  [/''/gu, " '' "],
  [/"/gu, " '' "],
  [new RegExp(`[${SPACES}]+`, 'gu'), ' '],
  [/([^' ])('[sS]|'[mM]|'[dD]|') /gu, '$1 $2 '],
  [/([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) /gu, '$1 $2 '],
  split('can', 'not'),
  split('d', "'ye"),
  split('gim', 'me'),
  split('gon', 'na'),
  split('got', 'ta'),
  split('lem', 'me'),
  split('more', "'n"),
  [new RegExp(`(?<!${W})(wan)(na)(?=[${SPACES}])`, 'giu'), ' $1 $2 '],
  [new RegExp(` ('t)(is)(?!${W})`, 'giu'), ' $1 $2 '],
  [new RegExp(` ('t)(was)(?!${W})`, 'giu'), ' $1 $2 '],
];

/** The tokens of one of Punkt's sentences. */
export function sentenceTokens(sentence: string): string[] {
  const padded = ` ${apply(BEFORE_PADDING, sentence)} `;
  return apply(AFTER_PADDING, padded).split(SPACE_RUN).filter(Boolean);
}

function apply(rules: readonly Rule[], text: string): string {
  return rules.reduce((changed, [pattern, replacement]) => changed.replace(pattern, replacement), text);
}
