/**
 * `carryover.json` in an adapter's folder: the chat template that the adapter was trained with. A folder of its own
 * for a whole model holds the template itself; an adapter goes on a model that may have another template or none. It
 * is no field of PEFT's configuration, whose reader knows its own fields only.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { exists, remove, sha256, writeAtomic } from '../../platform/files.ts';
import type { ChatTemplate } from '../checkpoint.ts';
import { readJson } from '../huggingface/open-folder.ts';
import { malformed } from '../malformed.ts';

export interface TrainedWith {
  /** `model`: the own template of the model that it was trained on; else a template by name. */
  readonly name: string;
  /** Of the template's source. */
  readonly sha256: string;
}

const FILE = 'carryover.json';
const schema = z.object({ template: z.object({ name: z.string(), sha256: z.string() }) });

/** Undefined where nothing was noted: other tools write no such file. */
export async function readTrainedWith(folder: string): Promise<TrainedWith | undefined> {
  const file = join(folder, FILE);
  if (!(await exists(file))) return undefined;
  const parsed = schema.safeParse(await readJson(file));
  if (parsed.success) return parsed.data.template;
  const [issue] = parsed.error.issues;
  throw malformed(
    file,
    `${issue?.path.join('.')}: ${issue?.message}`,
    'Remove the file, and name the template that the adapter was trained with (--template).',
  );
}

/** Without a template a note of an earlier training is removed. */
export async function writeTrainedWith(
  folder: string,
  template: Pick<ChatTemplate, 'name' | 'source'> | undefined,
): Promise<void> {
  const file = join(folder, FILE);
  if (template === undefined) {
    await remove(file);
    return;
  }
  const noted: z.infer<typeof schema> = {
    template: { name: template.name, sha256: sha256(template.source) },
  };
  await writeAtomic(file, `${JSON.stringify(noted, null, 2)}\n`);
}
