/** `--out FILE.jsonl` of commands that write training data. */
import { UserError } from '../errors.ts';
import { checkFileOut } from './file-out.ts';

/** Refuses what can be refused before any row is made. `inputs`: files that must not be written over. */
export async function checkJsonlOut(out: string, inputs: readonly string[] = []): Promise<void> {
  if (!out.endsWith('.jsonl')) {
    throw new UserError(
      `--out ${out}: training data are read by the ending of the file, and this is no .jsonl`,
      {
        remedy: `Name it ${out.replace(/(\.\w*){0,2}$/, '')}.jsonl.`,
      },
    );
  }
  await checkFileOut(out, inputs);
}
