/** `carryover run`: checks everything, takes the run folder, carries the plan out, says what came of it. */
import { join, resolve } from 'node:path';
import { Interrupted, UserError } from '../errors.ts';
import { exists, listFolder, readText, remove, writeAtomic } from '../platform/files.ts';
import { takeLock } from '../platform/lock.ts';
import { onInterrupt } from '../platform/signals.ts';
import { sayLine } from '../platform/terminal.ts';
import { whyNotWritable } from '../platform/writable.ts';
import { counted } from '../text/counts.ts';
import { openEventLog } from './event-log.ts';
import type { StudyEvent } from './events.ts';
import type { PlanStep } from './plan.ts';
import { planWarnings } from './plan-warnings.ts';
import { type Overrides, type PreparedRun, prepareRun } from './prepare-run.ts';
import { runPlan } from './run-plan.ts';
import { stepStore } from './step-store.ts';
import { executeStep } from './steps/execute-step.ts';
import { type StepAhead, stepsAhead } from './steps-ahead.ts';
import { toolsByModel } from './tools-by-model.ts';
import { clearTrainingStates } from './training-state.ts';
import { viewRows } from './view/rows.ts';
import { openDisplay } from './view/show.ts';

/** What a run is about to do. */
export interface RunAhead extends PreparedRun {
  /** The run folder as the user gave it. */
  readonly folder: string;
  /** Steps that are not finished yet; empty when nothing is to be done. */
  readonly left: readonly PlanStep[];
}

export interface RunRequest extends Overrides {
  readonly study: string;
  /** `runs/<study name>` when left out. */
  readonly out?: string | undefined;
  readonly json: boolean;
  /** The command that goes on from here. */
  readonly resume: string;
  /** Called once, when everything has been checked and the run's own files are written. */
  readonly onPrepared?: (ahead: RunAhead) => void;
}

export interface RunOutcome {
  /** As the user gave it. */
  readonly folder: string;
  /** Nothing had to be done. */
  readonly wasFinished: boolean;
}

/**
 * @throws UserError before anything is written where the input is wrong; Interrupted after Ctrl-C, with the work
 * so far safe; Error when a step failed.
 */
export async function runStudy(request: RunRequest): Promise<RunOutcome> {
  const shown = request.out;
  const early = shown === undefined ? undefined : await whyNotWritable(shown);
  if (early) throw notWritable(shown ?? '', early);
  const prepared = await prepareRun(request.study, request);
  const folder = folderOf(request, prepared);
  const fresh = await checkRunFolder(folder);
  await refuseOtherRun(folder, prepared);
  const lock = await takeLock(join(folder, 'run.lock'));
  if (!lock.ok) {
    throw new UserError(
      `another run is at work in ${folder} (process ${lock.owner.pid} on ${lock.owner.host})`,
      {
        remedy: 'Wait for it or stop it, or give another folder with --out.',
      },
    );
  }
  let keep = true;
  try {
    request.onPrepared?.({ ...prepared, folder, left: await unfinished(prepared, folder) });
    const done = await carryOut(request, prepared, folder);
    return { folder, wasFinished: done === 0 };
  } catch (error) {
    // A study whose data turn out to be wrong shall leave nothing behind that looks like a run.
    keep = !(fresh && error instanceof UserError && !(await hasTraining(folder)));
    throw error;
  } finally {
    if (!keep) await remove(folder);
    await lock.release();
  }
}

