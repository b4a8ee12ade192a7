/** From a description to a base model on disk: what `carryover pretrain` does, free of the command line. */
import { join } from 'node:path';
import { openCheckpoint } from '../checkpoint/open-checkpoint.ts';
import { writeFolder } from '../checkpoint/write-folder.ts';
import type { TrainStepReport } from '../engine/engine.ts';
import { findState } from '../engine/onnx/train/state.ts';
import { engineFor } from '../engine/open-engine.ts';
import { UserError } from '../errors.ts';
import { exists, readText, writeAtomic } from '../platform/files.ts';
import { lockFolder } from '../platform/lock.ts';
import { canonicalJson } from '../text/canonical-json.ts';
import { batchAt } from './batches.ts';
import type { CorpusPart } from './corpus.ts';
import { corpusOf, type Pretraining, stepsOf } from './pretraining.ts';
import { finishPublishing, NOTES, newModel, publish } from './publish.ts';
import { writeStartModel } from './start-model.ts';

/** `pretraining.json`: the model in this folder is finished, and this is what it was made of. */
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

/** Models and training states lie here until the last model is finished. */
const workFolder = (out: string): string => join(out, '.carryover');
const placesOf = (out: string) => ({ out, work: workFolder(out) });

/**
 * Pretrains into `out`, in Hugging Face layout. The same call goes on where an earlier one was stopped, and one with
 * further rounds goes on from the finished model. Throws UserError for a folder that holds another model or in which
 * another process works, Interrupted with all finished steps saved.
 */
export async function pretrain(
  pretraining: Pretraining,
  out: string,
  options: PretrainOptions,
): Promise<Pretrained> {
  const release = await lockFolder(out, 'pretrain.lock');
  try {
    await finishPublishing(placesOf(out));
    const before = await finishedBefore(pretraining, out);
    if (before?.rounds === pretraining.rounds.length) return { ...before.notes, wasFinished: true };
    return { ...(await train(pretraining, out, before, options)), wasFinished: false };
  } finally {
    await release();
  }
}

/** The model after so many rounds; the untrained one after none. */
const modelAfter = (out: string, rounds: number): string => join(workFolder(out), `model-${rounds}`);
const stateOf = (out: string, round: number): string => join(workFolder(out), `state-${round + 1}`);

async function train(
  pretraining: Pretraining,
  out: string,
  before: FinishedRounds | undefined,
  options: PretrainOptions,
): Promise<PretrainingNotes> {
  const { rounds } = pretraining;
  const from = before?.rounds ?? 0;
  await refuseOtherWork(pretraining, out);
  const parameters = await beginAt(pretraining, out, from);
  const done = await Promise.all(
    rounds.map(async (round, at) =>
      at < from ? round.steps : ((await findState(stateOf(out, at)))?.step ?? 0),
    ),
  );
  options.onPrepared({ parameters, done: done.reduce((sum, steps) => sum + steps, 0) });
  let { tokens, losses } = before?.notes ?? { tokens: 0, losses: [] };
  for (let round = from; round < rounds.length; round++) {
    const reports = await trainRound(pretraining, out, round, options);
    tokens += reports.reduce((sum, report) => sum + report.tokens, 0);
    losses = [...losses, ...reports.map(({ loss }) => Number(loss.toFixed(4)))];
  }
  const notes: PretrainingNotes = { settings: settingsOf(pretraining), parameters, tokens, losses };
  await publish(placesOf(out), `${JSON.stringify(notes)}\n`);
  return notes;
}

/**
 * What an unfinished pretraining in this folder began with must be what is asked for: its tokenizer, first weights and
 * documents are used on. Rounds are compared with the training state itself, so those not begun may still change.
 */
