/** Whether a command may write its model to the folder that the user named. */
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { exists } from '../platform/files.ts';
import { whyNotWritable } from '../platform/writable.ts';

/**
 * Throws UserError for a folder that cannot be written, and for one with a model that this command has not written:
 * `notes` is the file that it leaves beside its models.
 */
export async function checkModelOut(
  out: string,
  { command, notes }: { readonly command: string; readonly notes: string },
): Promise<void> {
  const reason = await whyNotWritable(out);
  if (reason) throw new UserError(reason, { remedy: 'Name a folder that you may write with --out.' });
  const ours = await Promise.all([notes, '.carryover'].map((name) => exists(join(out, name))));
  if ((await exists(join(out, 'config.json'))) && !ours.some(Boolean))
    throw new UserError(`--out ${out} holds a model that carryover ${command} did not write`, {
      remedy: 'Name another folder: that model would be overwritten.',
    });
}