async function carryOut(request: RunRequest, prepared: PreparedRun, folder: string): Promise<number> {
  const { plan, file, baseFolder, model } = prepared;
  const runFolder = resolve(folder);
  await writeAtomic(join(runFolder, 'study.yaml'), file.text);
  const started = {
    ...identityOf(prepared),
    study: request.study,
    model: plan.study.model,
    seeds: plan.study.seeds,
    limit: request.limit,
    resume: request.resume,
  };
  await writeAtomic(join(runFolder, 'run.json'), `${JSON.stringify(started, null, 2)}\n`);
  const log = await openEventLog(join(runFolder, 'events.jsonl'));
  for (const warning of planWarnings(plan)) sayLine(warning);
  const display = openDisplay(viewRows(plan), { json: request.json });
  const abort = new AbortController();
  const release = onInterrupt(() => abort.abort(new Interrupted(request.resume)));
  const emit = (event: StudyEvent): void => {
    log.write(event);
    display.show(event);
  };
  const store = stepStore(runFolder);
  const context = {
    plan,
    runFolder,
    baseFolder,
    store,
    model,
    tools: toolsByModel(plan.study.training?.template),
  };
  try {
    const done = await runPlan({
      plan,
      store,
      execute: (run) => executeStep(run, context),
      emit,
      signal: abort.signal,
      resume: request.resume,
    });
    await clearTrainingStates(plan, store);
    emit({ type: 'run-finished', report: 'report.json' });
    return done;
  } finally {
    release();
    display.close();
    await log.close();
  }
}

const folderOf = ({ out }: Pick<RunRequest, 'out'>, { plan }: PreparedRun): string =>
  out ?? join('runs', plan.study.name);

/**
 * What a run would do with each step that lies in its folder; undefined where there is no run yet. Writes nothing.
 * @throws UserError for a folder that holds another run.
 */
export async function lookAhead(
  request: Pick<RunRequest, 'out'>,
  prepared: PreparedRun,
): Promise<{ readonly folder: string; readonly steps: readonly StepAhead[] } | undefined> {
  const folder = folderOf(request, prepared);
  if (!(await exists(join(folder, 'run.json')))) return undefined;
  await refuseOtherRun(folder, prepared);
  return { folder, steps: await stepsAhead(prepared.plan, stepStore(resolve(folder))) };
}

async function unfinished({ plan }: PreparedRun, folder: string): Promise<readonly PlanStep[]> {
  const store = stepStore(resolve(folder));
  const states = await Promise.all(plan.steps.map((step) => store.state(step)));
  return plan.steps.filter((_, index) => states[index]!.state !== 'finished');
}

/** True when the folder does not exist yet. Refuses folders that cannot be a run. */
export async function checkRunFolder(folder: string): Promise<boolean> {
  const why = await whyNotWritable(folder);
  if (why) throw notWritable(folder, why);
  if (!(await exists(folder))) return true;
  const names = await listFolder(folder);
  if (names.length > 0 && !names.includes('run.json')) {
    throw new UserError(
      `${folder} holds ${counted(names.length, 'other file')} and no run (${names[0]}, ...)`,
      {
        remedy: 'Give an empty or new folder with --out.',
      },
    );
  }
  return false;
}

/** What a run folder belongs to. Changed settings make its steps anew; another study or model is another run. */
function identityOf({ plan, model }: PreparedRun): { readonly name: string; readonly fingerprint: string } {
  return { name: plan.study.name, fingerprint: model.fingerprint };
}

/** Throws UserError when going on would replace the trained models and samples of another study or model. */
async function refuseOtherRun(folder: string, prepared: PreparedRun): Promise<void> {
  const path = join(folder, 'run.json');
  if (!(await exists(path))) return;
  const before = JSON.parse(await readText(path)) as { name?: string; fingerprint?: string; model?: string };
  const { name, fingerprint } = identityOf(prepared);
  const remedy = 'Give another folder with --out, or remove this one if it is not needed any more.';
  if (before.name !== undefined && before.name !== name)
    throw new UserError(`${folder} holds a run of the study ${before.name}, not of ${name}`, { remedy });
  if (before.fingerprint !== undefined && before.fingerprint !== fingerprint)
    throw new UserError(`${folder} holds a run with another model (${before.model})`, { remedy });
}

async function hasTraining(folder: string): Promise<boolean> {
  const steps = await listFolder(join(folder, 'steps'));
  return steps.some((name) => !name.startsWith('data-'));
}

function notWritable(folder: string, why: string): UserError {
  return new UserError(`the run cannot be kept in ${folder}: ${why}`, {
    remedy: 'Give another folder with --out.',
  });
}
