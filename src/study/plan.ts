/**
 * From a study to the steps that answer it: a pure function, so that the plan can be printed, tested and compared
 * with a run folder before anything happens. Steps with equal fingerprints are one step; nothing else decides what
 * arms share.
 */

import type { Course } from '../data/mixture/course.ts';
import { sourcesToRead } from '../data/overlap/sources-to-read.ts';
import { RENDERER_VERSION } from '../data/render/render.ts';
import { armData } from './arm-data.ts';
import type { Arm } from './arms.ts';
import { resolveArms, stageSteps } from './arms.ts';
import type { PlannedStep } from './events.ts';
import type { Json, StepFingerprint } from './fingerprint.ts';
import { loraOf } from './lora.ts';
import { screenSpec } from './screen-spec.ts';
import { StepTable } from './step-table.ts';
import type { BudgetSection, Study, TrainingSection } from './study.ts';

/** What the plan needs to know about the world, found out beforehand. */
export interface ResolvedFacts {
  /** The study's model as typed. */
  readonly model: string;
  /** Fingerprint of each model, by reference: the study's and those of arms that start elsewhere. */
  readonly models: Readonly<Record<string, string>>;
  /** Digest of each source's files, by the source's name. */
  readonly sources: Readonly<Record<string, string>>;
  /** Digest of each benchmark's files and revision, by name. */
  readonly benchmarks: Readonly<Record<string, string>>;
  /** Supervised tokens of one epoch of the sources that mixtures must know the size of. */
  readonly sizes?: Readonly<Record<string, number>>;
}

/** A run of supervised tokens of one source, in the order of the seed. */
export interface DataPart {
  readonly source: string;
  /** Supervised tokens to pass over: those that earlier stages of the arm have used. */
  readonly from: number;
  readonly tokens: number;
}

export interface DataWork {
  readonly kind: 'data';
  readonly seed: number;
  /** Sorted by source. Examples of all parts are mixed. */
  readonly parts: readonly DataPart[];
  /** How the shares of the parts change along the stage, where they do. */
  readonly course?: Course;
  /** How often the rows of a source may be used, where a mixture says it in place of the budget. */
  readonly epochs?: Readonly<Record<string, number>>;
  readonly maxLength: number;
  /** Whose tokenizer and chat template render the examples. */
  readonly model: string;
  /** Optimizer steps that will share these rows. */
  readonly steps: number;
}

export interface TrainWork {
  readonly kind: 'train';
  readonly seed: number;
  readonly model: string;
  /** Id of the data step. */
  readonly data: string;
  /** Id of the stage before, whose weights and optimizer state go on here. */
  readonly previous: string | null;
  /** Steps `from` (inclusive) to `to` (exclusive) of the arm's schedule of `total`. */
  readonly steps: { readonly from: number; readonly to: number; readonly total: number };
}

export interface EvaluateWork {
  readonly kind: 'evaluate';
  readonly arm: string;
  /** Null for an untrained model, which is the same for every seed. */
  readonly seed: number | null;
  readonly model: string;
  /** Id of the arm's last train step; null for an untrained model. */
  readonly trained: string | null;
  /** `evaluations/<arm>-<seed>`, relative to the run folder. */
  readonly folder: string;
  readonly benchmarks: readonly string[];
}

export interface ReportWork {
  readonly kind: 'report';
}

export interface PlanStep extends PlannedStep {
  readonly fingerprint: StepFingerprint;
  readonly digest: string;
  readonly work: DataWork | TrainWork | EvaluateWork | ReportWork;
  /** Arms and stages that use this step: `math-only 1`. More than one: it is shared. */
  readonly usedBy: readonly string[];
}

/** One arm under one seed: the steps that lead to its model. */
export interface ArmRun {
  readonly arm: string;
  readonly seed: number | null;
  /** Ids by stage. */
  readonly data: readonly string[];
  readonly train: readonly string[];
  readonly evaluate: string;
}

