/**
 * Which evaluated items a run saw in training: items that are problems of the procedural training data (`@train`), or
 * were made from one (`@perturbed`). Exact: the rows are those in the packed files that the optimizer steps read.
 */
import { findBenchmark } from '../benchmarks/select.ts';
import { packedExamples } from '../data/packing/packed-file.ts';
import type { SourceSpec } from '../data/source-spec.ts';
import { openProcedural } from '../data/sources/procedural-source.ts';
import { type ItemLimits, itemLimit } from '../evaluation/item-limit.ts';
import { sleep } from '../platform/clock.ts';

/** Rows between two pauses, in which an interrupt is heard. */
const PAUSE_EVERY = 256;

/** An item's id and the id of the training problem behind it. */
interface ItemParent {
  readonly id: string;
  readonly parent: string;
}

export interface TrainedItemsFinder {
  /**
   * Ids of the seen items by benchmark, for the folders of a run's data steps; undefined where a file of the user's own
   * or stored samples were among the sources, which may hold any problem.
   */
  of(dataFolders: readonly string[]): Promise<Readonly<Record<string, readonly string[]>> | undefined>;
}

export function trainedItemsFinder(
  { benchmarks, ...limits }: ItemLimits & { readonly benchmarks: readonly string[] },
  sources: Readonly<Record<string, SourceSpec>>,
): TrainedItemsFinder {
  const wanted = benchmarks.flatMap((name) => {
    const items = itemParents(name, limits);
    return items.length > 0 ? [{ name, items }] : [];
  });
  const idsBySource = new Map<string, Promise<readonly string[]>>();
  const idsOf = (name: string, spec: SourceSpec) => {
    const known = idsBySource.get(name) ?? rowIds(spec);
    idsBySource.set(name, known);
    return known;
  };
  return {
    of: async (dataFolders) => {
      if (wanted.length === 0) return {};
      const seen = new Set<string>();
      for (const folder of dataFolders) {
        const packed = await packedExamples(folder);
        const ids: (readonly string[])[] = [];
        for (const source of packed.sources) {
          const spec = sources[source];
          if (spec === undefined || 'file' in spec || 'samples' in spec) return undefined;
          ids.push(await idsOf(source, spec));
        }
        for (const [place, row] of packed.rows.entries()) {
          const id = ids[packed.lists[place]!]![row - 1];
          if (id !== undefined) seen.add(id);
        }
      }
      return Object.fromEntries(
        wanted.map(({ name, items }) => [
          name,
          items.filter(({ parent }) => seen.has(parent)).map(({ id }) => id),
        ]),
      );
    },
  };
}

function itemParents(name: string, limits: ItemLimits): readonly ItemParent[] {
  const benchmark = findBenchmark(name);
  if (!('generated' in benchmark)) return [];
  const { split } = benchmark.generated;
  if (split !== 'perturbed' && split !== 'train') return [];
  return benchmark
    .make(itemLimit(limits, benchmark) ?? benchmark.size)
    .map(({ id, problem }) => ({ id, parent: problem?.parent ?? id }));
}

/** The problem of every row in order. A dataset of the hub holds none of ours. */
async function rowIds(spec: SourceSpec): Promise<readonly string[]> {
  if (!('procedural' in spec)) return [];
  const ids: string[] = [];
  for await (const { values } of openProcedural(spec).rows()) {
    ids.push(String(values['id']));
    if (ids.length % PAUSE_EVERY === 0) await sleep(0);
  }
  return ids;
}
