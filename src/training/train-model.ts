/** From data and a base model to a trained model on disk: what `carryover train` does, free of the command line. */
import { join } from 'node:path';
import type { ModelRef } from '../checkpoint/model-ref.ts';
import { openCheckpoint } from '../checkpoint/open-checkpoint.ts';
import { writeFolder } from '../checkpoint/write-folder.ts';
import type { ArgumentData } from '../data/data-argument.ts';
import { type MixtureData, mixedStage } from '../data/mixture/mixed-stage.ts';
import { openPacked } from '../data/packing/packed-file.ts';
import { prepareStage } from '../data/prepare-stage.ts';
import { readReceipt } from '../data/receipt/read-receipt.ts';
import type { TrainOn } from '../data/render/render.ts';
import { promptedAs } from '../data/render/stand-in-template.ts';
import { permutation } from '../data/selection/random.ts';
import type { DataReceipt, Overlong, PackedData, StageProgress, StageSpec } from '../data/stage.ts';
import { stageTools } from '../data/stage-tools.ts';
import type { LoraConfig, OptimizerConfig, TrainResult, TrainStepReport } from '../engine/engine.ts';
import { findState } from '../engine/onnx/train/state.ts';
import { engineFor } from '../engine/open-engine.ts';
import { Interrupted, UserError } from '../errors.ts';
import { exists, readText, remove, writeAtomic } from '../platform/files.ts';
import { lockFolder } from '../platform/lock.ts';
import { canonicalJson } from '../text/canonical-json.ts';
import { readTrainingNotes, trainingNotesPath } from './training-notes.ts';

export interface TrainRun {
  readonly model: ModelRef;
  /** The trained model, in Hugging Face layout; an adapter goes into its sub-folder `adapter`. */
  readonly out: string;
  readonly data: ArgumentData | MixtureData;
  readonly batches: StageSpec['batches'];
  readonly rowLength: number;
  readonly overlong: Overlong;
  readonly trainOn: TrainOn;
  /** Passes over the steps; every pass but the first in an order of its own. */
  readonly epochs: number;
  readonly seed: number;
  readonly lora?: LoraConfig;
  /** With LoRA: also write the base weights with the adapter in them. */
  readonly merge: boolean;
  readonly optimizer: OptimizerConfig;
  readonly microBatch?: number;
  readonly checkpointEvery: number;
}

export interface TrainedModel {
  readonly out: string;
  readonly adapter?: string;
  readonly trainableParameters: number;
  readonly supervisedTokens: number;
  readonly steps: TrainResult['steps'];
  /** It had been trained before, with equal settings on equal data: nothing was left to do. */
  readonly wasFinished: boolean;
}

/** Written last (training-notes.ts). */
interface TrainingNotes {
  readonly settings: Settings;
  readonly trainableParameters: number;
  readonly steps: TrainResult['steps'];
  readonly data: DataReceipt;
}
type Settings = Readonly<Record<string, unknown>>;

export interface TrainRunOptions {
  readonly signal?: AbortSignal;
  /** How far the preparation of the data is. */
  readonly onData?: (progress: StageProgress) => void;
  /** Called once before the first step. `done`: steps that an earlier start has done; the tokens are those of all. */
  readonly onPrepared: (data: {
    readonly steps: number;
    readonly done: number;
    readonly supervisedTokens: number;
    readonly tokens: number;
    readonly receipt: DataReceipt;
  }) => void;
  readonly onStep: (report: TrainStepReport, total: number) => void;
}

/** Prepared data and training state lie here until the model is written. */
const workFolder = (run: TrainRun) => join(run.out, '.carryover');
const dataFolder = (run: TrainRun) => join(workFolder(run), 'data');
const stateFolder = (run: TrainRun) => join(workFolder(run), 'state');
/** The digest of the packed data that the state was trained on: preparing other data writes over their receipt. */
const begunPath = (run: TrainRun) => join(workFolder(run), 'begun-on');
const hasState = (run: TrainRun) => exists(join(stateFolder(run), 'state.json'));

