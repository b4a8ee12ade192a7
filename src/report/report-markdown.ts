import { count } from '../text/counts.ts';
import { markdownTable } from './markdown-table.ts';
import { indexText, percent, percentRange, pValue, signed, signedRange } from './number-text.ts';
import type { OutcomeCounts, Report } from './report.ts';
import { splitSections } from './split-markdown.ts';

/** `report.md`: the report for readers of text, complete without the page. */
export function reportMarkdown(report: Report): string {
  return `${[
    `# ${report.study.name}`,
    `**${report.study.question}**`,
    report.answer,
    `Model: ${report.model.name}, ${count(report.model.parameters)} parameters. ${report.training.sentence}`,
    `What was held equal: ${report.matched.sentence}`,
    section(
      'What one may conclude',
      bullets(report.conclusions.may, 'Nothing beyond this run’s own numbers.'),
    ),
    section('What one may not conclude', bullets(report.conclusions.mayNot, 'No reservation was found.')),
    section('Difference to the base model by domain', domainTable(report)),
    section('Scores', scoreTable(report)),
    section('Difference to the base model by benchmark', comparisonTable(report)),
    section('Transfer', transferTable(report)),
    section('Forgetting', forgettingTable(report)),
    ...splitSections(report),
    section('Answers that can be read', formatTable(report)),
    ...readingSection(report),
    section('Arms', armTable(report)),
    section('Steps', stepTable(report)),
    section('Rules of this report', bullets(report.rules.sentences, '')),
  ].join('\n\n')}\n`;
}

/** With several seeds an item is counted once for each: said wherever such counts are shown. */
export function seedsAdded({ seeds }: Report): string {
  return seeds.length > 1 ? `, counts of ${seeds.length} seeds added together` : '';
}

const section = (title: string, body: string) => `## ${title}\n\n${body}`;

function bullets(sentences: readonly string[], none: string): string {
  return sentences.length > 0 ? sentences.map((sentence) => `- ${sentence}`).join('\n') : none;
}

function domainTable(report: Report): string {
  const rows = report.domainComparisons.map((row) => [
    row.domain,
    row.arm,
    signed(row.difference.value),
    signedRange(row.difference),
    pValue(row.adjustedP),
    percent(row.detectable),
    percent(row.detectableCorrected),
    row.seedSpread === null ? 'one seed' : percent(row.seedSpread),
    row.verdict,
  ]);
  return `${markdownTable(
    [
      'Domain',
      'Arm',
      'Difference',
      '95 % interval',
      'p (Holm)',
      'Could show',
      'Could show, corrected',
      'Spread of seeds',
      'Verdict',
    ],
    rows,
  )}\n\nDifferences in points. "Could show": the smallest true difference that these items show four times in five (power 80 %) if this were the only comparison; "corrected": at the level 0.05 divided by the comparisons of the family, which is always enough for Holm’s correction.`;
}

function scoreTable(report: Report): string {
  const rows = report.benchmarks.map((benchmark) => [
    `${benchmark.name} (${benchmark.domain}${benchmark.inDomain ? '' : ', in no domain’s score'}, n ${benchmark.items}, chance ${percent(benchmark.chance)})`,
    ...report.arms.map((arm) => {
      const row = report.scores.find((s) => s.benchmark === benchmark.name && s.arm === arm.name);
      return row ? `${percent(row.score.value)} (${percentRange(row.score)})` : '';
    }),
  ]);
  return markdownTable(['Benchmark', ...report.arms.map((arm) => arm.name)], rows);
}

function comparisonTable(report: Report): string {
  const rows = report.comparisons.map((row) => [
    row.benchmark,
    row.arm,
    signed(row.difference.value),
    signedRange(row.difference),
    `${pValue(row.p)}${row.test === 'mcnemar' ? '' : ' (sign-flip)'}`,
    count(row.difference.n),
    `+${row.transitions.wrongToRight} −${row.transitions.rightToWrong}`,
    row.difference.correlation === null ? 'none' : row.difference.correlation.toFixed(2).replace('-', '−'),
    signed(row.chanceCorrected),
  ]);
  return `${markdownTable(
    [
      'Benchmark',
      'Arm',
      'Difference',
      '95 % interval',
      'p',
      'n',
      'Won, lost',
      'Correlation',
      'Chance-corrected',
    ],
    rows,
  )}\n\nThe p-values are exact McNemar tests unless marked, and uncorrected: the claims of this report rest on the domains above. "Won, lost": items that went from wrong to right and from right to wrong${seedsAdded(report)}.`;
}

