/** The training job: steps of a schedule, saved as it goes, resumable bit for bit. */
import type { Checkpoint } from '../../../checkpoint/checkpoint.ts';
import { openCheckpoint } from '../../../checkpoint/open-checkpoint.ts';
import { Interrupted, UserError } from '../../../errors.ts';
import { totalMemory } from '../../../platform/machine.ts';
import { whyNotWritable } from '../../../platform/writable.ts';
import type { LoraConfig, RunOptions, TrainJob, TrainResult, TrainStepReport } from '../../engine.ts';
import { linearShapes } from '../models/parameters.ts';
import { refuseIfTooLarge, rowsPerMicroBatch } from './memory.ts';
import { rowLength } from './micro-batch.ts';
import { writeOutput } from './output.ts';
import { learningRateAt } from './schedule.ts';
import {
  difference,
  findState,
  type JobIdentity,
  restoreState,
  type SavedState,
  saveState,
} from './state.ts';
import { createTrainer, type Trainer } from './trainer.ts';

/**
 * `Engine.train` of the onnx engine. A job that finds its own state in `stateFolder` goes on from it; steps that were
 * done before are not reported again but are in the result. Throws UserError for what cannot be trained, and
 * Interrupted after saving when `signal` aborts.
 */
export async function train(job: TrainJob, options: RunOptions<TrainStepReport>): Promise<TrainResult> {
  checkJob(job);
  const checkpoint = await openCheckpoint(job.model);
  try {
    checkLora(checkpoint, job.lora);
    for (const folder of [job.outputFolder, job.stateFolder]) await checkWritable(folder);
    const earlier = job.continueFrom === undefined ? undefined : await finishedState(job.continueFrom);
    const identity = jobIdentity(job, checkpoint, earlier);
    const saved = await ownState(job, identity);
    // On another machine the same micro-batches: other ones would add up in another order.
    const memory = (saved ?? earlier)?.memory ?? totalMemory();
    await refuseTooLarge(job, checkpoint, saved?.step ?? job.steps.from, memory);
    const trainer = await createTrainer(checkpoint.config, checkpoint.readTensor, {
      optimizer: job.optimizer,
      seed: job.seed,
      memory,
      ...(job.lora ? { lora: job.lora } : {}),
      ...(job.microBatch === undefined ? {} : { microBatch: job.microBatch }),
    });
    try {
      if (saved) await restoreState(job.stateFolder, saved, trainer);
      else if (earlier && job.continueFrom !== undefined)
        await restoreState(job.continueFrom, earlier, trainer);
      const steps = await runSteps(
        job,
        trainer,
        { identity, memory },
        saved,
        checkpoint.config.vocabulary,
        options,
      );
      await writeOutput(job, checkpoint, trainer.trainable);
      return { steps, outputFolder: job.outputFolder, trainableParameters: trainer.trainableParameters };
    } finally {
      await trainer.close();
    }
  } finally {
    await checkpoint.close();
  }
}

async function runSteps(
  job: TrainJob,
  trainer: Trainer,
  { identity, memory }: { readonly identity: JobIdentity; readonly memory: number },
  saved: SavedState | undefined,
  vocabulary: number,
  options: RunOptions<TrainStepReport>,
): Promise<TrainStepReport[]> {
  const { from, to, total } = job.steps;
  const reports = [...(saved?.reports ?? [])];
  let kept = saved?.step ?? -1;
  const save = async (step: number) => {
    if (kept === step) return;
    await saveState(job.stateFolder, trainer, { job: identity, step, reports, memory });
    kept = step;
  };
  for (let step = saved?.step ?? from; step < to; step++) {
    const learningRate = learningRateAt(job.optimizer, step, total);
    try {
      if (options.signal?.aborted) throw new Interrupted();
      const outcome = await trainer.step(await job.batch(step), learningRate, options.signal);
      const warning = lossWarning(outcome.loss, vocabulary, trainer.updates);
      const report: TrainStepReport = { step, learningRate, ...outcome, ...(warning ? { warning } : {}) };
      reports.push(report);
      options.onResult(report);
    } catch (error) {
      if (error instanceof Interrupted && step > from) await save(step);
      throw atStep(error, step);
    }
    if ((step + 1 - from) % job.checkpointEvery === 0) await save(step + 1);
  }
  await save(to);
  return reports;
}

