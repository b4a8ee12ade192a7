/**
 * Files of the Hugging Face hub, wherever they are: in a local mirror (`CARRYOVER_HUB`; then nothing touches the
 * network), in our cache, or on the hub itself (`HF_ENDPOINT`, `HF_TOKEN`). A file in the cache is used without
 * asking again, so that a run resumed later sees the same bytes; delete its folder to fetch it anew.
 */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { MissingData } from '../errors.ts';
import { exists, fileStat, readText, writeAtomic } from './files.ts';
import { mirrorFiles, mirrorFolder } from './hub-mirror.ts';
import {
  checkParts,
  checkRepo,
  checkRepoPath,
  type HubRepo,
  matchesPattern,
  nearNames,
} from './hub-names.ts';
import { downloadTo, type HubRemote, remoteFiles } from './hub-remote.ts';
import { mirrorRevision, type RevisionFacts, sayUnchecked } from './hub-revision.ts';

export type { HubRepo } from './hub-names.ts';

/** The environment variables that say where files come from; an empty one counts as unset. */
export interface HubEnvironment {
  readonly CARRYOVER_HUB?: string | undefined;
  readonly CARRYOVER_CACHE?: string | undefined;
  readonly HF_ENDPOINT?: string | undefined;
  readonly HF_HOME?: string | undefined;
  readonly HF_TOKEN?: string | undefined;
  readonly HF_HUB_OFFLINE?: string | undefined;
  readonly XDG_CACHE_HOME?: string | undefined;
  readonly HOME?: string | undefined;
}

export interface HubOptions {
  /** The process's environment by default. */
  readonly env?: HubEnvironment;
  readonly signal?: AbortSignal;
  readonly onProgress?: HubRemote['onProgress'];
}

export type HubPlace =
  | { readonly kind: 'mirror'; readonly folder: string }
  | { readonly kind: 'remote'; readonly endpoint: string; readonly cache: string };

/** Where files come from under the given environment. */
export function hubPlace(env: HubEnvironment = process.env): HubPlace {
  if (env.CARRYOVER_HUB) return { kind: 'mirror', folder: resolve(env.CARRYOVER_HUB) };
  const endpoint = (env.HF_ENDPOINT || 'https://huggingface.co').replace(/\/+$/, '');
  return { kind: 'remote', endpoint, cache: cacheFolder(env) };
}

/** Our cache: `CARRYOVER_CACHE`, else `carryover` in `HF_HOME`, in `XDG_CACHE_HOME`, or in `~/.cache`. */
export function cacheFolder(env: HubEnvironment = process.env): string {
  if (env.CARRYOVER_CACHE) return resolve(env.CARRYOVER_CACHE);
  const parent = env.HF_HOME || env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache');
  return resolve(parent, 'carryover');
}

/**
 * Paths inside a repository, sorted by code units (the hub's order); with `pattern` only those that fit it (`*`
 * stands for any characters but a slash). Throws UserError when the repository is not there or nothing fits.
 */
export async function listHubFiles(
  repo: HubRepo,
  pattern?: string,
  options: HubOptions = {},
): Promise<string[]> {
  checkRepo(repo);
  const place = hubPlace(options.env);
  if (place.kind === 'mirror') {
    const folder = await mirrorFolder(place.folder, repo);
    return fitting(await mirrorFiles(folder), repo, pattern, folder);
  }
  const listing = join(repoCache(place.cache, repo), '.files.json');
  if (await exists(listing)) {
    const known = fittingOrNone(JSON.parse(await readText(listing)) as string[], pattern);
    // A pattern that fits nothing may be about a file that was added since.
    if (known.length > 0) return known;
  }
  const paths = await remoteFiles(remoteOf(place, options), repo);
  await writeAtomic(listing, JSON.stringify(paths));
  return fitting(paths, repo, pattern, place.endpoint);
}

