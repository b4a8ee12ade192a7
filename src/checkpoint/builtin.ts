/** Models that come with the package, `builtin:NAME`: one folder each in `models/`, in Hugging Face layout. */
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { exists, listFolder } from '../platform/files.ts';
import { packagePath } from '../platform/package-folder.ts';
import { nearest } from '../text/nearest.ts';

const SCHEME = 'builtin:';

/** The folder whose sub-folders are the built-in models. */
export const BUILTIN_SHELF: string = packagePath('models');

/** The name in a reference `builtin:NAME`; undefined for every other reference. */
export function builtinName(ref: string): string | undefined {
  return ref.startsWith(SCHEME) ? ref.slice(SCHEME.length) : undefined;
}

/** The folder of a built-in model. Throws UserError with the names that there are for any other name. */
export async function builtinFolder(name: string, shelf: string): Promise<string> {
  const names = await builtinNames(shelf);
  // Only a listed name becomes a path, so no name leads out of the shelf.
  if (names.includes(name)) return join(shelf, name);
  const near = nearest(name, names);
  const known = names.map((one) => SCHEME + one).join(', ');
  throw new UserError(`there is no built-in model ${SCHEME}${name}`, {
    remedy: known
      ? `${near ? `Did you mean ${SCHEME}${near}? ` : ''}Built in: ${known}.`
      : 'This package holds no built-in model. Name a folder in Hugging Face layout, a .gguf file or a hub id.',
  });
}

async function builtinNames(shelf: string): Promise<readonly string[]> {
  const names = await listFolder(shelf);
  const models = await Promise.all(names.map((name) => exists(join(shelf, name, 'config.json'))));
  return names.filter((_, index) => models[index]);
}