/**
 * Throws UserError for input that cannot be used, a folder in which another process works, or one that holds a finished
 * training with other settings, and leaves nothing behind then; Interrupted with everything saved:
 * the same call goes on.
 */
export async function trainModel(run: TrainRun, options: TrainRunOptions): Promise<TrainedModel> {
  const wasThere = await exists(run.out);
  const release = await lockFolder(run.out, 'train.lock');
  try {
    return await prepareAndTrain(run, options);
  } catch (error) {
    if (!(await hasState(run))) await remove(wasThere ? workFolder(run) : run.out);
    // Reading and rendering data stop with the platform's own error.
    throw options.signal?.aborted ? new Interrupted() : error;
  } finally {
    await release();
  }
}

async function prepareAndTrain(run: TrainRun, options: TrainRunOptions): Promise<TrainedModel> {
  const engine = engineFor(run.model);
  if (!engine.train) throw new UserError(`${run.model.ref} cannot be trained: its engine only evaluates`);
  const { receipt, settings } = await prepare(run, options);
  const notes = await finishedNotes(run, settings, receipt);
  if (notes) {
    await remove(workFolder(run));
    return trainedModel(run, notes, true);
  }
  const packed = await openPacked(dataFolder(run));
  const total = packed.steps * run.epochs;
  options.onPrepared({
    steps: total,
    done: (await findState(stateFolder(run)))?.step ?? 0,
    supervisedTokens: packed.supervisedTokens * run.epochs,
    tokens: packed.tokens * run.epochs,
    receipt,
  });
  const model = promptedAs(run.model, receipt.template);
  const adapter = run.lora ? join(run.out, 'adapter') : undefined;
  let trained: TrainResult;
  try {
    trained = await engine.train(
      {
        model,
        optimizer: run.optimizer,
        seed: run.seed,
        steps: { from: 0, to: total, total },
        batch: (step) => packed.batch(placeOf(step, packed, run.seed)),
        longestRow: packed.rowLength,
        stateFolder: stateFolder(run),
        checkpointEvery: run.checkpointEvery,
        outputFolder: adapter ?? run.out,
        ...(run.lora ? { lora: run.lora } : {}),
        ...(run.microBatch === undefined ? {} : { microBatch: run.microBatch }),
      },
      {
        onResult: (report) => options.onStep(report, total),
        ...(options.signal ? { signal: options.signal } : {}),
      },
    );
  } finally {
    // Before anything is removed: some systems keep a folder while a file in it is open.
    await packed.close();
  }
  const { steps, trainableParameters } = trained;
  if (adapter !== undefined && run.merge) await writeMerged(run.out, model, adapter);
  const made: TrainingNotes = { settings, trainableParameters, steps, data: receipt };
  await writeAtomic(trainingNotesPath(run.out), `${JSON.stringify(made, null, 1)}\n`);
  await remove(workFolder(run));
  return trainedModel(run, made, false);
}

function trainedModel(
  run: TrainRun,
  { steps, trainableParameters }: TrainingNotes,
  was: boolean,
): TrainedModel {
  const supervisedTokens = steps.reduce((sum, step) => sum + step.supervisedTokens, 0);
  const adapter = run.lora ? { adapter: join(run.out, 'adapter') } : {};
  return { out: run.out, ...adapter, trainableParameters, supervisedTokens, steps, wasFinished: was };
}

const ANOTHER_OUT = 'Name another --out, or remove this folder if it is not needed any more.';

