/** Files that are wrong, damaged or made to harm, in a folder of the test's own that is a hub as well. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openSource } from '../../src/data/sources/open-source.ts';
import { UserError } from '../../src/errors.ts';

/** Peak memory of this process in MiB. */
export const peakMemory = (): number => process.resourceUsage().maxRSS / 1024;

export interface HostileFiles {
  /** Reads all of a source; what was wrong with it, or how many rows it has. */
  read(spec: Parameters<typeof openSource>[0]): Promise<string>;
  /** The same of a file with this content. */
  said(name: string, content: string | Uint8Array): Promise<string>;
  /** Inside the folder. */
  path(...names: readonly string[]): string;
}

export function hostileFiles(): HostileFiles {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carryover-hostile-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function read(spec: Parameters<typeof openSource>[0]): Promise<string> {
    let rows = 0;
    try {
      const source = await openSource(spec, { baseFolder: folder, hub: { env: { CARRYOVER_HUB: folder } } });
      for await (const _ of source.rows()) rows++;
      return `${rows} rows`;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return error.toString().replaceAll(folder, 'FOLDER');
    }
  }

  async function said(name: string, content: string | Uint8Array): Promise<string> {
    await writeFile(join(folder, name), content);
    return read({ file: name });
  }

  return { read, said, path: (...names: readonly string[]): string => join(folder, ...names) };
}
