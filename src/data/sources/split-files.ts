/**
 * Which files of a hub repository make up a split. In this order: the pattern that the source states; what the
 * repository's README declares (`configs:` with `data_files:`, https://huggingface.co/docs/hub/datasets-manual-configuration);
 * the names of folders and files, as `main/train-00000-of-00001.parquet` or `folio-train.jsonl`.
 */
import { parse } from 'yaml';
import { UserError } from '../../errors.ts';
import { readText } from '../../platform/files.ts';
import { type HubOptions, type HubRepo, hubFile, listHubFiles } from '../../platform/hub.ts';
import { checkParts, checkRepoPath, matchesPattern } from '../../platform/hub-names.ts';
import { meantNames } from '../../text/known-name.ts';
import { LICENCES } from '../licences.table.ts';
import type { HubSource } from '../source-spec.ts';
import { DATA_ENDINGS } from './read-rows.ts';

export interface SplitFiles {
  /** Paths in the repository, in the hub's order. */
  readonly paths: readonly string[];
  readonly licence: string | null;
}

/**
 * Throws UserError when no file fits, when the choice between several configurations is the user's, and when a part of
 * a split file is missing, unless the source states the files itself.
 */
export async function splitFiles(source: HubSource, options: HubOptions = {}): Promise<SplitFiles> {
  const repo: HubRepo = {
    kind: 'dataset',
    id: source.dataset,
    ...(source.revision === undefined ? {} : { revision: source.revision }),
  };
  if (source.files !== undefined) checkRepoPath(source.files);
  const all = await listHubFiles(repo, undefined, options);
  const card = all.includes('README.md') ? await readCard(repo, options) : {};
  const licence = card.licence ?? LICENCES[source.dataset] ?? null;
  if (source.files !== undefined) return { paths: await listHubFiles(repo, source.files, options), licence };
  const declared = declaredPatterns(card, source);
  const paths = all.filter((path) => declared.some((pattern) => matchesPattern(path, pattern)));
  const chosen = paths.length > 0 ? paths : byName(source, all, declaredNames(card, source));
  checkParts(repo, chosen);
  return { paths: chosen, licence };
}

interface Card {
  readonly licence?: string;
  readonly configs?: readonly {
    readonly config_name?: string;
    readonly data_files?:
      | string
      | readonly (string | { readonly split?: string; readonly path?: string | string[] })[];
  }[];
}

/** The front matter of a README. A README that cannot be parsed declares nothing: it is for people first. */
async function readCard(repo: HubRepo, options: HubOptions): Promise<Card> {
  const readme = await readText(await hubFile(repo, 'README.md', options));
  const front = readme.match(/^---\r?\n([\s\S]*?)\n---/)?.[1];
  if (front === undefined) return {};
  try {
    const found = parse(front) as { license?: unknown; configs?: unknown } | null;
    // One or a list of them.
    const names = [found?.license].flat().filter((name) => typeof name === 'string');
    const licence = names.length > 0 ? { licence: names.join(', ') } : {};
    return {
      ...licence,
      ...(Array.isArray(found?.configs) ? { configs: found.configs as Card['configs'] & {} } : {}),
    };
  } catch {
    return {};
  }
}

type Config = NonNullable<Card['configs']>[number];

/** The configuration that the source names, or the only one. */
function chosenConfig({ configs = [] }: Card, source: HubSource): Config | undefined {
  if (source.config !== undefined) return configs.find((entry) => entry.config_name === source.config);
  return configs.length === 1 ? configs[0] : undefined;
}

function declaredPatterns(card: Card, source: HubSource): string[] {
  const config = chosenConfig(card, source);
  const split = source.split ?? 'train';
  return [config?.data_files ?? []].flat().flatMap((entry) => {
    // Paths of no split are those of the training split.
    const { split: own = 'train', path = [] } = typeof entry === 'string' ? { path: entry } : entry;
    return own === split ? [path].flat() : [];
  });
}

/** Configurations and splits that the README declares. */
function declaredNames(card: Card, source: HubSource): Names {
  const { configs = [] } = card;
  const config = chosenConfig(card, source);
  return {
    configs: configs.flatMap(({ config_name }) => (typeof config_name === 'string' ? [config_name] : [])),
    splits: [...new Set(configs.flatMap(splitsOf))],
    own: config === undefined ? [] : splitsOf(config),
  };
}

