/**
 * Puts a finished model and its notes into the folder they are made for, so that the two always belong together: an
 * older pair may lie there. The notes go away first and come last, and until then they lie beside the new model as the
 * sign that it is complete. A kill in between leaves a folder without notes, and `finishPublishing` goes on from there.
 */
import { join } from 'node:path';
import { exists, listFolder, move, remove, writeAtomic } from '../platform/files.ts';

/** Written last into the folder: the model in it is finished, and this is what it was made of. */
export const NOTES = 'pretraining.json';

export interface Places {
  /** The folder that the user named. */
  readonly out: string;
  /** Where models and states lie while the pretraining is under way; removed at the end. */
  readonly work: string;
}

/** The new model, in the work folder. */
export const newModel = ({ work }: Places): string => join(work, 'model');

/** `notes`: the text of the notes on the model in `newModel`. */
export async function publish(places: Places, notes: string): Promise<void> {
  await writeAtomic(join(places.work, NOTES), notes);
  await finishPublishing(places);
}

/** Does what an interrupted `publish` has left to do: nothing, where none was begun or all was done. */
export async function finishPublishing(places: Places): Promise<void> {
  const { out, work } = places;
  if (!(await exists(join(work, NOTES)))) return;
  const from = newModel(places);
  await remove(join(out, NOTES));
  // `config.json` makes a folder a model: it is the last file of the old one to count and the last of the new to come.
  if (await exists(join(from, CONFIG))) {
    await remove(join(out, CONFIG));
    const files = (await listFolder(from)).filter((name) => name !== CONFIG);
    for (const name of [...files, CONFIG]) await move(join(from, name), join(out, name));
  }
  await move(join(work, NOTES), join(out, NOTES));
  await remove(work);
}

const CONFIG = 'config.json';
