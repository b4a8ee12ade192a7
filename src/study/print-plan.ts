/** The plan as `--dry-run` prints it. */

import { count, counted } from '../text/counts.ts';
import { roughDuration } from '../text/duration.ts';
import { textTable } from '../text/text-table.ts';
import type { Arm } from './arms.ts';
import { loraOf } from './lora.ts';
import type { ArmRun, Plan, PlanStep } from './plan.ts';
import { planWarnings } from './plan-warnings.ts';
import type { Rates } from './time-estimate.ts';

/** What was found out beforehand about the work behind a plan. */
export interface PlanFigures {
  readonly model: { readonly name: string; readonly parameters: number };
  /** By id of the data step. */
  readonly data: ReadonlyMap<string, { readonly supervisedTokens: number; readonly tokens: number }>;
  readonly evaluation: EvaluationFigures;
  readonly rates: Rates;
  readonly cores: number;
}

/** The evaluation of one model. */
export interface EvaluationFigures {
  readonly items: number;
  readonly promptTokens: number;
  /** Assumed: nobody knows how long a model will answer. */
  readonly answerTokens: number;
}

export interface PlanTimes {
  readonly train: number;
  readonly evaluate: number;
}

/** Seconds of training (each shared step once) and of evaluation. */
export function planTimes(plan: Plan, figures: PlanFigures): PlanTimes {
  const { rates, evaluation } = figures;
  let train = 0;
  let models = 0;
  for (const { work } of plan.steps) {
    if (work.kind === 'train') train += (figures.data.get(work.data)?.tokens ?? 0) / rates.train;
    if (work.kind === 'evaluate') models++;
  }
  const one = evaluation.promptTokens / rates.prompt + evaluation.answerTokens / rates.answer;
  return { train, evaluate: models * one };
}

export function printPlan(plan: Plan, figures: PlanFigures): string {
  const { study } = plan;
  const { model, evaluation } = figures;
  const times = planTimes(plan, figures);
  const models = plan.steps.filter(({ kind }) => kind === 'evaluate').length;
  const named = study.evaluation.benchmarks.length;
  const lines = [
    `${study.name}: ${study.question}`,
    '',
    `model      ${model.name}, ${(model.parameters / 1e6).toFixed(1)} M parameters`,
    ...trainingLines(plan),
    '',
    ...stageTable(plan, figures),
    '',
    `evaluate   ${counted(models, 'model')} on ${counted(named, 'benchmark')}; each model ${counted(evaluation.items, 'item')} in all, ` +
      `${count(evaluation.promptTokens)} prompt tokens${answersText(evaluation.answerTokens)}`,
    `           ${study.evaluation.benchmarks.join(', ')}`,
    `steps      ${stepCounts(plan.steps)}`,
    `time       about ${roughDuration(times.train + times.evaluate)}: ${roughDuration(times.train)} of training, ` +
      `${roughDuration(times.evaluate)} of evaluation. An estimate from rates recorded on another machine,`,
    `           scaled to ${counted(figures.cores, 'core')} and this model's size; it may be wrong by a factor of two.`,
    ...planWarnings(plan),
  ];
  return lines.join('\n');
}

/** Choices are not written out: only other benchmarks have answers. */
function answersText(tokens: number): string {
  return tokens > 0 ? ` and an assumed ${count(tokens)} answer tokens` : '';
}

function trainingLines(plan: Plan): readonly string[] {
  const { training, budget, match, seeds } = plan.study;
  if (!training || !budget) return [];
  const lora = loraOf(training);
  const method = training.method === 'lora' ? `LoRA rank ${lora.rank}, alpha ${lora.alpha}` : 'all weights';
  const matched =
    match === 'none'
      ? 'nothing: arms are not compared at equal compute'
      : `supervised tokens: ${count(budget.supervised_tokens)} for every matched arm, in ${training.steps} optimizer steps`;
  return [
    `train      ${method}, learning rate ${training.learning_rate} (${training.schedule}), seeds ${seeds.join(', ')}`,
    `matched    ${matched}`,
  ];
}

function stageTable(plan: Plan, figures: PlanFigures): readonly string[] {
  const rows = [['arm', 'stage', 'steps', 'supervised', 'tokens', '']];
  for (const arm of plan.arms) {
    // Every seed has the same stages; the first one stands for all.
    const run = plan.runs.find((one) => one.arm === arm.name);
    if (!run || run.train.length === 0) rows.push([arm.name, 'not trained', '', '', '', startOf(arm)]);
    else rows.push(...stageRows(plan, figures, arm, run));
  }
  return textTable(rows, new Set([2, 3, 4]));
}

function stageRows(plan: Plan, figures: PlanFigures, arm: Arm, run: ArmRun): string[][] {
  return run.train.map((id, index) => {
    const step = plan.steps.find((one) => one.id === id);
    const data = figures.data.get(run.data[index] ?? '');
    const { work } = step ?? {};
    const span = work?.kind === 'train' ? `${work.steps.from}-${work.steps.to}` : '';
    const own = `${arm.name} ${index + 1}`;
    const others = step?.usedBy.filter((user) => user !== own) ?? [];
    const notes = [
      ...(others.length > 0 ? [`shared with ${others.join(', ')}`] : []),
      ...(index === 0 && startOf(arm) ? [startOf(arm)] : []),
    ];
    return [
      index === 0 ? arm.name : '',
      stageText(arm.stages[index]),
      span,
      data ? count(data.supervisedTokens) : '?',
      data ? `about ${count(data.tokens)}` : '?',
      notes.join('; '),
    ];
  });
}

function startOf(arm: Arm): string {
  return arm.from ? `starts from ${arm.from}, not compute-matched` : '';
}

function stageText(stage: Arm['stages'][number] | undefined): string {
  if (stage === undefined) return '';
  const { mix, mixture, course } = stage;
  if (mixture === undefined) return mixText(mix);
  return `${mixture}: ${mixText(mix)}${course ? ' on average' : ''}`;
}

function mixText(mix: Readonly<Record<string, number>>): string {
  const sources = Object.entries(mix);
  if (sources.length === 1) return sources[0]![0];
  return sources.map(([name, weight]) => `${Math.round(100 * weight)} % ${name}`).join(' + ');
}

function stepCounts(steps: readonly PlanStep[]): string {
  const kinds = ['data', 'train', 'evaluate', 'report'] as const;
  const counts = kinds.map((kind) => `${steps.filter((step) => step.kind === kind).length} ${kind}`);
  return `${steps.length}: ${counts.join(', ')}`;
}
