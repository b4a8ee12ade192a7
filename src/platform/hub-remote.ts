/** The hub over HTTP: listing a repository and downloading a file so that an interruption loses nothing. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  downloadFile,
  type FileDownloadInfoOutput,
  fileDownloadInfo,
  HubApiError,
  listFiles,
} from '@huggingface/hub';
import { MissingData, UserError } from '../errors.ts';
import { sleep } from './clock.ts';
import { fileStat, remove, writeAtomic } from './files.ts';
import type { HubRepo } from './hub-names.ts';

export interface HubRemote {
  /** Such as `https://huggingface.co`, without a slash at the end. */
  readonly endpoint: string;
  readonly token: string | undefined;
  /** Nothing may be asked of the network (`HF_HUB_OFFLINE=1`). */
  readonly offline: boolean;
  readonly signal?: AbortSignal;
  /** Bytes on disk so far and in all, for one file. */
  readonly onProgress?: (path: string, done: number, total: number) => void;
}

/** Waits between attempts, in milliseconds; their number is the number of attempts after the first. */
const RETRY_AFTER = [250, 750, 2000];

/** Stands for a file of no bytes. */
const EMPTY = 'empty' as const;

/** Paths of all files of a repository, sorted by code units. */
export async function remoteFiles(remote: HubRemote, repo: HubRepo): Promise<string[]> {
  return attempt(remote, repo, 'its list of files', async () => {
    const paths: string[] = [];
    for await (const entry of listFiles({ ...request(remote, repo), recursive: true })) {
      if (entry.type === 'file') paths.push(entry.path);
    }
    return paths.sort();
  });
}

/**
 * Downloads one file to `target`. The bytes go to `<target>.<etag>.partial` first; what an earlier attempt left
 * there is continued with a range request, and the finished file is renamed into place only when its size, and
 * its hash where the hub names one, are right. Returns null when the repository has no such file.
 */
