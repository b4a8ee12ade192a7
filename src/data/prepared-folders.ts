/** Where prepared stages lie: in a run, in an unfinished training, or in a folder of their own. */
import { basename, join } from 'node:path';
import { UserError } from '../errors.ts';
import { exists, fileStat, listFolder } from '../platform/files.ts';

export interface PreparedFolder {
  /** The step's id, which is its folder's name. */
  readonly id: string;
  readonly folder: string;
  /** The run that it is a step of. */
  readonly run?: string;
}

const holdsReceipt = (folder: string): Promise<boolean> => exists(join(folder, 'receipt.json'));

/** Null when `path` is no folder. Throws UserError for one without prepared data. */
export async function preparedFolders(path: string): Promise<readonly PreparedFolder[] | null> {
  if (!(await fileStat(path))?.folder) return null;
  if (await holdsReceipt(path)) return [await asStep(path)];
  const found: PreparedFolder[] = [];
  const steps = join(path, 'steps');
  if (await exists(steps)) {
    for (const id of (await listFolder(steps)).sort()) {
      const folder = join(steps, id);
      if (await holdsReceipt(folder)) found.push({ id, folder, run: path });
    }
  }
  const training = join(path, '.carryover', 'data');
  if (await holdsReceipt(training)) found.push({ id: 'data', folder: training });
  if (found.length > 0) return found;
  throw new UserError('There is no prepared data in this folder.', {
    place: { file: path },
    remedy: 'Name a run of "carryover run", the folder of one of its data steps, a data file, or a dataset.',
  });
}

async function asStep(folder: string): Promise<PreparedFolder> {
  const run = join(folder, '..', '..');
  const inRun = await exists(join(run, 'study.yaml'));
  return { id: basename(folder), folder, ...(inRun ? { run } : {}) };
}
