/** `--out FILE.jsonl` of commands that write training data. */
import { UserError } from '../errors.ts';
import { fileStat } from '../platform/files.ts';
import { whyNotWritable } from '../platform/writable.ts';

/** Refuses what can be refused before any row is made. */
export async function checkJsonlOut(out: string): Promise<void> {
  if (!out.endsWith('.jsonl')) {
    throw new UserError(
      `--out ${out}: training data are read by the ending of the file, and this is no .jsonl`,
      {
        remedy: `Name it ${out.replace(/\.\w*$/, '')}.jsonl.`,
      },
    );
  }
  const blocked = await whyNotWritable(out.replace(/[^/\\]*$/, '') || '.');
  if (blocked) throw new UserError(`--out ${out}: ${blocked}`, { remedy: 'Choose another file.' });
  if ((await fileStat(out))?.folder) {
    throw new UserError(`--out ${out} is a folder, not a file`, { remedy: 'Choose another file.' });
  }
}