export interface Plan {
  readonly study: Study;
  readonly arms: readonly Arm[];
  /** In an order in which they can run. */
  readonly steps: readonly PlanStep[];
  readonly runs: readonly ArmRun[];
}

/** Plans a study that check-study.ts has passed. */
export function planStudy(study: Study, facts: ResolvedFacts): Plan {
  const steps = new StepTable();
  const arms = resolveArms(study, facts.sizes);
  const runs = arms.flatMap((arm) =>
    (arm.stages.length === 0 ? [null] : study.seeds).map((seed) => planArm(steps, study, facts, arm, seed)),
  );
  const evaluations = runs.map((run) => run.evaluate);
  steps.add({
    id: 'report',
    kind: 'report',
    label: 'report',
    needs: evaluations,
    usedBy: 'report',
    work: { kind: 'report' },
    config: { name: study.name, question: study.question, match: study.match, arms: study.arms as Json },
    inputs: Object.fromEntries(runs.map((run) => [run.evaluate, run.evaluate])),
    seed: null,
    model: facts.models[facts.model] ?? null,
    dataset: {},
  });
  // Data first: they are quick, and what is wrong with the data then shows before anything is trained.
  const all = steps.list();
  const isData = (step: PlanStep): boolean => step.kind === 'data';
  return { study, arms, steps: [...all.filter(isData), ...all.filter((step) => !isData(step))], runs };
}

/** What the steps of one arm under one seed have in common. */
interface ArmContext {
  readonly steps: StepTable;
  readonly study: Study;
  readonly facts: ResolvedFacts;
  readonly arm: Arm;
  readonly model: string;
}

function planArm(
  steps: StepTable,
  study: Study,
  facts: ResolvedFacts,
  arm: Arm,
  seed: number | null,
): ArmRun {
  const context: ArmContext = { steps, study, facts, arm, model: arm.from ?? facts.model };
  const data: string[] = [];
  const train: string[] = [];
  if (seed !== null && study.training && study.budget) {
    const schedule = stageSteps(arm.stages, study.training.steps);
    for (const [index, parts] of armData(arm, study.budget.supervised_tokens).entries()) {
      const place = { index, seed, steps: { ...schedule[index]!, total: study.training.steps } };
      const dataId = addData(context, study.budget, study.training, place, parts);
      data.push(dataId);
      train.push(addTrain(context, study.training, place, dataId, train.at(-1) ?? null));
    }
  }
  return { arm: arm.name, seed, data, train, evaluate: addEvaluate(context, seed, train.at(-1) ?? null) };
}

interface Place {
  /** Stage of the arm, from 0. */
  readonly index: number;
  readonly seed: number;
  readonly steps: TrainWork['steps'];
}

function addData(
  { steps, study, facts, arm, model }: ArmContext,
  budget: BudgetSection,
  training: TrainingSection,
  { index, seed, steps: span }: Place,
  parts: readonly DataPart[],
): string {
  const maxLength = training.max_length;
  const made = (source: string): boolean => study.sources[source]?.procedural !== undefined;
  const drawn = parts.map(({ source }) => source);
  const screen = drawn.every(made) ? undefined : screenSpec(study);
  const read = sourcesToRead(Object.keys(study.sources), drawn, made, screen?.dedup ?? 'off');
  // Which row stands for which depends on the order; a single source has none.
  const order = read.filter((source) => !made(source));
  const ordered = screen && screen.dedup !== 'off' && order.length > 1;
  const count = span.to - span.from;
  const { mixture: name, course, epochs } = arm.stages[index]!;
  const mixture = { ...(course ? { course } : {}), ...(epochs ? { epochs } : {}) };
  return steps.add({
    id: `data-${arm.name}-${index + 1}-seed${seed}`,
    kind: 'data',
    label: `data: ${parts.map(partText).join(' + ')}${name ? `, mixed as ${name}` : ''}, seed ${seed}`,
    needs: [],
    usedBy: `${arm.name} ${index + 1}`,
    work: { kind: 'data', seed, parts, ...mixture, maxLength, model, steps: count },
    config: {
      parts: parts.map(({ source, from, tokens }) => ({ source, from, tokens })),
      max_length: maxLength,
      max_epochs: budget.max_epochs,
      steps: count,
      ...(screen ? { screen: { ...screen, ...(ordered ? { order } : {}) } } : {}),
      // The model's fingerprint covers its tokenizer and the text of the template, be it its own or one by name.
      renderer: RENDERER_VERSION,
      train_on: training.train_on,
      overlong: training.overlong,
      ...(mixture as { readonly [key: string]: Json }),
    },
    inputs: {},
    seed,
    model: facts.models[model] ?? null,
    dataset: Object.fromEntries([
      ...read.map((source) => [source, facts.sources[source] ?? 'unknown'] as const),
      // What is left out depends on what the benchmarks ask.
      ...(screen?.against ?? []).map(
        (name) => [`benchmark ${name}`, facts.benchmarks[name] ?? 'unknown'] as const,
      ),
    ]),
  });
}

