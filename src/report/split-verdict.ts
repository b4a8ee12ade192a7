import { listed } from '../text/counts.ts';
import { points, signed, signedRange } from './number-text.ts';
import type { ArmOverfitting, GapVerdict, SplitGap, UntoldGap } from './report-splits.ts';
import { RULES } from './rules.ts';

/**
 * Overfit where a split says so; shown to be none where every split that could say so had the size to. Null for an arm
 * of which no such split was evaluated.
 */
export function armVerdict(
  arm: string,
  gaps: readonly SplitGap[],
  untold: readonly UntoldGap[],
): ArmOverfitting | null {
  const own = gaps.filter((row) => row.arm === arm && SIGNS[row.split] !== undefined);
  const missing = untold.filter((row) => row.arm === arm);
  if (own.length + missing.length === 0) return null;
  const found = own.filter((row) => row.verdict === SIGNS[row.split]?.verdict && !isUntrustworthy(row));
  if (found.length > 0) {
    const reasons = found.map(
      (row) => `${SIGNS[row.split]?.words} (${signed(row.gap.value)} points, ${signedRange(row.gap)})`,
    );
    return { arm, verdict: 'overfit', because: `${reasons.join('; ')}.` };
  }
  const open = own
    .filter((row) => row.verdict === 'cannot tell' && !isUntrustworthy(row))
    .map((row) => row.split);
  // Where it is not known that an arm saw the items, the lack of a gap clears it of nothing.
  const unknown = own
    .filter((row) => row.seen === 'not known' && !open.includes(row.split))
    .map((row) => row.split);
  const reasons = [
    ...(open.length > 0
      ? [
          `The items of ${listed(open)} are too few, or too hard, to show a gap of ${points(RULES.smallestEffect)}.`,
        ]
      : []),
    ...(unknown.length > 0
      ? [`Whether it was trained on the problems behind the items of ${listed(unknown)} is not known.`]
      : []),
    ...missing.map(({ split, because }) => `${split}: ${because}`),
  ];
  if (reasons.length > 0) return { arm, verdict: 'cannot tell', because: reasons.join(' ') };
  return {
    arm,
    verdict: 'no overfitting shown',
    because: `On ${own.map((row) => row.split).join(', ')} a gap of ${points(RULES.smallestEffect)} would have been found.`,
  };
}

/** Perturbed items are harder by their idle clause: only of problems that an arm saw do they say anything. */
const isUntrustworthy = ({ split, seen }: SplitGap): boolean => split === 'perturbed' && seen === 'not known';

/** Which gap is a sign of overfitting. */
const SIGNS: Readonly<Record<string, { readonly verdict: GapVerdict; readonly words: string }>> = {
  train: {
    verdict: 'more',
    words: 'it changed more on its training items than on new ones of the same kind',
  },
  perturbed: {
    verdict: 'less',
    words: 'it changed less on training items with other names and numbers than on test items',
  },
  fresh: { verdict: 'less', words: 'its change on the test items does not repeat on fresh ones' },
};
