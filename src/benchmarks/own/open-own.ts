/** Opens a benchmark of the user's own: the file, its rows and its items, so that every mistake shows before any work. */
import { dirname, resolve } from 'node:path';
import { type OpenSource, openFiles } from '../../data/sources/open-files.ts';
import type { SourceRow } from '../../data/sources/row.ts';
import { sha256 } from '../../platform/files.ts';
import type { HubOptions } from '../../platform/hub.ts';
import { canonicalJson } from '../../text/canonical-json.ts';
import type { ChoiceItem, GenerateItem, Item, OwnBenchmark } from '../benchmark.ts';
import { buildItems, RowFault } from './build-items.ts';
import { placeOf } from './check-definition.ts';
import type { DataSection, Definition } from './definition.ts';
import { specOf } from './first-rows.ts';
import { type DefinitionFile, readDefinition } from './read-definition.ts';
import { scorerOf } from './scorers.ts';

export interface OpenOptions {
  /** Where a relative path starts. */
  readonly folder?: string;
  /** Names that are taken. */
  readonly known: readonly string[];
  readonly hub?: HubOptions;
}

export interface OpenedBenchmark {
  readonly benchmark: OwnBenchmark;
  readonly file: DefinitionFile;
}

/** Throws UserError that points into the file for everything that cannot be right. */
export async function openOwn(shown: string, options: OpenOptions): Promise<OpenedBenchmark> {
  const local = resolve(options.folder ?? '.', shown);
  const open = (section: DataSection): Promise<OpenSource> =>
    openFiles(specOf(section), { baseFolder: dirname(local), ...(options.hub ? { hub: options.hub } : {}) });
  const file = await readDefinition(shown, local, options.known, open);
  const { definition } = file;
  const data = await open(definition.data);
  const rows = await readAll(data);
  const shotData = definition.shots?.data && (await open(definition.shots.data));
  const shots = shotData ? await readAll(shotData) : [];
  const items = itemsOf(file, rows, shots);
  const facts = [await data.facts(), shotData ? await shotData.facts() : []];
  const hash = sha256(
    canonicalJson({ file: file.sha256, data: facts.map((files) => files.map((one) => one.sha256)) }),
  );
  return { benchmark: benchmarkOf(definition, items, rows, { file: shown, sha256: hash }), file };
}

async function readAll(source: OpenSource): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  // All are held at once: without their text in the file, which nobody asks for here.
  for await (const { json: _, ...row } of source.rows()) rows.push(row);
  return rows;
}

function itemsOf(
  { definition, problem }: DefinitionFile,
  rows: readonly SourceRow[],
  shots: readonly SourceRow[],
): readonly Item[] {
  const values = (of: readonly SourceRow[]) => of.map((row) => row.values);
  try {
    return buildItems(definition, values(rows), values(shots));
  } catch (error) {
    if (!(error instanceof RowFault)) throw error;
    const row = error.row === null ? undefined : (error.ofShots ? shots : rows)[error.row];
    throw problem(error.path, row ? `${placeOf(row)}: ${error.message}` : error.message, error.hint);
  }
}

function benchmarkOf(
  definition: Definition,
  items: readonly Item[],
  rows: readonly SourceRow[],
  own: OwnBenchmark['own'],
): OwnBenchmark {
  const {
    name,
    domain,
    abilities,
    licence,
    source,
    flaws,
    choices,
    ask,
    format,
    answer_kind,
    family,
    paper,
  } = definition;
  const scorer =
    definition.score !== undefined && definition.score !== 'choice' ? scorerOf(definition.score) : undefined;
  return {
    name,
    title: definition.title ?? name,
    domain,
    abilities,
    why: definition.why ?? 'Placed there by the file that describes it.',
    flaws,
    clusterKey:
      typeof definition.cluster === 'string'
        ? definition.cluster
        : definition.cluster
          ? 'by a function'
          : 'item',
    kind: choices === undefined ? 'generate' : 'choice',
    ...(format === undefined ? {} : { format }),
    ...(answer_kind === undefined ? {} : { answer: answer_kind }),
    ...(family === undefined ? {} : { family }),
    ...(paper === undefined ? {} : { paper }),
    chance: definition.chance ?? chanceOf(items),
    licence,
    source,
    size: items.length,
    metric: choices === undefined ? 'exact_match' : ask === 'letter' ? 'acc' : 'acc_norm',
    own,
    make: (count) => items.slice(0, count),
    ...(scorer
      ? {
          score: (output: string, item: GenerateItem, options) =>
            scorer(output, String(item.gold), options?.ending, rows[item.index]!.values),
        }
      : {}),
  };
}

/** One choice of so many, on average; a written answer is not guessed. */
function chanceOf(items: readonly Item[]): number {
  const choices = items.filter((item): item is ChoiceItem => item.kind === 'choice');
  if (choices.length === 0) return 0;
  return choices.reduce((sum, item) => sum + 1 / item.choices.length, 0) / choices.length;
}
