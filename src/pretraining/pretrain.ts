/** From a description to a base model on disk: what `carryover pretrain` does, free of the command line. */
import { join } from 'node:path';
import { openCheckpoint } from '../checkpoint/open-checkpoint.ts';
import type { TrainStepReport } from '../engine/engine.ts';
import { findState } from '../engine/onnx/train/state.ts';
import { engineFor } from '../engine/open-engine.ts';
import { UserError } from '../errors.ts';
import { exists, readText, remove, writeAtomic } from '../platform/files.ts';
import { lockFolder } from '../platform/lock.ts';
import { canonicalJson } from '../text/canonical-json.ts';
import { batchAt } from './batches.ts';
import type { Pretraining } from './pretraining.ts';
import { writeStartModel } from './start-model.ts';

/** `pretraining.json`, written last: the model in this folder is finished. */
export interface PretrainingNotes {
  readonly settings: unknown;
  readonly parameters: number;
  /** Tokens that were trained on, padding left out. */
  readonly tokens: number;
  /** Mean loss of each optimizer step, in nats a token to four decimals, in order. */
  readonly losses: readonly number[];
}

export interface PretrainOptions {
  readonly signal?: AbortSignal;
  /** Called once before the first step. `done`: steps that an earlier start has done. */
  readonly onPrepared: (start: { readonly parameters: number; readonly done: number }) => void;
  readonly onStep: (report: TrainStepReport) => void;
}

export interface Pretrained extends PretrainingNotes {
  /** It had been trained before, with equal settings: nothing was left to do. */
  readonly wasFinished: boolean;
}

/** The start model and the training state lie here until the model is written. */
const workFolder = (out: string): string => join(out, '.carryover');

/**
 * Pretrains into `out`, in Hugging Face layout. The same call goes on where an earlier one was stopped. Throws
 * UserError for a folder that holds another model or in which another process works, Interrupted with all finished
 * steps saved.
 */
export async function pretrain(
  pretraining: Pretraining,
  out: string,
  options: PretrainOptions,
): Promise<Pretrained> {
  const release = await lockFolder(out, 'pretrain.lock');
  try {
    const finished = await finishedNotes(pretraining, out);
    if (finished) return { ...finished, wasFinished: true };
    return { ...(await train(pretraining, out, options)), wasFinished: false };
  } finally {
    await release();
  }
}

async function train(
  pretraining: Pretraining,
  out: string,
  options: PretrainOptions,
): Promise<PretrainingNotes> {
  const { corpus, batches, steps: total, optimizer, seed, checkpointEvery } = pretraining;
  const [start, state] = [join(workFolder(out), 'start'), join(workFolder(out), 'state')];
  await writeStartModel(pretraining, start);
  const checkpoint = await openCheckpoint({ ref: start });
  const { tokenizer, parameters, config } = checkpoint;
  await checkpoint.close();
  options.onPrepared({ parameters, done: (await findState(state))?.step ?? 0 });
  const engine = engineFor({ ref: start });
  const trained = await engine.train!(
    {
      model: { ref: start },
      optimizer,
      seed,
      steps: { from: 0, to: total, total },
      batch: async (step) => batchAt(corpus, batches, tokenizer, config.eosTokens[0]!, step),
      stateFolder: state,
      checkpointEvery,
      outputFolder: out,
    },
    { onResult: options.onStep, ...(options.signal ? { signal: options.signal } : {}) },
  );
  const notes: PretrainingNotes = {
    settings: settingsOf(pretraining),
    parameters,
    tokens: trained.steps.reduce((sum, step) => sum + step.tokens, 0),
    losses: trained.steps.map(({ loss }) => Number(loss.toFixed(4))),
  };
  await writeAtomic(notesPath(out), `${JSON.stringify(notes)}\n`);
  await remove(workFolder(out));
  return notes;
}

const notesPath = (out: string): string => join(out, 'pretraining.json');

async function finishedNotes(pretraining: Pretraining, out: string): Promise<PretrainingNotes | undefined> {
  if (!(await exists(notesPath(out)))) return undefined;
  const notes = JSON.parse(await readText(notesPath(out))) as PretrainingNotes;
  if (canonicalJson(notes.settings) === canonicalJson(settingsOf(pretraining))) return notes;
  throw new UserError(`${out} holds a model that was pretrained with other settings`, {
    remedy: 'Name another folder with --out, or remove this one if it is not needed any more.',
  });
}

/** All that decides the result, with tasks by name. */
function settingsOf({ corpus, checkpointEvery: _, ...rest }: Pretraining): unknown {
  const parts = corpus.parts.map((part) =>
    'tasks' in part ? { ...part, tasks: part.tasks.map(({ name }) => name) } : part,
  );
  return { ...rest, corpus: { ...corpus, parts } };
}