/** A path on this machine with the bytes of one file of the hub. Throws UserError when it cannot be had. */
export async function hubFile(repo: HubRepo, path: string, options: HubOptions = {}): Promise<string> {
  checkRepo(repo);
  checkRepoPath(path);
  const place = hubPlace(options.env);
  if (place.kind === 'mirror') {
    const folder = await mirrorFolder(place.folder, repo);
    const file = join(folder, ...path.split('/'));
    if (await exists(file)) {
      if ((await mirrorRevision(folder, repo, path)) === false) sayUnchecked(repo, folder);
      return file;
    }
    throw missing(repo, path, folder, await mirrorFiles(folder));
  }
  const target = join(repoCache(place.cache, repo), ...path.split('/'));
  const note = `${target}.etag.json`;
  if ((await exists(note)) && (await exists(target))) {
    const { size } = JSON.parse(await readText(note)) as { size: number };
    if ((await fileStat(target))?.size === size) return target;
  }
  const key = `${place.endpoint} ${target}`;
  let running = downloads.get(key);
  if (running === undefined) {
    running = (async () => {
      const found = await downloadTo(remoteOf(place, options), repo, path, target);
      if (found === null)
        throw missing(repo, path, place.endpoint, await listHubFiles(repo, undefined, options));
      await writeAtomic(note, JSON.stringify(found));
    })().finally(() => downloads.delete(key));
    downloads.set(key, running);
  }
  await running;
  return target;
}

/**
 * What became of a stated revision for these files of a repository; undefined where none was stated. The hub itself
 * serves the revision that it is asked for; a mirror may not know which it holds (`hub-revision.ts`).
 */
export async function revisionFacts(
  repo: HubRepo,
  paths: readonly string[],
  options: HubOptions = {},
): Promise<RevisionFacts | undefined> {
  if (repo.revision === undefined) return undefined;
  const place = hubPlace(options.env);
  if (place.kind === 'remote') return { asked: repo.revision, checked: true };
  const folder = await mirrorFolder(place.folder, repo);
  const known = await Promise.all(paths.map((path) => mirrorRevision(folder, repo, path)));
  return { asked: repo.revision, checked: known.every((one) => one === true) };
}

/**
 * Every file that fits a pattern, in the hub's order, with its path in the repository and on this machine. Throws
 * UserError when nothing fits, when one cannot be had, and when a part of a split file is missing.
 */
export async function hubFiles(
  repo: HubRepo,
  pattern: string,
  options: HubOptions = {},
): Promise<{ readonly path: string; readonly local: string }[]> {
  const found: { path: string; local: string }[] = [];
  const paths = await listHubFiles(repo, pattern, options);
  checkParts(repo, paths);
  for (const path of paths) {
    found.push({ path, local: await hubFile(repo, path, options) });
  }
  return found;
}

/** Downloads under way, so that two parts of one program do not fetch the same file twice. */
const downloads = new Map<string, Promise<void>>();

function repoCache(cache: string, repo: HubRepo): string {
  return join(cache, `${repo.kind}s`, ...repo.id.split('/'), encodeURIComponent(repo.revision ?? 'main'));
}

function remoteOf(place: HubPlace & { kind: 'remote' }, options: HubOptions): HubRemote {
  const env = options.env ?? process.env;
  return {
    endpoint: place.endpoint,
    token: env.HF_TOKEN || undefined,
    offline: env.HF_HUB_OFFLINE === '1',
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.onProgress ? { onProgress: options.onProgress } : {}),
  };
}

function fittingOrNone(paths: readonly string[], pattern: string | undefined): string[] {
  return pattern === undefined ? [...paths] : paths.filter((path) => matchesPattern(path, pattern));
}

function fitting(
  paths: readonly string[],
  repo: HubRepo,
  pattern: string | undefined,
  where: string,
): string[] {
  const found = fittingOrNone(paths, pattern);
  if (found.length > 0 || pattern === undefined) return found;
  throw missing(repo, pattern, where, paths);
}

function missing(repo: HubRepo, pattern: string, where: string, paths: readonly string[]): MissingData {
  const near = nearNames(pattern, paths);
  const some = near.length > 0 ? near : paths.slice(0, 5);
  return new MissingData(`The ${repo.kind} ${repo.id} has no file ${pattern}: looked in ${where}.`, {
    remedy:
      paths.length === 0
        ? 'The repository is empty there.'
        : `It has ${paths.length} files, such as ${some.join(', ')}.`,
  });
}
