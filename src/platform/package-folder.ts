/** Where the package itself lies: two folders above this file in `src/` and `dist/` alike, whatever the current folder. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The absolute path of a file or folder that comes with the package, such as `packagePath('studies')`. */
export function packagePath(...parts: readonly string[]): string {
  return join(fileURLToPath(new URL('../..', import.meta.url)), ...parts);
}
