/** `--out FILE.jsonl` of commands that write training data. */
import { UserError } from '../errors.ts';
import { checkFileOut } from './file-out.ts';

/**
 * Whether a file is there that would be replaced. Refuses what can be refused before any row is made. `inputs`: files
 * that must not be written over.
 */
export async function checkJsonlOut(out: string, inputs: readonly string[] = []): Promise<boolean> {
  if (/\.(gz|zst)$/i.test(out)) {
    throw new UserError(`--out ${out}: rows are read compressed, but not written so`, {
      remedy: `Name it ${jsonlName(out)}, and compress it afterwards: gzip ${jsonlName(out)}.`,
    });
  }
  // Streams and folders have an answer of their own.
  if (!out.endsWith('.jsonl') && !/^-$|\/$|^\/dev\/|^\/proc\//.test(out)) {
    throw new UserError(
      `--out ${out}: training data are read by the ending of the file, and this is no .jsonl`,
      { remedy: `Name it ${jsonlName(out)}.` },
    );
  }
  return checkFileOut(out, inputs);
}

/** The name with the one ending in the place of those that files of rows have. */
function jsonlName(out: string): string {
  return `${out.replace(/(\.(jsonl|ndjson|json|csv|tsv|parquet|txt))?(\.(gz|zst))?$/i, '')}.jsonl`;
}
