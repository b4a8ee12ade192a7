/** Reads the models of an audit out of run folders and folders of evaluations. */
import { basename, join } from 'node:path';
import { UserError } from '../../errors.ts';
import type { EvaluationResults } from '../../evaluation/results.ts';
import { exists, fileStat, listFolder, readText } from '../../platform/files.ts';
import { readEvaluation } from '../../report/read-evaluation.ts';
import { counted } from '../../text/counts.ts';
import type { ItemScore, ModelScores, Panel, Placed } from './panel.ts';

export interface FoundModels {
  readonly scores: readonly ModelScores[];
  /** Where the benchmarks of users' own files stand, as the evaluations say it. */
  readonly own: ReadonlyMap<string, Placed>;
  /** Evaluations of a model that was found before under `as`: it counts once. */
  readonly merged: readonly { readonly folder: string; readonly as: string }[];
  /** What the models could not answer. */
  readonly left: Panel['left'];
}

/**
 * Every evaluated model of the folders, each once: the same model in two places is one. Samples that ended as `error` say
 * nothing about a model and are left out.
 * @throws UserError when a folder holds no evaluation.
 */
export async function readModels(folders: readonly string[]): Promise<FoundModels> {
  const scores: ModelScores[] = [];
  const own = new Map<string, Placed>();
  const merged: { folder: string; as: string }[] = [];
  const left: { name: string; why: string }[] = [];
  const seen = new Map<string, string>();
  for (const folder of folders) {
    for (const { path, group } of await evaluationsOf(folder)) {
      const results = await readResults(path);
      const fingerprint = results?.settings?.fingerprint ?? path;
      const before = seen.get(fingerprint);
      if (before !== undefined) {
        merged.push({ folder: path, as: before });
        continue;
      }
      seen.set(fingerprint, path);
      for (const [name, { own: about }] of Object.entries(results?.benchmarks ?? {}))
        if (about) own.set(name, { domain: about.domain, kind: about.kind, family: name });
      scores.push(await readModel(path, group, left));
    }
  }
  return { scores, own, merged, left };
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

async function readModel(
  path: string,
  group: string,
  left: { name: string; why: string }[],
): Promise<ModelScores> {
  const { benchmarks } = await readEvaluation(path);
  const items = [...benchmarks].map(([name, samples]): [string, readonly ItemScore[]] => {
    const judged = samples.filter(({ outcome }) => outcome !== 'error');
    const lost = samples.length - judged.length;
    if (lost > 0)
      left.push({ name: `${basename(path)}, ${name}`, why: `${counted(lost, 'sample')} ended as errors` });
    return [name, judged.map(({ id, cluster, value }) => ({ id, cluster, value }))];
  });
  return { name: basename(path), group, benchmarks: new Map(items) };
}
