import type { Domain } from '../domains/domains.ts';
import { TRANSFER_DOMAINS } from '../domains/domains.ts';
import { CONFIDENCE, type Estimate } from '../stats/interval.ts';
import { points, pValue } from './number-text.ts';
import type { Family, ReportRules, Verdict } from './report.ts';

/** The constants of every verdict. Changing one changes what a report claims, so they are printed with it. */
export const RULES: ReportRules = {
  confidence: CONFIDENCE,
  alpha: 0.05,
  power: 0.8,
  smallestEffect: 0.05,
  forgettingMargin: 0.05,
  sentences: [
    'Every arm answered the same items as the base model; differences are taken item by item.',
    'Gain or loss: the 95 % interval of the difference excludes 0 and the p-value is at most 0.05 after Holm’s correction over all arms and domains of its family (the five domains beside mathematics; mathematics; guards).',
    'Carried over is a gain in a domain that the arm was not trained on, learned one in a domain that its training data hold tasks of. Where that is unknown, the report says so.',
    'No difference shown: neither of these, and a true difference of 5 points would have been found with a power of 80 % if this were the only comparison. “Could show” gives that difference, and beside it the larger one that is found just as surely when all comparisons of the family are corrected for. Both hold for the interval and for the exact test, which shows nothing where fewer than 6 items changed.',
    'Cannot tell: neither of these, and the evaluation was too small to find a difference of 5 points, or base and arm are both at the level of guessing.',
    'Kept (guards): the base model scores above guessing there, and the 95 % interval of the difference lies above a loss of 5 points. A test that finds nothing is no evidence that nothing was forgotten.',
    'A domain is the unweighted mean of its benchmarks; variants of a benchmark (other splits of a procedural task) count in none. Related items (same passage, same template) count as one cluster.',
    'Intervals describe the choice of test items: score intervals (Wilson for scores, Tango for differences, and their extension to averages over seeds), or Student’s t over clusters of related items; domains combine them (MOVER). They hold nothing of the noise of training, which only several seeds show; where two arms with several seeds are held against each other, the interval holds it too.',
  ],
};

export function familyOf(domain: Domain): Family {
  if (domain === 'mathematical') return 'mathematical';
  return (TRANSFER_DOMAINS as readonly string[]).includes(domain) ? 'transfer' : 'guards';
}

export interface Evidence {
  readonly difference: Estimate;
  readonly adjustedP: number;
  readonly detectable: number;
  readonly detectableCorrected: number;
  /** Base and arm both cannot be told from guessing. */
  readonly atChance: boolean;
}

/** `7.4 points (9.1 points with the correction for all comparisons)`, or the first alone where they agree. */
export function couldShow({
  detectable,
  detectableCorrected,
}: Pick<Evidence, 'detectable' | 'detectableCorrected'>): string {
  const [alone, corrected] = [points(detectable), points(detectableCorrected)];
  return alone === corrected ? alone : `${alone} (${corrected} with the correction for all comparisons)`;
}

/** The verdict of a comparison by `RULES`, with its reason. */
export function verdictOf(evidence: Evidence): { readonly verdict: Verdict; readonly because: string } {
  const { difference, adjustedP, detectable, atChance } = evidence;
  const excludesZero = difference.low > 0 || difference.high < 0;
  if (excludesZero && adjustedP <= RULES.alpha) {
    const verdict = difference.value > 0 ? 'gain' : 'loss';
    return { verdict, because: `The interval excludes 0 and the corrected p is ${pValue(adjustedP)}.` };
  }
  const why = excludesZero
    ? `The interval excludes 0, but the corrected p is ${pValue(adjustedP)}`
    : 'The interval contains 0';
  const limit = `the smallest difference these items could have shown is ${couldShow(evidence)}`;
  if (atChance)
    return {
      verdict: 'cannot tell',
      because: `${why}, base and arm are both at the level of guessing, and ${limit}.`,
    };
  return detectable <= RULES.smallestEffect
    ? { verdict: 'no difference shown', because: `${why}; ${limit}.` }
    : { verdict: 'cannot tell', because: `${why}, and ${limit}.` };
}
