/** What variants, difficulty and pairs of arms say, as rows of text: the same in report.md and on the page. */
import { listed } from '../text/counts.ts';
import { neededText } from './needed-text.ts';
import { percent, percentRange, pValue, signed, signedRange } from './number-text.ts';
import type { Report } from './report.ts';
import type { ArmPair, PairComparison, SplitGap } from './report-splits.ts';

/** A table as head and rows of text; rows name the arm that they are about. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly { readonly arm?: string; readonly cells: readonly string[] }[];
}

export function gapTable(report: Report): TextTable {
  return {
    head: [
      'Arm',
      'Split',
      'Items trained on',
      'Change on test',
      'Change on the split',
      'Gap',
      '95 % interval',
      'p (Holm)',
      'Could show',
      'Spread of seeds',
      'Verdict',
      'What would tell',
    ],
    rows: report.overfitting.gaps.map((row) => ({
      arm: row.arm,
      cells: [
        row.arm,
        row.split,
        row.seen === null ? '' : row.seen === 'not known' ? 'not known' : 'all',
        signed(row.onTest.value),
        signed(row.onSplit.value),
        signed(row.gap.value),
        signedRange(row.gap),
        pValue(row.adjustedP),
        percent(row.detectable),
        row.seedSpread === null ? 'one seed' : percent(row.seedSpread),
        `${row.verdict}${row.floor.length > 0 ? ' (floor)' : ''}`,
        gapNeeds(row, report.seeds.length),
      ],
    })),
  };
}

const gapNeeds = ({ needed, gap }: SplitGap, seeds: number): string =>
  needed ? neededText(needed, { items: gap.n, seeds }) : '';

export function fitTable(report: Report): TextTable {
  return {
    head: ['Arm', 'Test items, %', 'Training items, %', 'Fit gap', '95 % interval'],
    rows: report.overfitting.fitGaps.map((row) => ({
      arm: row.arm,
      cells: [
        row.arm,
        percent(row.onTest.value),
        percent(row.onTrain.value),
        signed(row.gap.value),
        signedRange(row.gap),
      ],
    })),
  };
}

/** One sentence an arm. */
export function overfitSentences(report: Report): string[] {
  return report.overfitting.arms.map(
    ({ arm, verdict, because }) => `${arm}: ${verdict}. ${capital(because)}`,
  );
}

/** Splits without a gap for an arm, one sentence each; and the benchmarks that bias a gap. */
export function gapRemarks(report: Report): string[] {
  const { untold, gaps } = report.overfitting;
  const floors = [...new Set(gaps.flatMap(({ floor }) => floor))];
  return [
    ...untold.map(({ arm, split, because }) => `No gap of ${arm} on ${split}: ${because}`),
    ...(floors.length > 0
      ? [
          `(floor): on some of its benchmarks the base or the arm cannot be told from guessing, where a score cannot fall and rises late, so the gap is biased: ${floors.join(', ')}.`,
        ]
      : []),
  ];
}

export const GAP_NOTE: string =
  'Gap: the arm’s change against base on the split minus its change on the test items of the same tasks, in points. ' +
  'fresh: the same distribution as test, so a gap is chance, or choices made on the test items. ' +
  'perturbed: training problems with other names and numbers, and an idle clause that is a difficulty of its own. ' +
  'train: problems of the training data. Both are made of the items alone of which the arm saw the training problem. ' +
  'harder: one step deeper, so a gap there says how far a gain reaches, not whether an arm is overfit. ' +
  'Overfit: a gap above 0 on train, or below 0 on perturbed or fresh. p, “Could show” and “What would tell” as in the ' +
  'table of domains, corrected over all rows here.';

export const FIT_NOTE: string =
  'Fit gap: score on training items minus score on test items, not against base. Training and test items share their ' +
  'templates, so scores by template would not show whether templates were memorised; this gap is what can be shown. Training ' +
  'items are here all items of the split train, also those that the arm did not see.';

export const LEVEL_NOTE: string =
  'Unweighted mean over the tasks of the domain that have items of the level. harder: one level beyond training. ' +
  'Levels hold different items, so compare arms at one level, and read a fall along the levels as difficulty.';