async function refuseOtherWork(pretraining: Pretraining, out: string): Promise<void> {
  const path = join(workFolder(out), 'settings.json');
  const { rounds: _, ...now } = settingsOf(pretraining);
  if (!(await exists(path))) return writeAtomic(path, `${JSON.stringify(now)}\n`);
  const before = JSON.parse(await readText(path)) as Readonly<Record<string, unknown>>;
  const changed = Object.entries(now).find(
    ([key, value]) => canonicalJson(before[key] ?? null) !== canonicalJson(value),
  );
  if (!changed) return;
  throw new UserError(`${out} holds an unfinished pretraining with other settings (${changed[0]})`, {
    remedy: `Restore them to go on, name another folder with --out, or remove ${workFolder(out)} to start again.`,
  });
}

/** Puts the model of the first round to do in its place. Returns its number of parameters. */
async function beginAt(pretraining: Pretraining, out: string, round: number): Promise<number> {
  const folder = modelAfter(out, round);
  if (round === 0) await writeStartModel(pretraining, folder);
  else if (!(await exists(join(folder, 'config.json')))) {
    const finished = await openCheckpoint({ ref: out });
    await writeFolder(folder, finished);
    await finished.close();
  }
  const checkpoint = await openCheckpoint({ ref: folder });
  await checkpoint.close();
  return checkpoint.parameters;
}

/** One round, of which nothing, a part or all may be done. The model of the last one is the new one. */
async function trainRound(
  { corpus, batches, rounds, optimizer, seed, checkpointEvery }: Pretraining,
  out: string,
  round: number,
  { signal, onStep }: PretrainOptions,
): Promise<readonly TrainStepReport[]> {
  const model = { ref: modelAfter(out, round) };
  const { tokenizer, config, close } = await openCheckpoint(model);
  await close();
  const { steps, learningRate, schedule = optimizer.schedule, warmup = optimizer.warmup } = rounds[round]!;
  const read = corpusOf({ corpus }, rounds[round]!);
  const earlier = stepsOf(rounds.slice(0, round));
  const trained = await engineFor(model).train!(
    {
      model,
      optimizer: { learningRate, ...optimizer, schedule, warmup },
      seed,
      steps: { from: 0, to: steps, total: steps },
      batch: async (step) => batchAt(read, batches, tokenizer, config.eosTokens[0]!, earlier + step),
      stateFolder: stateOf(out, round),
      checkpointEvery,
      outputFolder: round + 1 === rounds.length ? newModel(placesOf(out)) : modelAfter(out, round + 1),
    },
    {
      onResult: (report) => onStep({ ...report, step: earlier + report.step }),
      ...(signal ? { signal } : {}),
    },
  );
  return trained.steps;
}

const notesPath = (out: string): string => join(out, NOTES);

interface FinishedRounds {
  readonly rounds: number;
  readonly notes: PretrainingNotes;
}

/** What a finished pretraining in this folder has done of this one: all of it, or its first rounds. */
async function finishedBefore(pretraining: Pretraining, out: string): Promise<FinishedRounds | undefined> {
  if (!(await exists(notesPath(out)))) return undefined;
  const notes = JSON.parse(await readText(notesPath(out))) as PretrainingNotes;
  for (let rounds = pretraining.rounds.length; rounds > 0; rounds--) {
    const first = { ...pretraining, rounds: pretraining.rounds.slice(0, rounds) };
    if (canonicalJson(notes.settings) === canonicalJson(settingsOf(first))) return { rounds, notes };
  }
  throw new UserError(`${out} holds a model that was pretrained with other settings`, {
    remedy: 'Name another folder with --out, or remove this one if it is not needed any more.',
  });
}

/** All that decides the result, with tasks by name. */
function settingsOf({ corpus, rounds, checkpointEvery: _, ...rest }: Pretraining) {
  return {
    ...rest,
    rounds: rounds.map(({ corpus: own, ...round }) =>
      own ? { ...round, corpus: { ...own, ...(own.parts ? { parts: own.parts.map(named) } : {}) } } : round,
    ),
    corpus: { ...corpus, parts: corpus.parts.map(named) },
  };
}

const named = (part: CorpusPart) =>
  'tasks' in part ? { ...part, tasks: part.tasks.map(({ name }) => name) } : part;
