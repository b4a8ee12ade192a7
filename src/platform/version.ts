/** The package's own version, written once: in `package.json`. */
import { readFileSync } from 'node:fs';
import { packagePath } from './package-folder.ts';

export function packageVersion(): string {
  const text = readFileSync(packagePath('package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
