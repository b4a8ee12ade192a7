import { count } from '../text/counts.ts';
import {
  ARM_NOTE,
  changedNote,
  comparisonNote,
  DOMAIN_NOTE,
  FORMAT_NOTE,
  forgettingNote,
  READING_NOTE,
  SCORE_NOTE,
  STEP_NOTE,
  TRANSFER_NOTE,
} from './legends.ts';
import { markdownTable } from './markdown-table.ts';
import { stagesText } from './mix-text.ts';
import { neededText } from './needed-text.ts';
import { indexText, percent, percentRange, pValue, signed, signedRange } from './number-text.ts';
import type { OutcomeCounts, Report } from './report.ts';
import { SCREENING_NOTE, screeningTable } from './screening-text.ts';
import { splitSections } from './split-markdown.ts';
import type { TextTable } from './split-text.ts';
import { inputTable, STAGE_NOTE, stageTable } from './stage-text.ts';
import {
  changedTable,
  dataNote,
  dataTable,
  TRAINED_WORDS,
  untrainedText,
  verdictWords,
} from './training-text.ts';

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
    ...(report.trainingData.length > 0
      ? [section('What the arms were trained on', `${textTable(dataTable(report))}\n\n${dataNote(report)}`)]
      : []),
    ...(report.dataSteps.length > 0
      ? [
          section(
            'What became of every row',
            `${textTable(stageTable(report))}\n\n${STAGE_NOTE}\n\n${textTable(screeningTable(report))}\n\n${SCREENING_NOTE}\n\n${textTable(inputTable(report))}`,
          ),
        ]
      : []),
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

const section = (title: string, body: string) => `## ${title}\n\n${body}`;

const textTable = ({ head, rows }: TextTable) =>
  markdownTable(
    head,
    rows.map(({ cells }) => cells),
  );

function bullets(sentences: readonly string[], none: string): string {
  return sentences.length > 0 ? sentences.map((sentence) => `- ${sentence}`).join('\n') : none;
}

function domainTable(report: Report): string {
  const rows = report.domainComparisons.map((row) => [
    row.domain,
    row.arm,
    TRAINED_WORDS[row.trained],
    signed(row.difference.value),
    signedRange(row.difference),
    pValue(row.adjustedP),
    percent(row.detectable),
    percent(row.detectableCorrected),
    row.seedSpread === null ? 'one seed' : percent(row.seedSpread),
    verdictWords(row),
    row.needed ? neededText(row.needed, { items: row.difference.n, seeds: report.seeds.length }) : '',
  ]);
  return `${markdownTable(
    [
      'Domain',
      'Arm',
      'Trained here',
      'Difference',
      '95 % interval',
      'p (Holm)',
      'Could show',
      'Could show, corrected',
      'Spread of seeds',
      'Verdict',
      'What would tell',
    ],
    rows,
  )}\n\n${DOMAIN_NOTE}`;
}

function scoreTable(report: Report): string {
  const rows = report.benchmarks.map((benchmark) => [
    `${benchmark.name} (${benchmark.domain}${benchmark.inDomain ? '' : ', in no domain’s score'}, n ${benchmark.items}, chance ${percent(benchmark.chance)})`,
    ...report.arms.map((arm) => {
      const row = report.scores.find((s) => s.benchmark === benchmark.name && s.arm === arm.name);
      return row ? `${percent(row.score.value)} (${percentRange(row.score)})` : '';
    }),
  ]);
  return `${markdownTable(['Benchmark', ...report.arms.map((arm) => arm.name)], rows)}\n\n${SCORE_NOTE}`;
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
  )}\n\n${comparisonNote(report)}`;
}

function transferTable(report: Report): string {
  const rows = report.transfer.map((row) => [
    row.arm,
    untrainedText(report, row.arm),
    row.difference ? signed(row.difference.value) : 'none',
    row.difference ? signedRange(row.difference) : '',
    row.adjustedP === null ? '' : pValue(row.adjustedP),
    row.detectable === null ? '' : percent(row.detectable),
    row.verdict === 'none' ? row.because : row.verdict,
    row.index.refused === null ? indexText(row.index) : `not given: ${row.index.refused}`,
  ]);
  return `${markdownTable(
    [
      'Arm',
      'Not trained on',
      'Mean difference',
      '95 % interval',
      'p (Holm)',
      'Could show',
      'Verdict',
      'Transfer index',
    ],
    rows,
  )}\n\n${TRANSFER_NOTE}`;
}

function forgettingTable(report: Report): string {
  const rows = report.forgetting.map((row) => [
    row.arm,
    row.guards ? `${signed(row.guards.value)} (${signedRange(row.guards)})` : 'none',
    row.verdict,
  ]);
  return [
    markdownTable(['Arm', 'Guards against base', 'Verdict'], rows),
    forgettingNote(report),
    textTable(changedTable(report)),
    changedNote(report),
  ].join('\n\n');
}

function formatTable(report: Report): string {
  const rows = report.format.map((row) => [
    row.arm,
    row.readable ? `${percent(row.readable.value)} (${percentRange(row.readable)})` : 'nothing generated',
    row.difference ? `${signed(row.difference.value)} (${signedRange(row.difference)})` : '',
    outcomeText(row.outcomes),
  ]);
  return `${markdownTable(
    ['Arm', 'Readable answers, %', 'Against base', 'Outcomes of generated answers'],
    rows,
  )}\n\n${FORMAT_NOTE}`;
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
      `${markdownTable(
        ['Benchmark', 'Arm', 'As lm-evaluation-harness', 'As a careful reader', 'Difference'],
        rows,
      )}\n\n${READING_NOTE}`,
    ),
  ];
}

function armTable(report: Report): string {
  const rows = report.arms.map((arm) => [
    `${arm.name}${arm.isBase ? ' (base)' : ''}`,
    arm.title,
    arm.from ?? 'the study’s model',
    stagesText(arm),
    arm.runs.map((run) => count(run.supervisedTokens)).join(', '),
    arm.stages.length === 0 ? '' : arm.matched ? 'yes' : 'no',
  ]);
  return `${markdownTable(
    ['Arm', 'What it is', 'Starts from', 'Stages', 'Supervised tokens (each seed)', 'Matched'],
    rows,
  )}\n\n${ARM_NOTE}`;
}

function stepTable(report: Report): string {
  const rows = report.steps.map((step) => [step.id, step.kind, step.label, `\`${step.fingerprint}\``]);
  return `${markdownTable(['Step', 'Kind', 'What', 'Fingerprint'], rows)}\n\n${STEP_NOTE}`;
}
