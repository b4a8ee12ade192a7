/** `training.json`: the training in a folder is finished, and what it was made of. */
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { exists, readText } from '../platform/files.ts';

export const trainingNotesPath = (folder: string): string => join(folder, 'training.json');

/**
 * What a training has noted, none of it checked but that it is an object; undefined where nothing is noted. Throws
 * UserError with the `remedy` where the file is damaged: people edit and copy files.
 */
export async function readTrainingNotes(folder: string, remedy: string): Promise<object | undefined> {
  const file = trainingNotesPath(folder);
  if (!(await exists(file))) return undefined;
  const text = await readText(file);
  try {
    const notes: unknown = JSON.parse(text);
    if (typeof notes === 'object' && notes !== null) return notes;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UserError('The notes of this training are damaged.', { place: { file }, remedy });
}