/** A model that knows less than a uniform guess after an update is being destroyed, or its labels are wrong. */
function lossWarning(loss: number, vocabulary: number, updates: number): string | undefined {
  if (updates <= 1 || loss <= Math.log(vocabulary)) return undefined;
  return (
    `the loss ${loss.toFixed(2)} is above ${Math.log(vocabulary).toFixed(2)}, that of guessing among ${vocabulary} ` +
    'tokens: the learning rate is probably too high'
  );
}

function atStep(error: unknown, step: number): unknown {
  if (!(error instanceof UserError)) return error;
  const { place, remedy } = error;
  return new UserError(`step ${step}: ${error.message}`, {
    ...(place ? { place } : {}),
    ...(remedy === undefined ? {} : { remedy }),
    cause: error,
  });
}

function checkJob({ steps, checkpointEvery, microBatch }: TrainJob): void {
  if (!(steps.from >= 0 && steps.to > steps.from && steps.total >= steps.to))
    throw new UserError(`cannot train steps ${steps.from} to ${steps.to} of ${steps.total}`);
  for (const [name, value] of Object.entries({ checkpointEvery, microBatch: microBatch ?? 1 }))
    if (!Number.isInteger(value) || value < 1)
      throw new UserError(`${name} is ${value}; it must be a whole number from 1`);
}

async function checkWritable(folder: string): Promise<void> {
  const reason = await whyNotWritable(folder);
  if (reason) throw new UserError(reason, { remedy: 'Name an output folder that you may write.' });
}

/** Throws UserError when the adapters cannot be made for this model; for callers that want to know beforehand. */
export function checkLora({ config }: Pick<Checkpoint, 'config'>, lora: LoraConfig | undefined): void {
  if (!lora) return;
  if (lora.targets.length === 0) throw new UserError('LoRA needs at least one target module');
  const smallest = Math.min(
    ...Object.entries(linearShapes(config))
      .filter(([module]) => lora.targets.some((target) => module.endsWith(target)))
      .flatMap(([, shape]) => shape),
  );
  if (!Number.isInteger(lora.rank) || lora.rank < 1 || lora.rank > smallest)
    throw new UserError(`LoRA rank ${lora.rank} is not possible for this model`, {
      remedy: `Choose a whole number from 1 to ${smallest}, the smallest side of the adapted matrices.`,
    });
  if (!(lora.alpha > 0 && Number.isFinite(lora.alpha)))
    throw new UserError(`LoRA alpha ${lora.alpha} must be a positive number`);
}

function jobIdentity(job: TrainJob, checkpoint: Checkpoint, earlier: SavedState | undefined): JobIdentity {
  return {
    model: checkpoint.fingerprint,
    lora: job.lora ?? null,
    optimizer: job.optimizer,
    seed: job.seed,
    steps: job.steps,
    microBatch: job.microBatch ?? null,
    continueFrom: earlier ? { job: earlier.job, step: earlier.step } : null,
  };
}

async function finishedState(folder: string): Promise<SavedState> {
  const state = await findState(folder);
  if (!state) throw new UserError(`${folder}: there is no training state to continue from`);
  return state;
}

async function ownState(job: TrainJob, identity: JobIdentity): Promise<SavedState | undefined> {
  const state = await findState(job.stateFolder);
  const changed = state && difference(state.job, identity);
  if (changed)
    throw new UserError(`${job.stateFolder}: holds the state of another training job (${changed})`, {
      remedy: 'Restore the setting to resume that job, or name another output folder to start a new one.',
    });
  return state;
}

async function refuseTooLarge(
  job: TrainJob,
  { config }: Checkpoint,
  step: number,
  memory: number,
): Promise<void> {
  if (step >= job.steps.to) return;
  const rows = await job.batch(step);
  const time = Math.max(1, job.longestRow ?? 0, ...rows.map(rowLength));
  const batch = Math.min(rows.length, job.microBatch ?? rowsPerMicroBatch(config, job.lora, time, memory));
  refuseIfTooLarge(config, job.lora, { batch, time });
}
