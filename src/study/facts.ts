/** Finds out what a plan needs to know: that models, data files and benchmarks are there, and what they are. */
import type { Benchmark } from '../benchmarks/benchmark.ts';
import { resolveBenchmark, resolveBenchmarks } from '../benchmarks/own/resolve.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { ModelRef } from '../checkpoint/model-ref.ts';
import { openCheckpoint } from '../checkpoint/open-checkpoint.ts';
import type { TemplateName } from '../checkpoint/templates/templates.ts';
import { openSource } from '../data/sources/open-source.ts';
import { MissingData, UserError } from '../errors.ts';
import { type ItemLimits, itemLimit } from '../evaluation/item-limit.ts';
import { sha256, sha256File } from '../platform/files.ts';
import { hubFiles } from '../platform/hub.ts';
import { canonicalJson } from '../text/canonical-json.ts';
import { longForm } from './arms.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { ResolvedFacts } from './plan.ts';
import type { StudyFile } from './read-study.ts';
import { sourceSpecs } from './sources.ts';

/**
 * `model`: the study's model as typed. `baseFolder`: where the study's `file:` paths start.
 * @throws UserError that points into the study where a source or benchmark cannot be had, or names a model's file.
 */
export async function resolveFacts(
  file: StudyFile,
  model: string,
  baseFolder: string,
): Promise<ResolvedFacts> {
  const { study } = file;
  const sources: Record<string, string> = {};
  for (const [name, spec] of Object.entries(sourceSpecs(study))) {
    sources[name] = await pointing(file, ['sources', name], async () => {
      const source = await openSource(spec, { baseFolder });
      const facts = await source.facts();
      return sha256(canonicalJson({ spec, files: facts.map((fact) => fact.sha256) }));
    });
  }
  const benchmarks: Record<string, string> = {};
  const missing: Diagnostic[] = [];
  for (const name of study.evaluation.benchmarks) {
    const path = file.placeOfBenchmark(name);
    try {
      benchmarks[name] = await benchmarkDigest(await resolveBenchmark(name, baseFolder), study.evaluation);
    } catch (error) {
      if (!(error instanceof MissingData)) throw pointed(file, path, error);
      missing.push({ path, what: `${name}: ${error.message}`, hint: error.remedy });
    }
  }
  if (missing.length > 0) throw file.problems(missing);
  // Each is right by itself by now; together they may share a name.
  await pointing(file, ['evaluation', 'benchmarks'], () =>
    resolveBenchmarks(study.evaluation.benchmarks, baseFolder),
  );
  const template = study.training?.template;
  const models: Record<string, string> = { [model]: await modelFingerprint(model, template) };
  for (const [index, arm] of study.arms.map(longForm).entries()) {
    if (arm.from === undefined || models[arm.from] !== undefined) continue;
    const { from } = arm;
    models[from] = await pointing(file, ['arms', index, 'from'], () => modelFingerprint(from, template));
  }
  return { model, models, sources, benchmarks };
}

async function modelFingerprint(ref: string, template: TemplateName | undefined): Promise<string> {
  return withCheckpoint(modelRef(ref, template), async ({ fingerprint }) => fingerprint);
}

/** A model of a study, with the chat template that the study names. */
export function modelRef(ref: string, template: TemplateName | undefined): ModelRef {
  return template === undefined ? { ref } : { ref, template };
}

/** Opens a model, uses it and closes it. */
export async function withCheckpoint<Value>(
  model: ModelRef,
  use: (checkpoint: Checkpoint) => Promise<Value>,
): Promise<Value> {
  const checkpoint = await openCheckpoint(model);
  try {
    return await use(checkpoint);
  } finally {
    await checkpoint.close();
  }
}

/**
 * Covers the data files; what the benchmark's own code does with them is the evaluate step's code revision. Where items
 * are made, it covers the items; of a benchmark of the user's own the file that describes it and the rows.
 */
async function benchmarkDigest(benchmark: Benchmark, limits: ItemLimits): Promise<string> {
  if ('own' in benchmark) return benchmark.own.sha256;
  if ('make' in benchmark)
    return sha256(canonicalJson(benchmark.make(itemLimit(limits, benchmark) ?? benchmark.size)));
  const files: { path: string; sha256: string }[] = [];
  for (const split of [benchmark.test, ...(benchmark.shots ? [benchmark.shots] : [])]) {
    for (const { path, local } of await hubFiles({ kind: 'dataset', id: split.dataset }, split.files)) {
      files.push({ path: `${split.dataset}/${path}`, sha256: await sha256File(local) });
    }
  }
  return sha256(canonicalJson(files));
}

/**
 * Makes a user error of the work point at the place of the study that asked for it. `path`: a function where the work
 * itself finds out. `asking`: who asked for it, as the message says it.
 */
export async function pointing<Value>(
  file: StudyFile,
  path: readonly PropertyKey[] | (() => readonly PropertyKey[]),
  work: () => Promise<Value>,
  asking?: string,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw pointed(file, typeof path === 'function' ? path() : path, error, asking);
  }
}

/** What is no UserError is a defect and stays as it is. */
function pointed(file: StudyFile, path: readonly PropertyKey[], error: unknown, asking?: string): unknown {
  if (!(error instanceof UserError)) return error;
  const { file: at, line, column } = error.place ?? {};
  const where = [at, line, column].filter((part) => part !== undefined).join(':');
  const said = [asking, where, error.message].filter(Boolean).join(': ');
  return file.problem(path, said, error.remedy);
}
