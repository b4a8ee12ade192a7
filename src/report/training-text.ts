/** What arms were trained on, and what became of items, as rows of text: the same in report.md and on the page. */

import type { RenderingFacts } from '../study/run-facts.ts';
import { count, counted, listed } from '../text/counts.ts';
import type { DomainComparison, Report } from './report.ts';
import type { SeenItems, Trained, TrainedSource } from './report-training.ts';
import type { TextTable } from './split-text.ts';

/** What was trained on, one row for each source of each arm. */
export function dataTable(report: Report): TextTable {
  const rows = report.trainingData.flatMap(({ arm, from, sources }) => [
    ...(from === null
      ? []
      : [{ arm, cells: [arm, from, 'what it was trained on before is not known', '', ''] }]),
    ...sources.map((source) => ({
      arm,
      cells: [
        arm,
        source.name,
        contentText(source),
        bySeed(source.supervisedTokens),
        source.examples === null ? 'not said' : bySeed(source.examples),
      ],
    })),
  ]);
  return { head: ['Arm', 'Source', 'What it holds', 'Supervised tokens', 'Examples drawn'], rows };
}

/** `procedural train, seed 0, 400 rows: logical (deduction, syllogisms), code (program_output)`. */
function contentText({ title, domains, tasks }: TrainedSource): string {
  if (domains === null) return `${title}: domains not known`;
  const parts = domains.map((domain) => {
    const own = tasks.filter((task) => task.domain === domain).map(({ name }) => name);
    return own.length > 0 ? `${domain} (${own.join(', ')})` : domain;
  });
  return `${title}: ${parts.join('; ')}`;
}

/** One number where all seeds agree. */
function bySeed(numbers: readonly number[]): string {
  return [...new Set(numbers)].length === 1
    ? count(numbers[0] as number)
    : numbers.map((one) => count(one)).join(', ');
}

export function dataNote(report: Report): string {
  const notes =
    'Numbers are of one seed, or seed by seed where they differ. A dataset’s domains are those of the benchmarks ' +
    'that are made from it; of other datasets and files they are not known.';
  return [notes, ...renderingSentences(report), ...pretrainingSentences(report)].join(' ');
}

/** By which template conversations became text, and what was supervised; arms may start from other models. */
export function renderingSentences({ trainingData }: Pick<Report, 'trainingData'>): string[] {
  const arms = new Map<string, string[]>();
  for (const { arm, rendering } of trainingData) {
    if (rendering === null) continue;
    const text = `${templateWords(rendering)}, ${TRAINED_ON_WORDS[rendering.trainOn]}`;
    arms.set(text, [...(arms.get(text) ?? []), arm]);
  }
  return [...arms].map(
    ([text, names]) =>
      `Conversations${arms.size > 1 ? ` of ${listed(names)}` : ''} were rendered with ${text}.`,
  );
}

function templateWords({ template, named }: RenderingFacts): string {
  if (template === null) return 'the model’s own chat template';
  return `the chat template ${template}${named ? '' : ', as the model has none of its own'}`;
}

const TRAINED_ON_WORDS: Readonly<Record<RenderingFacts['trainOn'], string>> = {
  assistant: 'and every answer was trained on',
  last: 'and the last answer of each was trained on',
  all: 'and their whole text was trained on, questions included',
};

/** Where the base model says what it was pretrained on: "not trained here" then does not mean "never seen". */
export function pretrainingSentences({ model, benchmarks }: Pick<Report, 'model' | 'benchmarks'>): string[] {
  const tasks = new Set(model.pretrainedOn?.map(({ name }) => `proc/${name}`));
  if (tasks.size === 0) return [];
  const evaluated = [...new Set(benchmarks.map((one) => one.variantOf ?? one.name))];
  const known = evaluated.filter((name) => tasks.has(name));
  const of =
    known.length === evaluated.length
      ? `all ${counted(evaluated.length, 'task')} evaluated here`
      : `${known.length} of the ${counted(evaluated.length, 'task')} evaluated here`;
  return [
    `The base model saw problems of ${counted(tasks.size, 'procedural task')} in its pretraining, ${of} among them: no kind of problem is new to it, and what improves may be what it had learned before.`,
  ];
}

/** How many of the items made from training problems each arm saw; null where there are no such items. */
export function seenTable(report: Report): TextTable | null {
  if (report.seenItems.length === 0) return null;
  const arms = report.trainingData.map(({ arm }) => arm);
  const benchmarks = [...new Set(report.seenItems.map(({ benchmark }) => benchmark))];
  return {
    head: ['Items of', 'Items', ...arms],
    rows: benchmarks.map((benchmark) => {
      const own = report.seenItems.filter((row) => row.benchmark === benchmark);
      const cells = arms.map((arm) => seenText(own.find((row) => row.arm === arm)));
      return { cells: [benchmark, count(own[0]?.items ?? 0), ...cells] };
    }),
  };
}

function seenText(row: SeenItems | undefined): string {
  if (!row || row.perSeed === null) return 'cannot be told';
  const [first, ...others] = row.perSeed;
  return others.length === 0 ? String(first) : `${row.everySeed} (by seed ${row.perSeed.join(', ')})`;
}

export const SEEN_NOTE: string =
  'Of how many items the arm saw the training problem: the item itself (@train), or the one that it was made from ' +
  '(@perturbed). With several seeds: with every seed, and in brackets with each. Gaps on these splits are made of the ' +
  'items seen with every seed, and of tasks with at least 10 of them. The model may have met other problems before.';

/** What became of the items of each domain, in both directions. */
export function changedTable(report: Report): TextTable {
  const arms = report.forgetting.map(({ arm }) => arm);
  const domains = report.forgetting[0]?.byDomain.map(({ domain }) => domain) ?? [];
  return {
    head: ['Domain', ...arms],
    rows: domains.map((domain) => ({
      cells: [
        domain,
        ...report.forgetting.map(({ arm, byDomain }) => {
          const row = byDomain.find((one) => one.domain === domain);
          const trained = report.domainComparisons.find((one) => one.arm === arm && one.domain === domain);
          const mark = trained?.trained === 'yes' ? ' (trained here)' : '';
          return row
            ? `−${row.rightToWrong} of ${row.baseRight}, +${row.wrongToRight} of ${row.baseWrong}${mark}`
            : '';
        }),
      ],
    })),
  };
}

export const TRAINED_WORDS: Readonly<Record<Trained, string>> = {
  yes: 'trained here',
  no: 'no',
  unknown: 'unknown',
};

/** A verdict with what it means for the arm: a gain is learned where it was trained, and else carried over. */
export function verdictWords({ verdict, trained, role }: DomainComparison): string {
  if (verdict !== 'gain' || role === 'guards') return verdict;
  if (trained === 'unknown') return 'gain (training unknown)';
  return role === 'source' ? 'gain (learned)' : 'gain (carried over)';
}

/** The transfer domains of an arm, with a mark where it is not known whether it was trained there. */
export function untrainedText(report: Report, arm: string): string {
  const own = report.domainComparisons.filter((row) => row.arm === arm && row.role === 'transfer');
  const names = own.map(({ domain, trained }) => (trained === 'unknown' ? `${domain} (unknown)` : domain));
  return names.length === 0 ? 'none' : listed(names);
}