function transferTable(report: Report): string {
  const rows = report.transfer.map(({ arm, difference, domains, index }) => [
    arm,
    difference ? signed(difference.value) : 'none',
    difference ? signedRange(difference) : '',
    String(domains.length),
    index.refused === null ? indexText(index) : `not given: ${index.refused}`,
  ]);
  return markdownTable(
    ['Arm', 'Mean difference over transfer domains', '95 % interval', 'Domains', 'Transfer index'],
    rows,
  );
}

function forgettingTable(report: Report): string {
  const rows = report.forgetting.map((row) => [
    row.arm,
    row.guards ? `${signed(row.guards.value)} (${signedRange(row.guards)})` : 'none',
    row.verdict,
    `${row.rightToWrong} of ${row.baseRight}`,
  ]);
  return `${markdownTable(
    [
      'Arm',
      'Guards against base',
      'Verdict',
      `Right before, wrong after (all benchmarks${report.benchmarks.every((one) => one.inDomain) ? '' : ' of the domains'}${seedsAdded(report)})`,
    ],
    rows,
  )}\n\nKept: the interval lies above a loss of ${percent(report.rules.forgettingMargin)} points.`;
}

function formatTable(report: Report): string {
  const rows = report.format.map((row) => [
    row.arm,
    row.readable ? `${percent(row.readable.value)} (${percentRange(row.readable)})` : 'nothing generated',
    row.difference ? `${signed(row.difference.value)} (${signedRange(row.difference)})` : '',
    outcomeText(row.outcomes),
  ]);
  return markdownTable(['Arm', 'Readable answers, %', 'Against base', 'Outcomes of generated answers'], rows);
}

/** `12 correct, 10 wrong, 2 no answer`: outcomes that occur. */
export function outcomeText(outcomes: OutcomeCounts): string {
  return Object.entries(outcomes)
    .filter(([, number]) => number > 0)
    .map(([outcome, number]) => `${count(number)} ${outcome.replace('_', ' ')}`)
    .join(', ');
}

function readingSection(report: Report): string[] {
  const differing = report.readings.filter((row) => row.differs);
  if (differing.length === 0) return [];
  const rows = differing.map((row) => [
    row.benchmark,
    row.arm,
    percent(row.compatible),
    percent(row.corrected),
    `${signed(row.difference.value)} (${signedRange(row.difference)})`,
  ]);
  return [
    section(
      'Where the two readings of an answer differ',
      markdownTable(
        ['Benchmark', 'Arm', 'As lm-evaluation-harness', 'As a careful reader', 'Difference'],
        rows,
      ),
    ),
  ];
}

function armTable(report: Report): string {
  const rows = report.arms.map((arm) => [
    `${arm.name}${arm.isBase ? ' (base)' : ''}`,
    arm.title,
    arm.from ?? 'the study’s model',
    arm.stages.map((stage) => mixText(stage.mix)).join(' → ') || 'no training',
    arm.runs.map((run) => count(run.supervisedTokens)).join(', '),
    arm.stages.length === 0 ? '' : arm.matched ? 'yes' : 'no',
  ]);
  return markdownTable(
    ['Arm', 'What it is', 'Starts from', 'Stages', 'Supervised tokens (each seed)', 'Matched'],
    rows,
  );
}

/** `math 50 %, general 50 %`. */
export function mixText(mix: Readonly<Record<string, number>>): string {
  return Object.entries(mix)
    .map(([source, weight]) => `${source} ${(100 * weight).toFixed(0)} %`)
    .join(', ');
}

function stepTable(report: Report): string {
  const rows = report.steps.map((step) => [step.id, step.kind, step.label, `\`${step.fingerprint}\``]);
  return markdownTable(['Step', 'Kind', 'What', 'Fingerprint'], rows);
}
