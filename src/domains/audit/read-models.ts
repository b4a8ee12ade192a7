/** Reads the models of an audit out of run folders and folders of evaluations. */
import { basename, join } from 'node:path';
import { UserError } from '../../errors.ts';
import type { EvaluationResults } from '../../evaluation/results.ts';
import { exists, fileStat, listFolder, readText } from '../../platform/files.ts';
import { readEvaluation } from '../../report/read-evaluation.ts';
import type { ItemScore, ModelScores, Placed } from './panel.ts';

export interface FoundModels {
  readonly scores: readonly ModelScores[];
  /** Where the benchmarks of users' own files stand, as the evaluations say it. */
  readonly own: ReadonlyMap<string, Placed>;
}

/**
 * Every evaluated model of the folders, each once: the same model in two places is one. Samples that ended as `error` say
 * nothing about a model and are left out.
 * @throws UserError when a folder holds no evaluation.
 */
export async function readModels(folders: readonly string[]): Promise<FoundModels> {
  const scores: ModelScores[] = [];
  const own = new Map<string, Placed>();
  const seen = new Set<string>();
  for (const folder of folders) {
    for (const { path, group } of await evaluationsOf(folder)) {
      const results = await readResults(path);
      const fingerprint = results?.settings?.fingerprint ?? path;
      if (seen.has(fingerprint)) continue;
      seen.add(fingerprint);
      for (const [name, { own: about }] of Object.entries(results?.benchmarks ?? {}))
        if (about) own.set(name, { domain: about.domain, kind: about.kind, family: name });
      scores.push(await readModel(path, group));
    }
  }
  return { scores, own };
}

interface Place {
  readonly path: string;
  readonly group: string;
}

/** A run folder holds one evaluation for each arm and seed; any other folder is one evaluation. */
async function evaluationsOf(folder: string): Promise<readonly Place[]> {
  const found = await fileStat(folder);
  if (!found?.folder)
    throw new UserError(found ? 'This is a file, not a folder.' : 'There is no such folder.', {
      place: { file: folder },
      remedy: 'Name folders that "carryover run --out" or "carryover eval --out" wrote.',
    });
  const inner = join(folder, 'evaluations');
  if (!(await exists(inner))) return [{ path: folder, group: folder }];
  const places: Place[] = [];
  for (const name of await listFolder(inner)) {
    const path = join(inner, name);
    // An evaluation that was broken off before its first benchmark has no samples yet.
    if (await exists(join(path, 'samples'))) places.push({ path, group: join(folder, armOf(name)) });
  }
  if (places.length > 0) return places;
  throw new UserError('This run has not evaluated anything yet.', {
    place: { file: folder },
    remedy: 'Run the study again with the same --out; it goes on where it stopped.',
  });
}

/** `mixed` of `mixed-2`. */
const armOf = (name: string): string => name.replace(/-\d+$/, '');

async function readResults(folder: string): Promise<Partial<EvaluationResults> | undefined> {
  const file = join(folder, 'results.json');
  if (!(await exists(file))) return undefined;
  try {
    return JSON.parse(await readText(file)) as Partial<EvaluationResults>;
  } catch (cause) {
    throw new UserError('This file is no JSON.', {
      place: { file },
      remedy: 'Evaluate again with the same --out.',
      cause,
    });
  }
}

async function readModel(path: string, group: string): Promise<ModelScores> {
  const { benchmarks } = await readEvaluation(path);
  const items = [...benchmarks].map(([name, samples]): [string, readonly ItemScore[]] => [
    name,
    samples
      .filter(({ outcome }) => outcome !== 'error')
      .map(({ id, cluster, value }) => ({ id, cluster, value })),
  ]);
  return { name: basename(path), group, benchmarks: new Map(items) };
}
