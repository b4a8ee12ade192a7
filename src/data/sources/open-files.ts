/** Data files made ready to read: on this machine, with what identifies them and their rows. */
import { basename, isAbsolute, resolve } from 'node:path';
import type { ChatTemplate } from '../../checkpoint/checkpoint.ts';
import { UserError } from '../../errors.ts';
import type { ReadOptions } from '../../platform/byte-stream.ts';
import { fileStat, sha256File } from '../../platform/files.ts';
import { type HubOptions, hubFile, revisionFacts } from '../../platform/hub.ts';
import type { RevisionFacts } from '../../platform/hub-revision.ts';
import { whyNotReadable } from '../../platform/readable.ts';
import type { FileSource, HubSource } from '../source-spec.ts';
import { fileRows } from './read-rows.ts';
import type { DataFile, SourceRow } from './row.ts';
import { splitFiles } from './split-files.ts';

export interface OpenSource {
  /** For people and receipts: `openai/gsm8k main train`, or the file as typed. */
  readonly title: string;
  readonly licence: string | null;
  /** What became of the revision, where one is stated. */
  readonly revision?: RevisionFacts;
  readonly files: readonly DataFile[];
  /** Rows in the files' order, at most the source's `limit`. `onBytes` counts over all files. */
  rows(options?: ReadOptions): AsyncGenerator<SourceRow>;
  /** What identifies the content: for receipts and fingerprints. */
  facts(): Promise<FileFacts[]>;
}

export interface OpenSourceOptions {
  /** Folder that relative paths start from; the current one by default. */
  readonly baseFolder?: string;
  readonly hub?: HubOptions;
  /** Renders the prompts of stored samples that were asked through a model's chat template. */
  readonly chatTemplate?: Pick<ChatTemplate, 'render'> | undefined;
}

/** Name, size and hash of a file. */
export interface FileFacts {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Finds the files (and fetches them where needed). Throws UserError when they cannot be had. */
export async function openFiles(
  spec: FileSource | HubSource,
  options: OpenSourceOptions = {},
): Promise<OpenSource> {
  const limit = spec.limit ?? Number.POSITIVE_INFINITY;
  if ('file' in spec) {
    const local = resolve(options.baseFolder ?? '.', spec.file);
    const blocked = await whyNotReadable(local);
    if (blocked) {
      const looked = `Looked for ${local}. A path is relative to the file that names it, or to the current folder on the command line.`;
      throw new UserError(blocked.missing ? 'There is no such data file.' : blocked.what, {
        place: { file: spec.file },
        remedy: blocked.missing ? looked : blocked.remedy,
      });
    }
    const files = [{ local, shown: spec.file }];
    return await fromFiles(receiptName(spec.file), null, files, limit);
  }
  const { paths, licence } = await splitFiles(spec, options.hub);
  const repo = {
    kind: 'dataset',
    id: spec.dataset,
    ...(spec.revision ? { revision: spec.revision } : {}),
  } as const;
  const files: DataFile[] = [];
  for (const path of paths) {
    files.push({ local: await hubFile(repo, path, options.hub), shown: `${spec.dataset}/${path}` });
  }
  const title = [spec.dataset, spec.config, spec.files ?? spec.split ?? 'train'].filter(Boolean).join(' ');
  const revision = await revisionFacts(repo, paths, options.hub);
  return { ...(await fromFiles(title, licence, files, limit)), ...(revision ? { revision } : {}) };
}

async function fromFiles(
  title: string,
  licence: string | null,
  files: readonly DataFile[],
  limit: number,
): Promise<OpenSource> {
  const opened = await Promise.all(files.map(({ local }) => fileStat(local)));
  /** Rows, and the hashes that a receipt gives for them, must be of the same bytes. */
  const refuseChanged = async (): Promise<void> => {
    for (const [index, { local, shown }] of files.entries()) {
      const [before, now] = [opened[index], await fileStat(local)];
      if (before && now?.size === before.size && now.modified === before.modified) continue;
      throw new UserError('The file changed, or went away, while it was being used.', {
        place: { file: shown },
        remedy: 'Let whatever writes it finish, then run again.',
      });
    }
  };
  return {
    title,
    licence,
    files,
    rows: async function* (options) {
      yield* limited(files, limit, options);
      await refuseChanged();
    },
    facts: async () => {
      await refuseChanged();
      const facts = await fileFacts(files);
      await refuseChanged();
      return facts;
    },
  };
}

export async function fileFacts(files: readonly DataFile[]): Promise<FileFacts[]> {
  return Promise.all(
    files.map(async ({ local, shown }) => ({
      file: receiptName(shown),
      bytes: (await fileStat(local))?.size ?? 0,
      sha256: await sha256File(local),
    })),
  );
}

/** Receipts hold no folders of this machine. */
export function receiptName(shown: string): string {
  return isAbsolute(shown) ? basename(shown) : shown;
}

async function* limited(
  files: readonly DataFile[],
  limit: number,
  options?: ReadOptions,
): AsyncGenerator<SourceRow> {
  let left = limit;
  let before = 0;
  for (const file of files) {
    if (left <= 0) return;
    let read = 0;
    const onBytes = (bytes: number): void => {
      read = bytes;
      options?.onBytes?.(before + bytes);
    };
    for await (const row of fileRows(file, { onBytes })) {
      yield row;
      // What stands behind the limit is not looked at: it may be damaged, or long.
      if (--left <= 0) return;
    }
    before += read;
  }
}
