/** Where the package itself lies: two folders above this file in `src/` and `dist/` alike, whatever the current folder. */
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The absolute path of a file or folder that comes with the package, such as `packagePath('studies')`. */
export function packagePath(...parts: readonly string[]): string {
  return join(fileURLToPath(new URL('../..', import.meta.url)), ...parts);
}

/** A path as short as it can be written in a folder: relative within it, as it is elsewhere. */
export function pathFrom(path: string, folder: string = process.cwd()): string {
  const near = relative(folder, path);
  return near.startsWith('..') ? path : near;
}

/** A study file that comes with the package, as it is named from a folder: `studies/NAME` in a clone. */
export function studyPath(name: string, folder?: string): string {
  return pathFrom(packagePath('studies', name), folder);
}