export async function downloadTo(
  remote: HubRemote,
  repo: HubRepo,
  path: string,
  target: string,
): Promise<{ size: number; etag: string } | null> {
  return attempt(remote, repo, path, async () => {
    const info = await fileDownloadInfo({ ...request(remote, repo), path }).catch((error) => {
      // The first byte of an empty file cannot be asked for.
      if (error instanceof HubApiError && error.statusCode === 416) return EMPTY;
      throw error;
    });
    if (info === null) return null;
    if (info === EMPTY) {
      await writeAtomic(target, '');
      return { size: 0, etag: '' };
    }
    const etag = info.etag.replaceAll(/^W\/|"/g, '');
    const partial = `${target}.${createHash('sha256').update(etag).digest('hex').slice(0, 12)}.partial`;
    await mkdir(dirname(target), { recursive: true });
    await fetchRest(remote, repo, path, info, partial);
    if (!(await hashMatches(partial, etag, info.size))) {
      await remove(partial);
      throw new Error(`the bytes of ${path} do not have the hash that the hub names (${etag})`);
    }
    await rename(partial, target).catch(async (error) => {
      // Another process that downloaded the same bytes at the same time was first.
      if ((await fileStat(target))?.size !== info.size) throw error;
    });
    return { size: info.size, etag };
  });
}

async function fetchRest(
  remote: HubRemote,
  repo: HubRepo,
  path: string,
  info: FileDownloadInfoOutput,
  partial: string,
): Promise<void> {
  let done = Math.min((await fileStat(partial))?.size ?? 0, info.size);
  const blob = await downloadFile({ ...request(remote, repo), path, downloadInfo: info });
  if (blob === null) throw new Error(`${path} vanished during the download`);
  const handle = await open(partial, done === 0 ? 'w' : 'r+');
  try {
    if (done < info.size) {
      for await (const chunk of blob
        .slice(done, info.size)
        .stream() as unknown as AsyncIterable<Uint8Array>) {
        if (done + chunk.length > info.size) throw new Error(`${path} is longer than the hub said`);
        // At its place, not appended: two processes that write the same file write the same bytes.
        await handle.write(chunk, 0, chunk.length, done);
        done += chunk.length;
        remote.onProgress?.(path, done, info.size);
      }
    }
    if (done !== info.size) throw new Error(`${path} ended after ${done} of ${info.size} bytes`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The hub's ETag is the SHA-256 of large files and git's SHA-1 of small ones; other servers may use anything. */
async function hashMatches(file: string, etag: string, size: number): Promise<boolean> {
  const kind = /^[0-9a-f]{64}$/.test(etag) ? 'sha256' : /^[0-9a-f]{40}$/.test(etag) ? 'sha1' : null;
  if (kind === null) return true;
  const hash = createHash(kind);
  if (kind === 'sha1') hash.update(`blob ${size}\0`);
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
  return hash.digest('hex') === etag;
}

function request(remote: HubRemote, repo: HubRepo) {
  return {
    repo: { type: repo.kind, name: repo.id },
    revision: repo.revision ?? 'main',
    hubUrl: remote.endpoint,
    ...(remote.token === undefined ? {} : { accessToken: remote.token }),
    fetch: async (input: string | URL | Request, init: RequestInit = {}) => {
      const signal = remote.signal;
      const response = await fetch(input, signal ? { ...init, signal } : init);
      const range = new Headers(init.headers).get('range');
      // A server that ignores ranges would start again from byte 0 in the middle of our file.
      if (range !== null && response.status === 200) throw new Error('the server ignores range requests');
      return response;
    },
  };
}

/** Tries again after failures that may pass; everything else becomes a UserError that says how to mend it. */
async function attempt<T>(
  remote: HubRemote,
  repo: HubRepo,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  const name = `${repo.kind} ${repo.id} (${what})`;
  if (remote.offline) {
    throw new MissingData(`The ${name} is not in the cache, and HF_HUB_OFFLINE forbids the network.`, {
      remedy: 'Unset HF_HUB_OFFLINE, or set CARRYOVER_HUB to a folder that holds datasets/<org>/<name>/...',
    });
  }
  if (remote.token !== undefined && !remote.token.startsWith('hf_')) {
    throw new UserError('HF_TOKEN is set but is no token of the hub.', {
      remedy:
        'Tokens start with hf_ and are made at https://huggingface.co/settings/tokens; or unset HF_TOKEN.',
    });
  }
  for (let failures = 0; ; failures++) {
    try {
      return await work();
    } catch (error) {
      remote.signal?.throwIfAborted();
      const status = error instanceof HubApiError ? error.statusCode : undefined;
      if (status !== undefined && status < 500 && status !== 408 && status !== 429)
        throw refused(remote, name, status, error);
      const wait = RETRY_AFTER[failures];
      if (wait === undefined) throw unreachableHub(remote, name, error);
      await sleep(wait, remote.signal);
    }
  }
}

function refused(remote: HubRemote, name: string, status: number, cause: unknown): UserError {
  const Kind = [401, 403, 404].includes(status) ? MissingData : UserError;
  const remedy =
    status === 401 || status === 403
      ? 'It is private, gated or misspelt: accept its terms on its page and set HF_TOKEN, or correct the id.'
      : status === 404
        ? 'Check the id and the revision on the hub; a private one needs HF_TOKEN.'
        : 'The hub refused the request; try again later.';
  return new Kind(`${remote.endpoint} answered ${status} for the ${name}.`, { remedy, cause });
}

function unreachableHub(remote: HubRemote, name: string, cause: unknown): UserError {
  return new UserError(`Cannot get the ${name} from ${remote.endpoint}: ${reason(cause)}.`, {
    remedy:
      'Check the network and run again (what was downloaded is kept), set HF_ENDPOINT to a mirror of the hub, or set CARRYOVER_HUB to a folder that holds datasets/<org>/<name>/...',
    cause,
  });
}

/** fetch hides the system's error code in `cause`. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return cause?.code ? `${error.message} (${cause.code})` : error.message;
}
