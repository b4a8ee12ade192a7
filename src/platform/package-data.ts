/** Data files inside installed npm packages whose own entry points are not wanted: they are read, nothing is run. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const { resolve } = createRequire(import.meta.url);

/** The text of a file that lies beside (or below) the main file of a dependency. */
export function packageData(name: string, path: string): string {
  return readFileSync(join(dirname(resolve(name)), path), 'utf8');
}
