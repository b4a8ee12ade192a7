/** What a model that `carryover pretrain` made says about its pretraining. */
import { join } from 'node:path';
import { z } from 'zod';
import { builtinName } from '../checkpoint/builtin.ts';
import { locateModel } from '../checkpoint/locate.ts';
import { exists, fileStat, readText } from '../platform/files.ts';
import { NOTES } from './publish.ts';

/** The part that is read; a later version may write more. */
const parts = z.array(z.object({ tasks: z.array(z.string()).optional() }));
const notesSchema = z.object({
  settings: z.object({
    corpus: z.object({ parts }),
    rounds: z.array(z.object({ corpus: z.object({ parts: parts.optional() }).optional() })),
  }),
});

/**
 * Names of the procedural tasks whose problems the model was pretrained on, each once; null where its folder says
 * nothing: other models, and files and hub ids.
 */
export async function pretrainedTasks(ref: string): Promise<readonly string[] | null> {
  const isFolder = builtinName(ref) !== undefined || (await fileStat(ref))?.folder === true;
  if (!isFolder) return null;
  const file = join((await locateModel(ref)).path, NOTES);
  if (!(await exists(file))) return null;
  const notes = notesSchema.safeParse(parseJson(await readText(file)));
  if (!notes.success) return null;
  const { corpus, rounds } = notes.data.settings;
  const read = rounds.map((round) => round.corpus?.parts ?? corpus.parts);
  return [...new Set(read.flat().flatMap(({ tasks = [] }) => tasks))];
}

/** Another program's file of that name is no fault of the user's. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
