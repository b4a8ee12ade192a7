/** `--out FILE`, or another `flag` that names a file: what can be refused before any work is done. */
import { dirname, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { fileStat } from '../platform/files.ts';
import { whyNotWritable } from '../platform/writable.ts';

/**
 * Whether a file is there that would be replaced. Throws UserError for a file that cannot be written, that would be
 * written over one of `inputs`, or that stands in folders of which more than the last would have to be made: a path that
 * is so far from what is there is misspelt.
 */
export async function checkFileOut(
  out: string,
  inputs: readonly string[] = [],
  flag: '--out' | '--html' = '--out',
): Promise<boolean> {
  if (inputs.some((one) => resolve(one) === resolve(out))) {
    throw new UserError(`${flag} ${out} is the file to be read`, { remedy: 'Name another file.' });
  }
  const found = await fileStat(out);
  if (found?.folder) {
    throw new UserError(`${flag} ${out} is a folder, not a file`, { remedy: 'Choose another file.' });
  }
  if (STREAM.test(out)) {
    throw new UserError(`${flag} ${out} is no file: what is written is there only when all of it is`, {
      remedy: 'Name a file, and read it when the command is done.',
    });
  }
  const folder = dirname(resolve(out));
  const above = dirname(folder);
  const known = (await fileStat(folder)) ?? (above === dirname(above) ? null : await fileStat(above));
  if (known === null) {
    throw new UserError(`${flag} ${out}: there is no folder ${dirname(out)}`, {
      remedy: `Make it first (mkdir -p ${dirname(out)}), or choose another file.`,
    });
  }
  const blocked = await whyNotWritable(folder);
  if (blocked) throw new UserError(`${flag} ${out}: ${blocked}`, { remedy: 'Choose another file.' });
  return found !== null;
}

/** Standard output and devices; a file is put into its place whole, which none of them allows. */
const STREAM = /^(-|\/dev\/(stdout|stderr|null|tty|fd\/\d+)|\/proc\/[^/]+\/fd\/.*)$/;

/** `FILE`, or `FILE (replaced)`: what was there before is gone, which nobody may have meant. */
export const writtenTo = (out: string, replaced: boolean): string => `${out}${replaced ? ' (replaced)' : ''}`;
