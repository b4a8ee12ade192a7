/** Names on the hub: repositories, file patterns, and the nearest names to one that was mistyped. */
import { distance } from 'fastest-levenshtein';
import { MissingData, UserError } from '../errors.ts';

export interface HubRepo {
  readonly kind: 'dataset' | 'model';
  /** `org/name`; a few old repositories have a name only. */
  readonly id: string;
  /** Branch, tag or commit; `main` when absent. A local mirror has one revision only: see `hub-revision.ts`. */
  readonly revision?: string;
}

const ID = /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)?$/;

/** Names of branches, tags and commits, as git allows them and no path leads out of its folder. */
const REVISION = /^\w[\w./+-]*$/;

/** Throws UserError when id or revision could not be of the hub, so that neither becomes part of a path or URL. */
export function checkRepo(repo: HubRepo): void {
  const { revision } = repo;
  if (revision !== undefined && (!REVISION.test(revision) || revision.includes('..'))) {
    throw new UserError(`"${revision}" is no revision of a ${repo.kind}.`, {
      remedy: 'Give a branch, a tag or a commit, such as main.',
    });
  }
  if (ID.test(repo.id) && !repo.id.includes('..')) return;
  throw new UserError(`"${repo.id}" is not a ${repo.kind} id of the hub.`, {
    remedy: 'An id looks like openai/gsm8k: organisation, slash, name.',
  });
}

/** Throws when a path from outside would leave its folder. */
export function checkRepoPath(path: string): void {
  const parts = path.split('/');
  if (
    path === '' ||
    parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\\'))
  ) {
    throw new UserError(`"${path}" is not a path inside a repository of the hub.`, {
      remedy: 'Give the path as the hub shows it, such as main/train-00000-of-00001.parquet.',
    });
  }
}

/** Whether a path inside a repository fits a pattern. `*` stands for any characters but a slash. */
export function matchesPattern(path: string, pattern: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]*');
  return new RegExp(`^${source}$`).test(path);
}

/** Throws UserError when a split file (`train-00000-of-00002.parquet`) is there without all of its parts. */
export function checkParts(repo: HubRepo, paths: readonly string[]): void {
  const all = new Set(paths);
  for (const path of paths) {
    const [, head, of = '', end] = /^(.*-)\d{5}-of-(\d{5})(.*)$/.exec(path) ?? [];
    for (let part = 0; part < Number(of); part++) {
      const other = `${head}${String(part).padStart(5, '0')}-of-${of}${end}`;
      if (all.has(other)) continue;
      throw new MissingData(`The ${repo.kind} ${repo.id} has ${path} but not ${other}.`, {
        remedy: 'A part of the data must not pass for the whole: complete the copy.',
      });
    }
  }
}

/** Up to `count` candidates that a typo could have meant, nearest first: a slip of a key in eight letters, two at least. */
export function nearNames(name: string, candidates: readonly string[], count = 3): string[] {
  const lower = name.toLowerCase();
  const last = lower.slice(lower.lastIndexOf('/') + 1);
  return candidates
    .map((candidate) => {
      const other = candidate.toLowerCase();
      const otherLast = other.slice(other.lastIndexOf('/') + 1);
      // The right name under the wrong organisation is the commonest slip.
      const away = last === otherLast ? 1 : Math.min(distance(lower, other), distance(last, otherLast) + 2);
      return { candidate, away };
    })
    .filter(({ away }) => away <= Math.max(2, Math.floor(lower.length / 8)))
    .sort((a, b) => a.away - b.away || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, count)
    .map(({ candidate }) => candidate);
}
