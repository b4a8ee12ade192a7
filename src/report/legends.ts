/** What the columns of the tables mean: the same words in report.md and on the page. */
import { percent } from './number-text.ts';
import type { Report } from './report.ts';

/** With several seeds an item is counted once for each: said wherever such counts are shown. */
export function seedsAdded({ seeds }: Pick<Report, 'seeds'>): string {
  return seeds.length > 1 ? `, counts of ${seeds.length} seeds added together` : '';
}

export const DOMAIN_NOTE: string =
  'Differences in points, arm minus base. “Trained here”: the arm’s training data hold tasks of the domain, so a gain ' +
  'there is learned and has not carried over; “unknown”: nobody has said what the data hold. “p (Holm)”: corrected ' +
  'over all arms and domains of the family. “Could show”: the smallest true difference that these items show four ' +
  'times in five (power 80 %) if this were the only comparison; “corrected”: at the level 0.05 divided by the ' +
  'comparisons of the family, which is always enough for Holm’s correction. “Spread of seeds”: standard deviation of ' +
  'the seeds’ differences. “What would tell”: about how many items or seeds would show a difference of 5 points four ' +
  'times in five; empty where the verdict does tell, and where base and arm are both at the level of guessing.';

export const SCORE_NOTE: string =
  'Percent of the items (several seeds averaged), in brackets the 95 % interval. Chance: what guessing scores. ' +
  'Compare arms by the differences below, not by whether these intervals overlap.';

export const comparisonNote = (report: Pick<Report, 'seeds'>): string =>
  'Differences in points, arm minus base. The p-values are exact McNemar tests unless marked (sign-flip: the signs of ' +
  'whole items or clusters are flipped at random), and uncorrected: the claims of this report rest on the domains. ' +
  `“Won, lost”: items that went from wrong to right and from right to wrong${seedsAdded(report)}. “Correlation”: of ` +
  'the two lists of scores; the higher, the more pairing helps. “Chance-corrected”: the difference on the scale on ' +
  'which guessing is 0 and all right 100.';

export const TRANSFER_NOTE: string =
  'Mean difference: the unweighted mean over the reasoning domains that the arm was not trained on (where that is not ' +
  'known, over all but mathematics), in points, with p by sign flips and Holm’s correction over the arms. Transfer ' +
  'index (the Transferability Index of Huan et al., arXiv 2507.00432): 100 × the mean relative gain on the benchmarks ' +
  'of these domains ÷ the mean relative gain on those of mathematics, a relative gain being (score of the arm − score ' +
  'of base) ÷ score of base. 100: as much elsewhere as in mathematics; below 0: paid for elsewhere. In brackets its ' +
  '95 % bootstrap interval.';

export const forgettingNote = (report: Pick<Report, 'rules'>): string =>
  'Guards: knowledge and instruction following, difference in points with its 95 % interval. Kept: the interval lies ' +
  `above a loss of ${percent(report.rules.forgettingMargin)} points, and the base had something to lose.`;

export const changedNote = (report: Pick<Report, 'seeds'>): string =>
  '“−a of b”: of b items that base had right, the arm has a wrong; “+c of d”: of d items that base had wrong, the arm ' +
  `has c right${seedsAdded(report)}. Some items change both ways in any training: only the difference between the ` +
  'two directions is gain or loss.';

export const FORMAT_NOTE: string =
  'Readable: an answer could be extracted, right or wrong. Against base: difference in points with its 95 % interval, ' +
  'item by item. No answer: none could be extracted; truncated: cut off at the token limit; timeout: a program ran ' +
  'too long.';

export const READING_NOTE: string =
  'Score in percent of the same answers, as lm-evaluation-harness extracts them and as a careful reader does. Shown ' +
  'where the 95 % interval of the difference excludes 0.';

export const ARM_NOTE: string =
  'Stages in order, each with its sources by share of the supervised tokens. Supervised tokens: those of the answers, ' +
  'seed by seed. Matched: counts in what was held equal.';

export const STEP_NOTE: string =
  'A step with the same fingerprint gives the same result: it covers code, settings, data and model.';
