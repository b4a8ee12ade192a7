/** What was looked for in the training data before anything was drawn, as rows of text: in report.md and on the page. */
import { acrossText } from '../data/receipt/removal-tables.ts';
import { count } from '../text/counts.ts';
import type { Report } from './report.ts';
import type { TextTable } from './split-text.ts';

/** One row for each source of each data step. */
export function screeningTable({ dataSteps }: Pick<Report, 'dataSteps'>): TextTable {
  return {
    head: [
      'Data step',
      'Source',
      'Duplicates looked for',
      'Exact, left out',
      'Near, left out',
      'Of these in sources before',
      'Benchmarks looked for',
      'Contaminated, left out',
      'Found, kept',
    ],
    rows: dataSteps.flatMap(({ step, receipt }) =>
      receipt.sources.map(({ name, screen }) => {
        const { dedup = 'off', against = [] } = screen ?? {};
        const duplicates =
          screen === undefined || dedup === 'off'
            ? ['no', '', '', '']
            : [
                dedup,
                count(screen.duplicates.exact),
                count(screen.duplicates.near),
                acrossText(screen.duplicates),
              ];
        const items =
          screen === undefined || against.length === 0
            ? ['none', '', '']
            : [against.join(', '), count(screen.contaminated), count(screen.flagged)];
        return { cells: [step, name, ...duplicates, ...items] };
      }),
    ),
  };
}

export const SCREENING_NOTE: string =
  'Exact duplicates are equal up to case and punctuation; a row that several sources hold belongs to the one declared ' +
  'first. Contaminated rows hold items of the benchmarks. Problems that are made from a seed are not looked at: they ' +
  'differ from each other and from what is asked by how they are made.';
