/** Reads what the steps of a run have left and states it as run facts. */
import { join } from 'node:path';
import type { Benchmark } from '../benchmarks/benchmark.ts';
import type { SourceSpec } from '../data/source-spec.ts';
import type { DataReceipt } from '../data/stage.ts';
import { readText } from '../platform/files.ts';
import { OUTCOMES, type Outcome } from '../scoring/score.ts';
import { count } from '../text/counts.ts';
import type { Arm } from './arms.ts';
import { loraOf } from './lora.ts';
import { matchedFacts, nameOf } from './matched.ts';
import type { ArmRun, Plan } from './plan.ts';
import type {
  ArmFacts,
  ArmRunFacts,
  OwnBenchmarkFacts,
  RenderingFacts,
  RunFacts,
  StepFacts,
  TaskFacts,
  TrainingFacts,
} from './run-facts.ts';
import { sourceFacts } from './source-facts.ts';
import { sourceSpecs } from './sources.ts';
import type { Study } from './study.ts';
import type { TrainRecord } from './train-record.ts';
import { type TrainedItemsFinder, trainedItemsFinder } from './trained-items.ts';

export interface ModelFacts {
  readonly name: string;
  readonly fingerprint: string;
  readonly parameters: number;
  readonly pretrainedOn?: readonly TaskFacts[];
}

/** Everything the report needs; every step but the report itself must be finished. `benchmarks`: those of the study. */
export async function collectFacts(
  plan: Plan,
  runFolder: string,
  model: ModelFacts,
  benchmarks: readonly Benchmark[],
): Promise<RunFacts> {
  const { study } = plan;
  const { limit, limits, chat_template } = study.evaluation;
  const specs = sourceSpecs(study);
  const generated = benchmarks.filter((one) => 'generated' in one).map(({ name }) => name);
  const finder = trainedItemsFinder({ ...study.evaluation, benchmarks: generated }, specs);
  const arms: ArmFacts[] = [];
  for (const arm of plan.arms) {
    const runs: ArmRunFacts[] = [];
    for (const run of plan.runs.filter((one) => one.arm === arm.name)) {
      runs.push(await runFacts(plan, run, runFolder, arm.from ? null : finder));
    }
    arms.push({ ...describeArm(arm), runs });
  }
  return {
    version: 1,
    study: { name: study.name, question: study.question },
    model,
    sources: mapValues(specs, sourceFacts),
    seeds: study.seeds,
    matched: matchedFacts(study, plan.arms, arms),
    training: trainingFacts(study),
    evaluation: {
      benchmarks: benchmarks.map(({ name }) => name),
      ...ownFacts(benchmarks),
      limit: limit ?? null,
      ...(limits ? { limits } : {}),
      chatTemplate: chat_template,
    },
    arms,
    steps: plan.steps.map(stepFacts),
  };
}

function ownFacts(benchmarks: readonly Benchmark[]): Pick<RunFacts['evaluation'], 'own'> {
  const own = benchmarks.flatMap((one): [string, OwnBenchmarkFacts][] => {
    if (!('own' in one)) return [];
    const { name, title, domain, chance, metric } = one;
    return [[name, { name, title, domain, chance, metric, sha256: one.own.sha256 }]];
  });
  return own.length === 0 ? {} : { own: Object.fromEntries(own) };
}

function describeArm(arm: Arm): Omit<ArmFacts, 'runs'> {
  const { name, strategy, title, why, controlsFor, danger, from, matched, stages } = arm;
  return {
    name,
    strategy,
    title,
    why,
    controlsFor,
    danger,
    from: from ? nameOf(from) : null,
    matched,
    stages,
  };
}

function stepFacts({ id, kind, label, digest, needs }: Plan['steps'][number]): StepFacts {
  return { id, kind, label, fingerprint: digest, needs, folder: `steps/${id}` };
}

/** `finder` is null for an arm that starts from a model of its own: what that one saw before is not known. */
async function runFacts(
  plan: Plan,
  run: ArmRun,
  runFolder: string,
  finder: TrainedItemsFinder | null,
): Promise<ArmRunFacts> {
  const folder = (id: string): string => join(runFolder, 'steps', id);
  const receipts = await Promise.all(
    run.data.map((id) => readJson<DataReceipt>(join(folder(id), 'receipt.json'))),
  );
  const records = await Promise.all(
    run.train.map((id) => readJson<TrainRecord>(join(folder(id), 'train.json'))),
  );
  const { work } = plan.steps.find(({ id }) => id === run.evaluate)!;
  if (work.kind !== 'evaluate') throw new Error(`${run.evaluate} is no evaluate step`);
  const bySource: Record<string, number> = {};
  const examplesBySource: Record<string, number> = {};
  for (const source of receipts.flatMap((receipt) => receipt.sources)) {
    bySource[source.name] = (bySource[source.name] ?? 0) + source.supervisedTokens;
    examplesBySource[source.name] = (examplesBySource[source.name] ?? 0) + source.examples;
  }
  const trainedItems = await finder?.of(run.data.map(folder));
  const steps = records.flatMap((record) => record.steps);
  return {
    seed: run.seed,
    evaluation: work.folder,
    supervisedTokens: sum(steps.map((step) => step.supervisedTokens)),
    tokens: sum(steps.map((step) => step.tokens)),
    examples: sum(receipts.map((receipt) => receipt.examples)),
    optimizerSteps: steps.length,
    bySource,
    examplesBySource,
    ...(trainedItems === undefined ? {} : { trainedItems }),
    ...(receipts[0] ? { rendering: renderingFacts(plan, receipts[0]) } : {}),
    losses: steps.map((step) => step.loss),
    outcomes: await outcomesOf(join(runFolder, work.folder, 'results.json')),
  };
}

/** Stages of one run start from one model, so they render alike. */
function renderingFacts({ study }: Plan, { template, trainOn }: DataReceipt): RenderingFacts {
  const { name } = template;
  return { template: name === 'model' ? null : name, named: study.training?.template !== undefined, trainOn };
}

interface Results {
  readonly benchmarks: Readonly<
    Record<string, { readonly outcomes: Readonly<Partial<Record<Outcome, number>>> }>
  >;
}

async function outcomesOf(path: string): Promise<Partial<Record<Outcome, number>>> {
  const { benchmarks } = await readJson<Results>(path);
  const all = Object.values(benchmarks);
  return Object.fromEntries(
    OUTCOMES.map((name) => [name, sum(all.map(({ outcomes }) => outcomes[name] ?? 0))]),
  );
}

function trainingFacts(study: Study): TrainingFacts {
  const { training } = study;
  if (!training) return { method: 'lora', steps: 0, learningRate: 0, sentence: 'No arm was trained.' };
  const lora = loraOf(training);
  const method =
    training.method === 'lora'
      ? `LoRA rank ${lora.rank}, alpha ${lora.alpha}, on ${lora.targets.join(', ')}`
      : 'All weights';
  const sentence =
    `${method}; AdamW, learning rate ${training.learning_rate} (${training.schedule}, warm-up over ` +
    `${Number((100 * training.warmup).toPrecision(6))} % of ${count(training.steps)} steps), weight decay ${training.weight_decay}, ` +
    `gradients clipped at ${training.clip}, rows of at most ${training.max_length} tokens.`;
  return {
    method: training.method,
    steps: training.steps,
    learningRate: training.learning_rate,
    sentence,
  };
}

function mapValues<Value>(
  specs: Readonly<Record<string, SourceSpec>>,
  make: (spec: SourceSpec) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, make(spec)]));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

async function readJson<Value>(path: string): Promise<Value> {
  return JSON.parse(await readText(path)) as Value;
}