/** What a finished training in this folder has noted; undefined where there is none or its model was removed. */
async function finishedNotes(
  run: TrainRun,
  settings: Settings,
  data: DataReceipt,
): Promise<TrainingNotes | undefined> {
  const notes: Partial<TrainingNotes> | undefined = await readTrainingNotes(run.out, ANOTHER_OUT);
  if (notes === undefined) return undefined;
  const before: Settings = notes.settings ?? {};
  const changed = Object.keys(settings).find(
    (name) => canonicalJson(before[name] ?? null) !== canonicalJson(settings[name] ?? null),
  );
  const what = changed ?? (notes.data?.packed === data.packed ? undefined : 'data');
  if (what === undefined) {
    const models = run.lora ? [join(run.out, 'adapter', 'adapter_config.json')] : [];
    if (!run.lora || run.merge) models.push(join(run.out, 'config.json'));
    return (await Promise.all(models.map(exists))).every(Boolean) ? (notes as TrainingNotes) : undefined;
  }
  throw new UserError(`--out ${run.out} holds a finished training with other settings (${what} differs)`, {
    remedy: ANOTHER_OUT,
  });
}

/** All that decides the result, but the data: their receipt is compared itself. */
function settingsOf(run: TrainRun, model: string): Settings {
  const { lora, merge, optimizer, seed, epochs, rowLength, overlong, trainOn, batches, microBatch } = run;
  return {
    model,
    lora: lora ?? null,
    merge: lora ? merge : null,
    optimizer,
    seed,
    epochs,
    rowLength,
    overlong,
    trainOn,
    batches,
    microBatch: microBatch ?? null,
  };
}

/** The packed step that is trained at a step of the whole run. */
function placeOf(step: number, packed: PackedData, seed: number): number {
  const epoch = Math.floor(step / packed.steps);
  const within = step % packed.steps;
  return epoch === 0 ? within : (permutation(packed.steps, seed, `epoch ${epoch}`)[within] as number);
}

/** Prepares the data, again if need be: equal settings give equal data. A resumed run must find what it began with. */
async function prepare(
  run: TrainRun,
  { signal, onData }: TrainRunOptions,
): Promise<{ readonly receipt: DataReceipt; readonly settings: Settings }> {
  const [folder, state] = [dataFolder(run), stateFolder(run)];
  const before = (await hasState(run)) ? await begunOn(run) : undefined;
  const checkpoint = await openCheckpoint(run.model);
  try {
    const { config } = checkpoint;
    if (config.context < run.rowLength)
      throw new UserError(
        `rows of ${run.rowLength} tokens do not fit the model's context of ${config.context}`,
        {
          remedy: `Use --length ${config.context} or less.`,
        },
      );
    const tools = {
      ...stageTools(checkpoint),
      ...(signal ? { signal } : {}),
      ...(onData ? { onProgress: onData } : {}),
    };
    const { seed, rowLength, batches, overlong, trainOn } = run;
    const spec = { seed, rowLength, batches, overlong, trainOn };
    const data = 'mixture' in run.data ? await mixedStage(run.data, spec, tools) : run.data;
    const receipt = await prepareStage({ ...data, ...spec }, { ...tools, folder });
    if (before !== undefined && before !== receipt.packed)
      throw new UserError(`${state}: an unfinished run on other data is kept here`, {
        remedy: `Name another --out, or remove ${workFolder(run)} to start again.`,
      });
    await writeAtomic(begunPath(run), receipt.packed);
    return { receipt, settings: settingsOf(run, checkpoint.fingerprint) };
  } finally {
    await checkpoint.close();
  }
}

/** Of a state that an earlier version left, the receipt tells it. */
async function begunOn(run: TrainRun): Promise<string | undefined> {
  if (await exists(begunPath(run))) return readText(begunPath(run));
  const prepared = await exists(join(dataFolder(run), 'receipt.json'));
  return prepared ? (await readReceipt(dataFolder(run))).packed : undefined;
}

async function writeMerged(out: string, model: ModelRef, adapter: string): Promise<void> {
  const merged = await openCheckpoint({ ...model, adapter });
  try {
    await writeFolder(out, merged);
  } finally {
    await merged.close();
  }
}
