/**
 * Training state on disk: weights (or adapters), both moments and what was reported, so that a job goes on bit for bit
 * where it stopped. `state.json` is written last and names the files it belongs to; older files go afterwards, and
 * with them what a killed process left half-written.
 */
import { join } from 'node:path';
import { UserError } from '../../../errors.ts';
import {
  exists,
  fileStat,
  listFolder,
  openRandomAccess,
  readText,
  remove,
  writeAtomic,
} from '../../../platform/files.ts';
import type { TrainStepReport } from '../../engine.ts';
import type { Trainer } from './trainer.ts';

const VERSION = 1;
const STATE = 'state.json';
/** Bytes read at once. */
const PIECE = 1 << 28;

/** What decides the course of a job: a state belongs to a job when all of it is equal. */
export type JobIdentity = Readonly<Record<string, unknown>>;

export interface SavedState {
  readonly version: number;
  readonly job: JobIdentity;
  /** The next step to compute. */
  readonly step: number;
  readonly updates: number;
  /** Bytes of memory from which micro-batches were chosen. Older states have none. */
  readonly memory?: number;
  readonly reports: readonly TrainStepReport[];
  /** Elements of each of the three arrays. */
  readonly elements: number;
  readonly files: { readonly p: string; readonly m: string; readonly v: string };
}

const bytesOf = (values: Float32Array) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Saves everything that the next step depends on. */
export async function saveState(
  folder: string,
  trainer: Trainer,
  progress: Pick<SavedState, 'job' | 'step' | 'reports' | 'memory'>,
): Promise<void> {
  const arrays = { p: trainer.trainable.all, m: trainer.moments.m, v: trainer.moments.v };
  const nameOf = (part: string) => `${part}-${progress.step}.f32`;
  for (const [part, values] of Object.entries(arrays))
    await writeAtomic(join(folder, nameOf(part)), bytesOf(values));
  const state: SavedState = {
    version: VERSION,
    ...progress,
    updates: trainer.updates,
    elements: arrays.p.length,
    files: { p: nameOf('p'), m: nameOf('m'), v: nameOf('v') },
  };
  await writeAtomic(join(folder, STATE), `${JSON.stringify(state, null, 1)}\n`);
  const current = new Set<string>(Object.values(state.files));
  for (const name of await listFolder(folder))
    if (/^[pmv]-\d+\.f32$|\.partial$/.test(name) && !current.has(name)) await remove(join(folder, name));
}

/** The state in a folder, without its arrays; undefined when there is none. */
export async function findState(folder: string): Promise<SavedState | undefined> {
  const path = join(folder, STATE);
  if (!(await exists(path))) return undefined;
  const state = JSON.parse(await readText(path)) as SavedState;
  if (state.version !== VERSION)
    throw new UserError(
      `${path}: training state of version ${state.version}, this program reads ${VERSION}`,
      {
        remedy: `Remove ${folder} to train from the start.`,
      },
    );
  for (const name of Object.values(state.files)) {
    const found = await fileStat(join(folder, name));
    if (found?.size !== state.elements * 4)
      throw new UserError(
        `${join(folder, name)}: has ${found?.size ?? 'no'} bytes, not ${state.elements * 4}`,
        {
          remedy: `The training state is damaged. Remove ${folder} to train from the start.`,
        },
      );
  }
  return state;
}

/** Puts a saved state into a trainer. Throws UserError when it belongs to a model of another shape. */
export async function restoreState(folder: string, state: SavedState, trainer: Trainer): Promise<void> {
  const arrays = { p: trainer.trainable.all, m: trainer.moments.m, v: trainer.moments.v };
  if (arrays.p.length !== state.elements)
    throw new UserError(`${folder}: the training state belongs to another model or other adapters`, {
      remedy: 'Stages that go on from one another must train the same matrices at the same rank.',
    });
  for (const part of ['p', 'm', 'v'] as const) {
    const file = await openRandomAccess(join(folder, state.files[part]));
    const target = bytesOf(arrays[part]);
    for (let at = 0; at < target.length; at += PIECE)
      target.set(await file.read(at, Math.min(PIECE, target.length - at)), at);
    await file.close();
  }
  trainer.updates = state.updates;
}

/** The first field in which two identities differ, for messages. */
export function difference(a: JobIdentity, b: JobIdentity): string | undefined {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  const key = keys.find((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
  return key && `${key}: ${JSON.stringify(a[key])} before, ${JSON.stringify(b[key])} now`;
}
