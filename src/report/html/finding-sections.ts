import { forestPlot } from '../charts/forest-plot.ts';
import { gainForgetting } from '../charts/gain-forgetting.ts';
import { indexText, percent, pValue, signed, signedRange } from '../number-text.ts';
import type { Report } from '../report.ts';
import { seedsAdded } from '../report-markdown.ts';
import { VERDICT_MARKS } from '../verdict-marks.ts';
import { domainForest, gainPoints, stepsOfArm } from './chart-data.ts';
import { bothWidths, section, sentences, sortableTable, sourced } from './markup.ts';

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
      'Difference',
      '95 % interval',
      'p (Holm)',
      'Could show',
      'Corrected',
      'Spread of seeds',
      'Verdict',
    ],
    report.domainComparisons.map((row) => ({
      arm: row.arm,
      cells: [
        row.domain,
        row.arm,
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
          html: `<span class="verdict ${row.verdict.replaceAll(' ', '-')}">${VERDICT_MARKS[row.verdict]} ${row.verdict}</span>`,
          order: ['loss', 'cannot tell', 'no difference shown', 'gain'].indexOf(row.verdict),
        },
      ],
    })),
  );
  return section(
    'domains',
    'Difference to the base model by domain',
    figure,
    `<details><summary>The numbers</summary>${table}<p>“Could show”: the smallest true difference that these items show four times in five if this were the only comparison; “Corrected”: the same with the correction for all comparisons of the family. Every difference links to the step that measured it.</p></details>`,
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
          across: 'transfer domains, points',
          upwards: 'guards, points',
          points,
        },
        { width, height: width > 500 ? 420 : 330 },
      ),
    `Across: mean difference over the transfer domains. Upwards: mean difference over the guards. Lines are 95 % intervals. Held equal: ${report.matched.sentence}`,
  );
  const table = sortableTable(
    'Transfer and forgetting',
    [
      'Arm',
      'Transfer domains',
      'Transfer index',
      'Guards',
      'Verdict on guards',
      `Right before, wrong after${seedsAdded(report)}`,
    ],
    report.transfer.map(({ arm, difference, index }) => {
      const forgot = report.forgetting.find((row) => row.arm === arm);
      return {
        arm,
        cells: [
          arm,
          difference
            ? {
                html: `${sourced(report, signed(difference.value), stepsOfArm(report, arm))} <small>${signedRange(difference)}</small>`,
                order: difference.value,
              }
            : 'none',
          index.refused === null
            ? { html: indexText(index), order: index.value }
            : { html: `<span class="refused" title="${index.refused}">not given</span>`, order: -1e9 },
          forgot?.guards
            ? {
                html: `${signed(forgot.guards.value)} <small>${signedRange(forgot.guards)}</small>`,
                order: forgot.guards.value,
              }
            : 'none',
          forgot?.verdict ?? 'no guards',
          { html: `${forgot?.rightToWrong} of ${forgot?.baseRight}`, order: forgot?.rightToWrong ?? 0 },
        ],
      };
    }),
  );
  const refused = [...new Set(report.transfer.flatMap(({ index }) => index.refused ?? []))];
  return section(
    'transfer',
    'Gain and forgetting',
    figure,
    table,
    `<p>Transfer index: relative gain on other domains per 100 of relative gain in mathematics. ${refused.length > 0 ? `Where it is not given: ${refused.join(' ')}` : ''}</p>`,
  );
}
