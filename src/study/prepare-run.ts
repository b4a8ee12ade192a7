/** Everything that can be found out and refused before a run folder is made. */
import { dirname } from 'node:path';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { estimateStage } from '../data/estimate-stage.ts';
import type { StageEstimate } from '../data/stage.ts';
import { stageTools } from '../data/stage-tools.ts';
import { checkLora } from '../engine/onnx/train/train.ts';
import { UserError } from '../errors.ts';
import { fileStat, readText } from '../platform/files.ts';
import { cores } from '../platform/machine.ts';
import { studyPath } from '../platform/package-folder.ts';
import { pretrainedTasks } from '../pretraining/pretrained-tasks.ts';
import { counted } from '../text/counts.ts';
import { longForm, stageSteps } from './arms.ts';
import type { ModelFacts } from './collect-facts.ts';
import { printPath } from './diagnostics.ts';
import { evaluationFigures } from './evaluation-figures.ts';
import { modelRef, pointing, resolveFacts, withCheckpoint } from './facts.ts';
import { loraOf } from './lora.ts';
import { mixtureSizes } from './mixture-sizes.ts';
import { type Plan, planStudy } from './plan.ts';
import type { PlanFigures } from './print-plan.ts';
import { parseStudyText, type StudyFile } from './read-study.ts';
import { chosenSeeds, type SeedChoice } from './seed-choice.ts';
import { taskFacts } from './source-facts.ts';
import { stageSpec } from './stage-spec.ts';
import type { Study } from './study.ts';
import { ratesFor } from './time-estimate.ts';

/** What the command line says beside the study file. */
export interface Overrides {
  readonly model?: string | undefined;
  readonly seeds?: SeedChoice | undefined;
  readonly limit?: number | undefined;
}

export interface PreparedRun {
  readonly file: StudyFile;
  readonly plan: Plan;
  readonly model: ModelFacts;
  readonly figures: PlanFigures;
  readonly baseFolder: string;
}

/** @throws UserError for everything that would stop the run later and can be seen now. */
export async function prepareRun(path: string, overrides: Overrides): Promise<PreparedRun> {
  const file = withOverrides(await readStudyFile(path), overrides);
  const { study } = file;
  const baseFolder = dirname(path);
  if (study.model === undefined) {
    throw file.problem(['model'], 'no model is named', 'add model: to the study or give --model REF');
  }
  const facts = {
    ...(await resolveFacts(file, study.model, baseFolder)),
    sizes: await mixtureSizes(file, study.model, baseFolder),
  };
  const plan = planStudy(study, facts);
  const tasks = await pretrainedTasks(study.model);
  const pretraining = tasks === null ? {} : { pretrainedOn: taskFacts(tasks) };
  return withCheckpoint(modelRef(study.model, study.training?.template), async (checkpoint) => {
    const { name, fingerprint, parameters } = checkpoint;
    checkModel(file, checkpoint);
    await checkStarts(file);
    const figures = await figuresOf(file, plan, checkpoint, baseFolder);
    const model = { name, fingerprint, parameters, ...pretraining };
    return { file, plan, model, figures, baseFolder };
  });
}

async function readStudyFile(path: string): Promise<StudyFile> {
  const found = await fileStat(path);
  // Larger files are refused by their size: a model given by mistake is not read into memory.
  if (found && found.size > 10_000_000) {
    throw new UserError('this is no study file: it is too large', {
      place: { file: path },
      remedy: `Give the path of a study, such as ${studyPath('smollm2.yaml')}; a model goes to --model.`,
    });
  }
  if (!found || found.folder) {
    throw new UserError(found ? 'this is a folder, not a study file' : 'there is no such study file', {
      place: { file: path },
      remedy: `Give the path of a study, such as ${studyPath('smollm2.yaml')}.`,
    });
  }
  return parseStudyText(path, await readText(path));
}

function withOverrides(file: StudyFile, { model, seeds, limit }: Overrides): StudyFile {
  const { study } = file;
  const changed: Study = {
    ...study,
    model: model ?? study.model,
    seeds: chosenSeeds(study.seeds, seeds),
    evaluation: limit === undefined ? study.evaluation : { ...study.evaluation, limit, limits: undefined },
  };
  return { ...file, study: changed };
}

/** The models that arms start from must be able to do what the study asks for, too. */
async function checkStarts(file: StudyFile): Promise<void> {
  for (const [index, { from }] of file.study.arms.map(longForm).entries()) {
    if (from === undefined) continue;
    const model = modelRef(from, file.study.training?.template);
    await withCheckpoint(model, async (checkpoint) => checkModel(file, checkpoint, ['arms', index, 'from']));
  }
}

