/** Which benchmarks a folder of samples holds: `<benchmark>.jsonl`, where a benchmark may be `proc/NAME`. */
import { join } from 'node:path';
import { listFolder } from '../platform/files.ts';

/** Names may hold this folder and a slash, on every system a slash. */
const FOLDERS = ['', 'proc/'];

/** Paths inside `folder`, sorted within each of its folders. */
export async function sampleFiles(folder: string): Promise<string[]> {
  const found = await Promise.all(
    FOLDERS.map(async (inner) => (await listFolder(join(folder, inner))).map((name) => `${inner}${name}`)),
  );
  return found.flat().filter((path) => path.endsWith('.jsonl'));
}
