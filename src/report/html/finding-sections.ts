import { forestPlot } from '../charts/forest-plot.ts';
import { gainForgetting } from '../charts/gain-forgetting.ts';
import { changedNote, DOMAIN_NOTE, forgettingNote, TRANSFER_NOTE } from '../legends.ts';
import { neededText } from '../needed-text.ts';
import { indexText, percent, pValue, signed, signedRange } from '../number-text.ts';
import type { Report } from '../report.ts';
import {
  changedTable,
  dataNote,
  dataTable,
  TRAINED_WORDS,
  untrainedText,
  verdictWords,
} from '../training-text.ts';
import { VERDICT_MARKS } from '../verdict-marks.ts';
import { domainForest, gainPoints, stepsOfArm } from './chart-data.ts';
import { bothWidths, safe, section, sentences, sortableTable, sourced } from './markup.ts';
import { note, textTable } from './text-table.ts';

/** The main figure and the table behind it. */
export function domainSection(report: Report): string {
  const figure = bothWidths(
    (width) => forestPlot(domainForest(report), { width }),
    `Each line is a 95 % interval of the difference to the base model, item by item. Shaded: differences below ${(100 * report.rules.smallestEffect).toFixed(0)} points. ▲ gain, ▼ loss, = no difference shown, ? cannot tell. Held equal: ${report.matched.sentence}`,
  );
  const table = sortableTable(
    'Difference to the base model by domain, in points',
    [
      'Domain',
      'Arm',
      'Trained here',
      'Difference',
      '95 % interval',
      'p (Holm)',
      'Could show',
      'Corrected',
      'Spread of seeds',
      'Verdict',
      'What would tell',
    ],
    report.domainComparisons.map((row) => ({
      arm: row.arm,
      cells: [
        row.domain,
        row.arm,
        TRAINED_WORDS[row.trained],
        {
          html: sourced(report, signed(row.difference.value), stepsOfArm(report, row.arm)),
          order: row.difference.value,
        },
        { html: signedRange(row.difference), order: row.difference.low },
        { html: pValue(row.adjustedP).replace('<', '&lt;'), order: row.adjustedP },
        { html: percent(row.detectable), order: row.detectable },
        { html: percent(row.detectableCorrected), order: row.detectableCorrected },
        { html: row.seedSpread === null ? 'one seed' : percent(row.seedSpread), order: row.seedSpread ?? -1 },
        {
          html: `<span class="verdict ${row.verdict.replaceAll(' ', '-')}">${VERDICT_MARKS[row.verdict]} ${verdictWords(row)}</span>`,
          order: ['loss', 'cannot tell', 'no difference shown', 'gain'].indexOf(row.verdict),
        },
        row.needed ? neededText(row.needed, { items: row.difference.n, seeds: report.seeds.length }) : '',
      ],
    })),
  );
  return section(
    'domains',
    'Difference to the base model by domain',
    figure,
    `<details><summary>The numbers</summary>${table}${note(`${DOMAIN_NOTE} Every difference links to the step that measured it.`)}</details>`,
  );
}

/** What every arm was trained on. Empty when nothing was trained. */
export function dataSection(report: Report): string {
  if (report.trainingData.length === 0) return '';
  return section(
    'training-data',
    'What the arms were trained on',
    textTable('Sources of every arm', dataTable(report)),
    note(dataNote(report)),
  );
}

export function conclusionSection(report: Report): string {
  const { may, mayNot } = report.conclusions;
  return section(
    'conclusions',
    'What one may conclude',
    `<div class="pair"><div class="card may"><h3>This run shows</h3>${sentences(may, 'Nothing beyond its own numbers.')}</div>`,
    `<div class="card may-not"><h3>This run does not show</h3>${sentences(mayNot, 'No reservation was found.')}</div></div>`,
  );
}

export function transferSection(report: Report): string {
  const points = gainPoints(report);
  const figure = bothWidths(
    (width) =>
      gainForgetting(
        {
          title: 'Gain on other domains against what was kept',
          across: 'domains not trained on, points',
          upwards: 'guards, points',
          points,
        },
        { width, height: width > 500 ? 420 : 330 },
      ),
    `Across: mean difference over the domains that the arm was not trained on; arms trained on all are not drawn. Upwards: mean difference over the guards. Lines are 95 % intervals. Held equal: ${report.matched.sentence}`,
  );
  const table = sortableTable(
    'Transfer and forgetting',
    [
      'Arm',
      'Not trained on',
      'Mean difference there',
      'p (Holm)',
      'Could show',
      'Verdict',
      'Transfer index',
      'Guards',
      'Verdict on guards',
    ],
    report.transfer.map((row) => {
      const { arm, difference, index } = row;
      const forgot = report.forgetting.find((one) => one.arm === arm);
      return {
        arm,
        cells: [
          arm,
          untrainedText(report, row.arm),
          difference
            ? {
                html: `${sourced(report, signed(difference.value), stepsOfArm(report, arm))} <small>${signedRange(difference)}</small>`,
                order: difference.value,
              }
            : 'none',
          row.adjustedP === null
            ? ''
            : { html: pValue(row.adjustedP).replace('<', '&lt;'), order: row.adjustedP },
          row.detectable === null ? '' : { html: percent(row.detectable), order: row.detectable },
          row.verdict === 'none' ? row.because : row.verdict,
          index.refused === null
            ? { html: indexText(index), order: index.value }
            : { html: `<span class="refused" title="${safe(index.refused)}">not given</span>`, order: -1e9 },
          forgot?.guards
            ? {
                html: `${signed(forgot.guards.value)} <small>${signedRange(forgot.guards)}</small>`,
                order: forgot.guards.value,
              }
            : 'none',
          forgot?.verdict ?? 'no guards',
        ],
      };
    }),
  );
  const refused = report.transfer.flatMap(({ arm, index }) =>
    index.refused === null ? [] : [`${arm}: ${index.refused}`],
  );
  return section(
    'transfer',
    'Gain and forgetting',
    figure,
    table,
    note(TRANSFER_NOTE),
    refused.length > 0 ? note(`Index not given. ${refused.join(' ')}`) : '',
    note(forgettingNote(report)),
    textTable('Items that changed, by domain', changedTable(report)),
    note(changedNote(report)),
  );
}
