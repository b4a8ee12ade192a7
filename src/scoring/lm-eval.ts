/**
 * The answer filters and the metric of lm-evaluation-harness 0.4.13 (`filters/extraction.py`, `api/metrics.py`),
 * flaws included: the "compatible" reading of a generated answer.
 */
import { findAll, pythonStrip } from '../text/python-text.ts';

/** What its `regex` filter gives when nothing matches. */
export const INVALID = '[invalid]';

/** Its `regex` filter with `take_first`: one match, of a tuple the first non-empty group, stripped. */
export function regexFilter(output: string, pattern: RegExp, select: 'first' | 'last' = 'first'): string {
  const matches = findAll(pattern, output);
  const match = matches.at(select === 'first' ? 0 : -1);
  if (match === undefined) return INVALID;
  const text = typeof match === 'string' ? match : match.find((group) => group !== '');
  return text === undefined ? INVALID : pythonStrip(text);
}

export interface ExactMatchOptions {
  /** Deleted from prediction and reference, one after the other, every occurrence. */
  readonly ignore?: readonly RegExp[];
  readonly ignoreCase?: boolean;
  /** Deletes what Python calls `string.punctuation`: the ASCII signs that are neither letters, digits nor space. */
  readonly ignorePunctuation?: boolean;
}

const PUNCTUATION = /[!-/:-@[-`{-~]/g;

/** Its `exact_match` of one prediction: 0 or 1. */
export function exactMatch(prediction: string, reference: string, options: ExactMatchOptions = {}): number {
  const normal = (text: string): string => {
    let rest = text;
    for (const pattern of options.ignore ?? []) rest = rest.replace(pattern, '');
    if (options.ignoreCase) rest = rest.toLowerCase();
    return options.ignorePunctuation ? rest.replace(PUNCTUATION, '') : rest;
  };
  return normal(prediction) === normal(reference) ? 1 : 0;
}