function splitsOf({ data_files = [] }: Config): string[] {
  return [data_files]
    .flat()
    .flatMap((entry) =>
      typeof entry === 'object' && entry !== null && typeof entry.split === 'string' ? [entry.split] : [],
    );
}

interface Names {
  readonly configs: readonly string[];
  readonly splits: readonly string[];
  /** Of the configuration that is read. */
  readonly own: readonly string[];
}

const SPLITS = ['train', 'test', 'validation', 'valid', 'val', 'dev', 'eval'];

function byName(source: HubSource, all: readonly string[], declared: Names): string[] {
  const split = source.split ?? 'train';
  const readable = all.filter((path) => DATA_ENDINGS.some((ending) => path.endsWith(ending)));
  // Beside other files, a table is often a copy of them or a list of something else.
  const others = readable.filter((path) => !/\.[ct]sv(\.gz|\.zst)?$/.test(path));
  const data = others.length > 0 ? others : readable;
  const inConfig = data.filter(
    (path) => source.config === undefined || path.split('/').slice(0, -1).includes(source.config),
  );
  // Many datasets of one configuration have no folder for it and call it `default`.
  const candidates = inConfig.length === 0 && source.config === 'default' ? data : inConfig;
  let found = candidates.filter((path) => names(path, split));
  const noneNamed = candidates.every((path) => !SPLITS.some((known) => names(path, known)));
  if (found.length === 0 && split === 'train' && candidates.length === 1 && noneNamed)
    found = [...candidates];
  const folders = new Set(found.map((path) => path.slice(0, path.lastIndexOf('/') + 1)));
  if (folders.size === 1) return found;
  const id = [source.dataset, source.config, split].filter((part) => part !== undefined).join(' ');
  if (folders.size > 1) {
    throw new UserError(`${id} is in several folders: ${[...folders].join(', ')}.`, {
      remedy: `State the config (the folder’s name), or the files: ${filesAdvice(source, 'FOLDER/*.parquet')}`,
    });
  }
  const splits = splitsIn(candidates);
  const folderNames = data.flatMap((path) => path.split('/').slice(0, -1));
  const meant = [
    ...(source.config === undefined || inConfig.length > 0
      ? []
      : meantNames(source.config, [...new Set([...declared.configs, ...folderNames])])),
    ...(source.split === undefined
      ? []
      : meantNames(source.split, [...new Set([...declared.splits, ...splits])])),
  ].filter((name) => name !== source.config && name !== source.split);
  const there = candidates.length > 0 ? candidates : data;
  // A file of another split must not be proposed in the place of this one.
  const fitting =
    meant.length > 0 ? [] : there.filter((path) => splitsIn([path]).every((name) => name === split));
  const within = [source.dataset, source.config].filter((part) => part !== undefined).join(' ');
  // Where files name their splits, the split is what is missing; of other files nobody knows what they are.
  const known = declared.own.length > 0 ? declared.own : splits;
  const what =
    known.length > 0 && !known.includes(split) && !splits.includes(split)
      ? `${within} has no split "${split}": there is ${known.join(', ')}.`
      : `No file of ${source.dataset} looks like ${id}.`;
  throw new UserError(what, {
    remedy: [
      ...(meant.length > 0 ? [`Did you mean ${meant.join(' or ')}?`] : []),
      `Name the files: ${filesAdvice(source, fitting[0] ?? 'PATH')}`,
      `Data files there: ${there.slice(0, SHOWN).join(', ') || 'none'}${there.length > SHOWN ? ', …' : ''}.`,
    ].join(' '),
  });
}

/** Files that a message names at most. */
const SHOWN = 6;

const filesAdvice = ({ dataset }: HubSource, path: string): string =>
  `on the command line ${dataset}:${path}, in a study files: ${path}.`;

const splitsIn = (paths: readonly string[]): string[] =>
  SPLITS.filter((split) => paths.some((path) => names(path, split)));

/** Whether a word of the path, cut at slashes, dots, dashes and underscores, is the split's name. */
function names(path: string, split: string): boolean {
  return path.split(/[/._-]/).includes(split);
}
