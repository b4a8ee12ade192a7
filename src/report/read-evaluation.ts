import { basename, join } from 'node:path';
import { UserError } from '../errors.ts';
import { sampleFiles } from '../evaluation/sample-files.ts';
import { fileStat, readText } from '../platform/files.ts';
import type { Sample } from '../scoring/score.ts';
import type { Evaluation } from './compare-samples.ts';
import { parseSamples } from './parse-samples.ts';

/** Any file may be named here, so nobody is told to delete it. */
const NO_SAMPLES =
  'Name a samples file or a folder that "carryover eval --out" wrote, such as evaluations/base-1 of a run.';

/**
 * Reads the samples at a path: one samples file, or a folder that `carryover eval --out` or a run's evaluation left.
 * @throws UserError when there is nothing to read, and when it cannot be told which samples are meant.
 */
export async function readEvaluation(path: string): Promise<Evaluation> {
  const found = await fileStat(path);
  if (!found)
    throw new UserError('There is no such file or folder.', {
      place: { file: path },
      remedy: 'Name a samples file, or a folder that "carryover eval --out" wrote.',
    });
  const files = found.folder ? await samplesFiles(path) : [path];
  if (files.length === 0)
    throw new UserError('This folder holds no samples.', {
      place: { file: path },
      remedy: 'Name a samples file, or a folder with samples/*.jsonl such as evaluations/base-1 of a run.',
    });
  const benchmarks = new Map<string, readonly Sample[]>();
  for (const file of files) {
    const samples = parseSamples(await readText(file), file, NO_SAMPLES);
    // The name that the samples carry; the file's name serves where they carry none.
    const [name = basename(file, '.jsonl'), ...others] = new Set(
      samples.flatMap((sample) => sample.benchmark ?? []),
    );
    const fault = (what: string) => new UserError(what, { place: { file }, remedy: NO_SAMPLES });
    if (samples.length === 0) throw fault('The file holds no samples.');
    if (others.length > 0) throw fault(`The file holds samples of ${name} and of ${others.join(', ')}.`);
    if (benchmarks.has(name)) throw fault(`The folder holds a second file with samples of ${name}.`);
    benchmarks.set(name, samples);
  }
  return { name: path, benchmarks };
}

async function samplesFiles(folder: string): Promise<string[]> {
  const inner = join(folder, 'samples');
  const place = (await fileStat(inner))?.folder ? inner : folder;
  return (await sampleFiles(place)).map((name) => join(place, name));
}
