import { limitText } from '../../evaluation/item-limit.ts';
import { count, counted } from '../../text/counts.ts';
import { armClass, marker } from '../charts/marks.ts';
import { element } from '../charts/svg.ts';
import type { Report } from '../report.ts';
import { armMarks } from './chart-data.ts';
import type { Disagreements } from './disagreements.ts';
import { formatSection, scoreSection, trainingSection } from './evidence-sections.ts';
import { conclusionSection, dataSection, domainSection, transferSection } from './finding-sections.ts';
import { safe, section } from './markup.ts';
import { type PageAssets, SCRIPTS } from './page-assets.ts';
import { pageHead, pageScripts } from './page-frame.ts';
import { armSection, ruleSection, stepSection } from './provenance-sections.ts';
import { difficultySection, overfittingSection, pairSection } from './split-sections.ts';
import { type StageRows, stageSection } from './stage-sections.ts';

/**
 * The whole report as one page. Everything is drawn here; the scripts only sort, filter, show hints and browse
 * samples, so the page is complete without them and on paper. It asks nothing of any other address, which its
 * content security policy enforces.
 */
export function reportHtml(
  report: Report,
  disagreements: Disagreements,
  assets: PageAssets,
  rows: StageRows = new Map(),
): string {
  const parts = [
    domainSection(report),
    conclusionSection(report),
    dataSection(report),
    stageSection(report, rows),
    transferSection(report),
    overfittingSection(report),
    difficultySection(report),
    pairSection(report),
    scoreSection(report),
    formatSection(report),
    trainingSection(report),
    sampleSection(disagreements),
    armSection(report),
    stepSection(report),
    ruleSection(report),
  ].filter(Boolean);
  const contents = parts.map((part) => {
    const [, id, title] = /id="([^"]+)".*?<h2[^>]*>(.*?)<\/h2>/s.exec(part) ?? [];
    return `<a href="#${id}">${title}</a>`;
  });
  return `${pageHead(`${report.study.name}: Carryover report`, assets)}
<body>
<a class="skip" href="#domains">Skip to the findings</a>
${header(report)}
<nav class="contents" aria-label="Contents">${contents.join('')}</nav>
${filterBar(report)}
<main>
${parts.join('\n')}
</main>
<footer>Made by Carryover from the stored samples of the run. The same samples give this page byte for byte.</footer>
<div id="tip" role="status" hidden></div>
<script type="application/json" id="disagreements">${inlineJson(disagreements)}</script>
${pageScripts(assets, SCRIPTS)}
</body>
</html>
`;
}

function header(report: Report): string {
  const limited = limitText(report.evaluation.limit, report.evaluation.limits);
  const items = report.benchmarks.reduce((sum, benchmark) => sum + benchmark.items, 0);
  const facts = [
    ['Model', `${report.model.name}, ${count(report.model.parameters)} parameters`],
    ['Training', report.training.sentence],
    ['Held equal', report.matched.sentence],
    [
      'Evaluation',
      `${counted(report.benchmarks.length, 'benchmark')}, ${counted(items, 'item')} for each arm${limited === null ? '' : `: ${limited}`}`,
    ],
    [
      'Training seeds',
      report.seeds.length === 1
        ? `one (${report.seeds[0]}): the noise of training is unknown`
        : report.seeds.join(', '),
    ],
  ];
  return `<header><p class="study">${safe(report.study.name)}</p><h1>${safe(report.study.question)}</h1><p class="answer">${safe(report.answer)}</p><dl>${facts
    .map(([term, text]) => `<div><dt>${term}</dt><dd>${safe(text as string)}</dd></div>`)
    .join('')}</dl></header>`;
}

/** Check boxes with the arms' marks; the key to every figure, and with scripts a filter. */
function filterBar(report: Report): string {
  const boxes = [...armMarks(report).values()].map((arm) => {
    const sign = element(
      'svg',
      { viewBox: '0 0 16 16', width: 16, height: 16, class: armClass(arm), 'aria-hidden': 'true' },
      marker(arm, 8, 8, 6),
    );
    return `<label><input type="checkbox" checked value="${safe(arm.name)}">${sign}${safe(arm.name)}</label>`;
  });
  return `<form class="filter" aria-label="Arms shown">${boxes.join('')}<button type="button" id="theme" hidden></button></form>`;
}

function sampleSection(disagreements: Disagreements): string {
  if (disagreements.benchmarks.length === 0) return '';
  return section(
    'samples',
    'Items on which arms disagree with the base model',
    '<noscript><p>Browsing items needs scripts; the samples are in the run’s evaluations folder.</p></noscript>',
    '<div id="browser"></div>',
  );
}

/** JSON that cannot end the script element it stands in. */
function inlineJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}
