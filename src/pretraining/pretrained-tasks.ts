/** What a model that `carryover pretrain` made says about its pretraining. */
import { join } from 'node:path';
import { z } from 'zod';
import { builtinName } from '../checkpoint/builtin.ts';
import { locateModel } from '../checkpoint/locate.ts';
import { exists, fileStat, readText } from '../platform/files.ts';

/** Written last into the folder of a pretrained model, with its settings. */
export const NOTES_FILE = 'pretraining.json';

/** The part that is read; a later version may write more. */
const notesSchema = z.object({
  settings: z.object({
    corpus: z.object({ parts: z.array(z.object({ tasks: z.array(z.string()).optional() })) }),
  }),
});

/**
 * Names of the procedural tasks whose problems the model was pretrained on, each once; null where its folder says
 * nothing: other models, and files and hub ids.
 */
export async function pretrainedTasks(ref: string): Promise<readonly string[] | null> {
  const isFolder = builtinName(ref) !== undefined || (await fileStat(ref))?.folder === true;
  if (!isFolder) return null;
  const file = join((await locateModel(ref)).path, NOTES_FILE);
  if (!(await exists(file))) return null;
  const notes = notesSchema.safeParse(parseJson(await readText(file)));
  if (!notes.success) return null;
  return [...new Set(notes.data.settings.corpus.parts.flatMap(({ tasks = [] }) => tasks))];
}

/** Another program's file of that name is no fault of the user's. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