/** One row for each domain and level, one column for each arm. */
export function levelTable(report: Report): TextTable {
  const arms = report.arms.map((arm) => arm.name);
  const places = new Map(
    report.difficulty.map((row) => [`${row.domain} ${row.level}`, { domain: row.domain, level: row.level }]),
  );
  return {
    head: ['Domain', 'Level', 'Tasks', 'Items', 'Chance', ...arms],
    rows: [...places.values()].map(({ domain, level }) => {
      const rows = report.difficulty.filter((row) => row.domain === domain && row.level === level);
      return {
        cells: [
          domain,
          level,
          String(rows[0]?.tasks.length ?? 0),
          String(Math.max(...rows.map((row) => row.score.n))),
          percent(rows[0]?.chance ?? 0),
          ...arms.map((arm) => {
            const row = rows.find((one) => one.arm === arm);
            return row ? `${percent(row.score.value)} (${percentRange(row.score)})` : 'none';
          }),
        ],
      };
    }),
  };
}

export function pairTable(pair: ArmPair): TextTable {
  return {
    head: [
      'Domain',
      `${pair.second} − ${pair.first}`,
      '95 % interval',
      'p (Holm)',
      'Could show',
      'Spread of seeds',
      'Verdict',
      'What would tell',
    ],
    rows: pairRowsOf(pair).map((row) => ({
      cells: [
        row.domain,
        signed(row.difference.value),
        signedRange(row.difference),
        pValue(row.adjustedP),
        percent(row.detectable),
        row.seedSpread === null ? 'one seed' : percent(row.seedSpread),
        pairVerdict(pair, row),
        row.needed ? neededText(row.needed, { items: row.difference.n, seeds: pair.seeds.length }) : '',
      ],
    })),
  };
}

const pairRowsOf = (pair: ArmPair): readonly PairComparison[] => [
  ...pair.domains,
  ...(pair.overall ? [pair.overall] : []),
];

function pairVerdict(pair: ArmPair, { verdict }: PairComparison): string {
  if (verdict === 'gain') return `${pair.second} better`;
  return verdict === 'loss' ? `${pair.first} better` : verdict;
}

/** What a pair has in common, and what its intervals hold. */
export function pairNote(pair: ArmPair): string {
  const same = pair.sameExamples
    ? 'Both saw the same examples from the same start, so their difference is the order alone.'
    : 'They did not see the same examples from the same start, so more than the order may differ.';
  const noise =
    pair.seeds.length > 1
      ? `Intervals hold for new items and new training seeds (${pair.seeds.length} seeds).`
      : 'One training seed: the noise of training is unknown and in no interval here.';
  return `${same} ${noise} Overall: the unweighted mean of the domains. p by Holm’s correction over the domains of the pair. “Could show”: the smallest true difference that would be found four times in five. “What would tell”: what it would take to find a difference of 5 points four times in five.`;
}

/** One sentence for a pair: told apart or not, and what it would take. */
export function pairSentence(pair: ArmPair): string {
  const rows = pairRowsOf(pair);
  const apart = rows.filter((row) => row.verdict === 'gain' || row.verdict === 'loss');
  const named = apart.map(
    (row) => `${pairVerdict(pair, row)} in ${row.domain} (${signed(row.difference.value)} points)`,
  );
  const seeds = pair.seeds.length;
  const needs = ({ needed, difference }: (typeof rows)[number]) =>
    needed ? ` ${neededText(needed, { items: difference.n, seeds })}` : '';
  const open = rows.filter((row) => row.verdict === 'cannot tell').map((row) => row.domain + needs(row));
  const equal = rows.filter((row) => row.verdict === 'no difference shown').map((row) => row.domain);
  const parts = [
    ...(named.length > 0 ? [listed(named).replaceAll(' in overall', ' overall')] : []),
    ...(equal.length > 0 ? [`no difference shown: ${listed(equal)}`] : []),
    ...(open.length > 0 ? [`cannot tell, and what would: ${listed(open)}`] : []),
  ];
  return `${pair.first} and ${pair.second}: ${parts.join('; ')}.`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
