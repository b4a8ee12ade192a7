/** `--out FILE`, or another `flag` that names a file: what can be refused before any work is done. */
import { resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { fileStat } from '../platform/files.ts';
import { whyNotWritable } from '../platform/writable.ts';

/** Throws UserError for a file that cannot be written, or that would be written over one of `inputs`. */
export async function checkFileOut(
  out: string,
  inputs: readonly string[] = [],
  flag: '--out' | '--html' = '--out',
): Promise<void> {
  if (inputs.some((one) => resolve(one) === resolve(out))) {
    throw new UserError(`${flag} ${out} is the file to be read`, { remedy: 'Name another file.' });
  }
  const blocked = await whyNotWritable(out.replace(/[^/\\]*$/, '') || '.');
  if (blocked) throw new UserError(`${flag} ${out}: ${blocked}`, { remedy: 'Choose another file.' });
  if ((await fileStat(out))?.folder) {
    throw new UserError(`${flag} ${out} is a folder, not a file`, { remedy: 'Choose another file.' });
  }
}