/** Later stages of an arm may take as many tokens of the same source: where they begin tells them apart. */
function partText({ source, from, tokens }: DataPart): string {
  return `${tokens} tokens of ${source}${from > 0 ? ` after the first ${from}` : ''}`;
}

function addTrain(
  { steps, facts, arm, model }: ArmContext,
  training: TrainingSection,
  { index, seed, steps: span }: Place,
  data: string,
  previous: string | null,
): string {
  return steps.add({
    id: `train-${arm.name}-${index + 1}-seed${seed}`,
    kind: 'train',
    label: `train: ${arm.name}, stage ${index + 1} of ${arm.stages.length}, seed ${seed}`,
    needs: previous ? [data, previous] : [data],
    usedBy: `${arm.name} ${index + 1}`,
    work: { kind: 'train', seed, model, data, previous, steps: span },
    config: { ...trainingConfig(training), from: span.from, to: span.to },
    inputs: previous ? { data, previous } : { data },
    seed,
    model: facts.models[model] ?? null,
    dataset: {},
  });
}

function addEvaluate(
  { steps, study, facts, arm, model }: ArmContext,
  seed: number | null,
  trained: string | null,
): string {
  const { benchmarks, limit, limits, chat_template } = study.evaluation;
  // The untouched model is the same for every seed; its folder carries the first one, as every other folder does.
  const name = `${arm.name}-${seed ?? study.seeds[0] ?? 1}`;
  return steps.add({
    id: `evaluate-${name}`,
    kind: 'evaluate',
    label: seed === null ? `evaluate: ${arm.name}` : `evaluate: ${arm.name}, seed ${seed}`,
    needs: trained ? [trained] : [],
    usedBy: arm.name,
    work: {
      kind: 'evaluate',
      arm: arm.name,
      seed,
      model,
      trained,
      folder: `evaluations/${name}`,
      benchmarks,
    },
    // Two arms may end in equal models; each still gets its own samples, so the name is part of the step.
    config: { arm: name, benchmarks, limit: limit ?? null, ...(limits ? { limits } : {}), chat_template },
    inputs: trained ? { trained } : {},
    seed: null,
    model: facts.models[model] ?? null,
    dataset: Object.fromEntries(benchmarks.map((name) => [name, facts.benchmarks[name] ?? 'unknown'])),
  });
}

/** The settings of training that change its result. */
function trainingConfig(training: TrainingSection): { readonly [key: string]: Json } {
  // What only the data step looks at is none of them: its digest is among the step's inputs.
  const {
    checkpoint_every: _,
    template: __,
    train_on: ___,
    overlong: ____,
    rank,
    alpha,
    targets,
    ...rest
  } = training;
  const lora = training.method === 'lora' ? { ...loraOf({ rank, alpha, targets }) } : {};
  return { ...rest, ...lora };
}
