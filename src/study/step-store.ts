/**
 * The folder of each step and how far it is. `fingerprint.json` is written last: its presence means that the step
 * is complete. `started.json` is written first: what lies beside it belongs to that fingerprint and can be gone on
 * with. Nothing else is ever trusted. Data and trained stages that a changed setting made stale are moved to
 * `steps/.superseded/<id>-<fingerprint>` and come back when their settings do. Answers of evaluations are filed by
 * model and request in the responses, so there nothing needs to be moved.
 */
import { join } from 'node:path';
import { unreachable } from '../errors.ts';
import { exists, move, readText, remove, writeAtomic } from '../platform/files.ts';
import { digestOf, explainStale, type StepFingerprint } from './fingerprint.ts';
import type { PlanStep } from './plan.ts';

/** The folder of put-away steps, beside the others. */
export const SUPERSEDED = '.superseded';

export type StepState =
  | { readonly state: 'finished' }
  /** Begun with this very fingerprint and not finished. */
  | { readonly state: 'begun' }
  /** Finished or begun with another fingerprint; `why` is the first fact that differs. */
  | { readonly state: 'stale'; readonly why: string; readonly kept?: string }
  | { readonly state: 'absent' };

export interface StepStore {
  /** `steps/<id>` as an absolute path. */
  folder(id: string): string;
  state(step: PlanStep): Promise<StepState>;
  /** The state that a step will have after `bringBack`, which changes nothing where this is the present one. */
  foreseen(step: PlanStep): Promise<StepState>;
  /** Exchanges a stale or absent step for superseded work of the very fingerprint that is wanted, if there is any. */
  bringBack(step: PlanStep): Promise<void>;
  /** Puts away what belongs to another fingerprint and notes this one. Returns the state that was found. */
  begin(step: PlanStep): Promise<StepState>;
  finish(step: PlanStep, summary: string): Promise<void>;
  /** A finished step becomes one that has begun: what it rests on is being made again. */
  reopen(step: PlanStep): Promise<void>;
}

export function stepStore(runFolder: string): StepStore {
  const folder = (id: string): string => join(runFolder, 'steps', id);
  const note = (step: PlanStep, name: string): string => join(folder(step.id), name);

  const state = async (step: PlanStep): Promise<StepState> => {
    const finished = await readFingerprint(note(step, 'fingerprint.json'));
    if (finished) {
      const there = await Promise.all(resultsOf(step).map((path) => exists(join(runFolder, path))));
      return compare(finished, step, there.every(Boolean) ? 'finished' : 'begun');
    }
    const started = await readFingerprint(note(step, 'started.json'));
    if (started) return compare(started, step, 'begun');
    return { state: 'absent' };
  };

  const placeOf = (step: PlanStep, digest: string): string =>
    `steps/${SUPERSEDED}/${step.id}-${digest.slice(0, 12)}`;

  /** Returns where the step's folder now is, relative to the run folder. */
  const putAside = async (step: PlanStep): Promise<string | undefined> => {
    const found = await recordIn(folder(step.id));
    if (!found || (step.kind !== 'data' && step.kind !== 'train')) return undefined;
    const place = placeOf(step, digestOf(found));
    await remove(join(runFolder, place));
    await move(folder(step.id), join(runFolder, place));
    return place;
  };

  /** Superseded work of the very fingerprint that is wanted, where what lies in the step's own folder is not. */
  const superseded = async (step: PlanStep): Promise<string | undefined> => {
    const place = join(runFolder, placeOf(step, step.digest));
    const kept = await recordIn(place);
    if (!kept || digestOf(kept) !== step.digest) return undefined;
    const { state: found } = await state(step);
    return found === 'finished' || found === 'begun' ? undefined : place;
  };

  return {
    folder,
    state,
    foreseen: async (step) => {
      const place = await superseded(step);
      if (place === undefined) return state(step);
      return { state: (await exists(join(place, 'fingerprint.json'))) ? 'finished' : 'begun' };
    },
    bringBack: async (step) => {
      const place = await superseded(step);
      if (place === undefined) return;
      await putAside(step);
      await remove(folder(step.id));
      await move(place, folder(step.id));
    },
    begin: async (step) => {
      const found = await state(step);
      if (found.state !== 'begun') {
        const kept = found.state === 'stale' ? await putAside(step) : undefined;
        // The mark of completeness goes first, so that a kill in between leaves nothing that looks complete.
        await remove(note(step, 'fingerprint.json'));
        await remove(note(step, 'started.json'));
        await remove(folder(step.id));
        if (step.work.kind === 'evaluate') await clearResults(join(runFolder, step.work.folder));
        await writeAtomic(note(step, 'started.json'), record(step));
        if (found.state === 'stale' && kept !== undefined) return { ...found, kept };
      }
      return found;
    },
    finish: (step, summary) => writeAtomic(note(step, 'fingerprint.json'), record(step, summary)),
    reopen: (step) => remove(note(step, 'fingerprint.json')),
  };
}

/** The answers stay: each chunk of them is filed under the model and the requests it belongs to. */
async function clearResults(folder: string): Promise<void> {
  await remove(join(folder, 'results.json'));
  await remove(join(folder, 'samples'));
}

/**
 * The files that others read of a step, relative to the run folder; the last one is written last. When someone has
 * deleted one, the step is done again: a report must not rest on results that are not there.
 */
export function resultsOf({ id, work }: Pick<PlanStep, 'id' | 'work'>): readonly string[] {
  switch (work.kind) {
    case 'data':
      return [`steps/${id}/receipt.json`];
    case 'train':
      return [`steps/${id}/train.json`];
    case 'evaluate':
      return [
        ...work.benchmarks.map((name) => `${work.folder}/samples/${name}.jsonl`),
        `${work.folder}/results.json`,
      ];
    case 'report':
      return ['report.md', 'report/index.html', 'report.json'];
    default:
      return unreachable(work);
  }
}

function record(step: PlanStep, summary?: string): string {
  const { fingerprint, digest, label } = step;
  return `${JSON.stringify({ digest, label, ...(summary === undefined ? {} : { summary }), fingerprint }, null, 2)}\n`;
}

async function readFingerprint(path: string): Promise<StepFingerprint | null> {
  if (!(await exists(path))) return null;
  try {
    const { fingerprint } = JSON.parse(await readText(path)) as { fingerprint?: StepFingerprint };
    return fingerprint ?? null;
  } catch {
    // Not ours or edited by hand: the step is done again.
    return null;
  }
}

async function recordIn(folder: string): Promise<StepFingerprint | null> {
  return (
    (await readFingerprint(join(folder, 'fingerprint.json'))) ??
    (await readFingerprint(join(folder, 'started.json')))
  );
}

function compare(found: StepFingerprint, step: PlanStep, same: 'finished' | 'begun'): StepState {
  if (digestOf(found) === step.digest) return { state: same };
  return { state: 'stale', why: explainStale(found, step.fingerprint) ?? 'its record differs' };
}