/** What the study asks of a model and the model cannot do. `from`: where an arm names it, else it is the study's. */
function checkModel(file: StudyFile, checkpoint: Checkpoint, from?: readonly PropertyKey[]): void {
  const { training, evaluation } = file.study;
  const { name, config } = checkpoint;
  const problem = (path: readonly PropertyKey[], what: string, hint: string | undefined): UserError =>
    from
      ? file.problem(from, `${what}: it does not fit ${printPath(path)}`, hint && `there: ${hint}`)
      : file.problem(path, what, hint);
  if (evaluation.chat_template && !checkpoint.chatTemplate) {
    throw problem(
      ['evaluation', 'chat_template'],
      `${name} has no chat template`,
      'write false, or name one: training.template',
    );
  }
  if (training && training.max_length > config.context) {
    const what = `${name} has a context of ${config.context} tokens`;
    throw problem(['training', 'max_length'], what, `write ${config.context} or less`);
  }
  if (training?.method === 'lora') {
    try {
      checkLora(checkpoint, loraOf(training));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw problem(['training', 'rank'], error.message, error.remedy);
    }
  }
}

async function figuresOf(
  file: StudyFile,
  plan: Plan,
  checkpoint: Checkpoint,
  baseFolder: string,
): Promise<PlanFigures> {
  const { study } = plan;
  const data = new Map<string, StageEstimate>();
  const known = new Map<string, StageEstimate>();
  for (const { id, work } of plan.steps) {
    if (work.kind !== 'data') continue;
    // Another seed takes other examples, but about as many.
    const key = JSON.stringify([work.parts, work.steps, work.epochs]);
    const before = known.get(key);
    let current = work.parts[0]!.source;
    const onSource = (source: string): void => {
      current = source;
    };
    const estimate =
      (before && before.examples >= 2 * work.steps ? before : undefined) ??
      (await pointing(
        file,
        () => ['sources', current],
        () => estimateStage(stageSpec(study, work, baseFolder), stageTools(checkpoint), onSource),
        stageOf(plan, id),
      ));
    known.set(key, estimate);
    data.set(id, estimate);
  }
  checkSteps(file, plan, data);
  const { name, parameters } = checkpoint;
  return {
    model: { name, parameters },
    data,
    evaluation: await evaluationFigures(study.evaluation, checkpoint, baseFolder),
    rates: ratesFor(parameters, cores(), study.training?.method ?? 'lora'),
    cores: cores(),
  };
}

/** `stage 2 of the arm mixed`: the first whose data a step prepares. */
function stageOf(plan: Plan, id: string): string | undefined {
  const run = plan.runs.find(({ data }) => data.includes(id));
  return run && stageText(plan, run.arm, run.data.indexOf(id));
}

function stageText(plan: Plan, name: string, index: number): string {
  const arm = plan.arms.find((one) => one.name === name)!;
  return arm.stages.length > 1 ? `stage ${index + 1} of the arm ${name}` : `the arm ${name}`;
}

/** Every optimizer step takes at least one example. */
function checkSteps(file: StudyFile, plan: Plan, data: ReadonlyMap<string, StageEstimate>): void {
  const { training } = plan.study;
  if (!training) return;
  const stages = plan.runs.flatMap(({ arm: name, data: ids }) => {
    const arm = plan.arms.find((one) => one.name === name)!;
    return ids.map((id, index) => ({ arm, index, examples: data.get(id)!.examples }));
  });
  const stepsOf = ({ arm, index }: (typeof stages)[number], total: number): number => {
    const { from, to } = stageSteps(arm.stages, total)[index]!;
    return to - from;
  };
  const room = (stage: (typeof stages)[number]): number => stage.examples / stepsOf(stage, training.steps);
  // The tightest first: it says how far the steps must come down.
  const tight = stages.filter((stage) => room(stage) < 1).sort((a, b) => room(a) - room(b));
  const [first] = tight;
  if (!first) return;
  let most = training.steps;
  while (most > 0 && tight.some((stage) => stepsOf(stage, most) > stage.examples)) most--;
  const { arm, index, examples } = first;
  const place = stageText(plan, arm.name, index);
  throw file.problem(
    ['training', 'steps'],
    `${place} would take ${stepsOf(first, training.steps)} optimizer steps, but its data has ${counted(examples, 'example')}`,
    `write ${most} or less, or raise budget.supervised_tokens`,
  );
}
