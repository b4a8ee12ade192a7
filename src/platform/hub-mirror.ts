/** A local copy of parts of the hub: `DIR/datasets/<org>/<name>/<path>` and `DIR/models/<org>/<name>/<path>`. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingData, UserError } from '../errors.ts';
import { fileStat, listFolder } from './files.ts';
import { type HubRepo, nearNames } from './hub-names.ts';
import { NOTES } from './hub-revision.ts';

/** Ids of all repositories of one kind in the mirror, sorted. */
export async function mirrorRepos(mirror: string, kind: HubRepo['kind']): Promise<string[]> {
  const root = join(mirror, `${kind}s`);
  const ids: string[] = [];
  for (const org of await listFolder(root)) {
    for (const name of await listFolder(join(root, org))) {
      if ((await fileStat(join(root, org, name)))?.folder) ids.push(`${org}/${name}`);
    }
  }
  return ids;
}

/** Folder of a repository in the mirror. Throws UserError, with the nearest ids, when it is not there. */
export async function mirrorFolder(mirror: string, repo: HubRepo): Promise<string> {
  const folder = join(mirror, `${repo.kind}s`, ...repo.id.split('/'));
  if ((await fileStat(folder))?.folder) return folder;
  const root = await fileStat(mirror);
  if (!root?.folder) {
    throw new UserError(`CARRYOVER_HUB names ${mirror}, which is not a folder.`, {
      remedy:
        'Point CARRYOVER_HUB at a folder that holds datasets/<org>/<name>/..., or unset it to use the hub.',
    });
  }
  const near = nearNames(repo.id, await mirrorRepos(mirror, repo.kind));
  throw new MissingData(`The ${repo.kind} ${repo.id} is not in the local mirror: looked for ${folder}.`, {
    remedy: `${near.length > 0 ? `Near names there: ${near.join(', ')}. ` : ''}Check the id, copy the ${repo.kind} into the mirror, or unset CARRYOVER_HUB to fetch it from the hub.${repo.kind === 'model' ? ' A .gguf file or a folder does as well (--model).' : ''}`,
  });
}

/** Paths of all files below a repository's folder, with forward slashes, sorted by code units. */
export async function mirrorFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !NOTES.test(path))
    .sort();
}
