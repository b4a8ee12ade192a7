/** When the audit says something, and when it says that it cannot tell. */

export const VERDICTS = ['holds together', 'does not hold together', 'cannot tell'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Fewer independent models tell nothing about others: an interval from 7 correlations is a guess. */
export const LEAST_GROUPS = 8;
/** Over two models every correlation is 1 or -1. */
export const LEAST_MODELS = 3;
/** Below it, half of what a measure shows about the models is the choice of its items. */
export const LEAST_RELIABILITY = 0.5;
const LEVEL = 0.05;

export interface Judged {
  readonly verdict: Verdict;
  /** One sentence. */
  readonly why: string;
}

/**
 * "Holds together" needs both looks, "does not" an interval that lies below 0. `least`: the smallest p that these
 * measures could have reached, `groups`: independent models.
 */
export function judge(look: {
  readonly difference: { readonly low: number; readonly high: number };
  readonly p: number;
  readonly least: number;
  readonly groups: number;
}): Judged {
  const { difference, p, least, groups } = look;
  const open = (why: string): Judged => ({ verdict: 'cannot tell', why });
  if (groups < LEAST_GROUPS)
    return open(`${groups} independent models are too few; at least ${LEAST_GROUPS} are needed.`);
  if (difference.high < 0)
    return {
      verdict: 'does not hold together',
      why: 'Its benchmarks correlate more with those of other domains than with each other.',
    };
  if (least > LEVEL)
    return open(
      'There are too few benchmarks of different makings: no labelling of them could stand out, given how they are answered.',
    );
  if (p <= LEVEL && difference.low > 0)
    return {
      verdict: 'holds together',
      why: 'Its benchmarks correlate more with each other than with those of other domains.',
    };
  if (p <= LEVEL) return open('The labels fit these models, but other models or items might not show it.');
  if (difference.low > 0)
    return open('The difference is there, but labels that mean nothing reach it as well.');
  return open('The difference is not to be told from none.');
}
