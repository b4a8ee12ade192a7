/**
 * Whether a local mirror holds the revision that was asked for. The mirror's layout has one place for a repository,
 * whatever its revision; but `hf download --local-dir` notes the commit of every file it writes, in
 * `.cache/huggingface/download/<path>.metadata`: commit, ETag and time, a line each (`LocalDownloadFileMetadata` in
 * huggingface_hub's `_local_folder.py`).
 */
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { exists, readText } from './files.ts';
import type { HubRepo } from './hub-names.ts';
import { sayLine } from './terminal.ts';

/** What became of a revision that was stated, for receipts. */
export interface RevisionFacts {
  readonly asked: string;
  /** False where the files come from a mirror that does not tell its revision. */
  readonly checked: boolean;
}

/** Folders of a repository's copy that hold notes about it and none of its files. */
export const NOTES: RegExp = /^\.(cache\/huggingface|git)\//;

/** Commits are named by seven digits at least; anything else is a branch or a tag, which moves. */
const COMMIT = /^[0-9a-f]{7,40}$/;

/**
 * Throws UserError when the mirror's file is of another commit than the one asked for. Returns whether it is known to
 * be of that commit; undefined where no revision was stated, or `main`, which is what a mirror stands for.
 */
export async function mirrorRevision(
  folder: string,
  repo: HubRepo,
  path: string,
): Promise<boolean | undefined> {
  const { revision } = repo;
  if (revision === undefined || revision === 'main') return undefined;
  const commit = await mirrorCommit(folder, path);
  if (commit === undefined || !COMMIT.test(revision)) return false;
  if (commit.startsWith(revision)) return true;
  throw new UserError(
    `The local mirror holds ${repo.id} (${path}) of commit ${commit}, not of ${revision}.`,
    {
      remedy: `Copy that revision into the mirror (hf download ${repo.id} --revision ${revision} --local-dir DIR${repo.kind === 'dataset' ? ' --repo-type dataset' : ''}), state the commit that is there, or unset CARRYOVER_HUB to fetch it from the hub.`,
    },
  );
}

async function mirrorCommit(folder: string, path: string): Promise<string | undefined> {
  const note = join(folder, '.cache', 'huggingface', 'download', ...`${path}.metadata`.split('/'));
  if (!(await exists(note))) return undefined;
  const commit = (await readText(note)).split('\n', 1)[0]!.trim();
  return COMMIT.test(commit) ? commit : undefined;
}

/** Repositories and revisions that have been spoken of: once is enough for each. */
const said = new Set<string>();

export function sayUnchecked(repo: HubRepo, folder: string): void {
  const key = `${folder} ${repo.revision}`;
  if (said.has(key)) return;
  said.add(key);
  sayLine(
    `${repo.id}: the revision ${repo.revision} cannot be checked: the local mirror (CARRYOVER_HUB) does not tell whether it holds it. Its files are used as they are.`,
  );
}
