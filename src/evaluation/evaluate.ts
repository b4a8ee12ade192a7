/**
 * Evaluates a model on benchmarks: loads items, asks the engine in fixed chunks, keeps every finished answer on disk,
 * scores, and writes `samples/<benchmark>.jsonl` and `results.json`. Killed at any moment and started again, it asks
 * only what is missing and ends with the same bytes.
 */
import { join } from 'node:path';
import type { Benchmark } from '../benchmarks/benchmark.ts';
import type { ModelSession } from '../engine/engine.ts';
import { writeAtomic } from '../platform/files.ts';
import type { HubOptions } from '../platform/hub.ts';
import { lockFolder } from '../platform/lock.ts';
import type { Progress } from '../study/events.ts';
import { askedTogether, withEarlier } from './asked-together.ts';
import { BenchmarkRun } from './benchmark-run.ts';
import { contextWarnings } from './context-warnings.ts';
import { checkDraws, type Draws, drawnItems } from './draws.ts';
import { type Earlier, keepEarlier } from './earlier-results.ts';
import { groupSummaries } from './group-results.ts';
import type { ItemLimits } from './item-limit.ts';
import { loadBenchmarks } from './load-benchmarks.ts';
import { requestFor } from './request.ts';
import { type BenchmarkSummary, type EvaluationResults, summarise } from './results.ts';
import { type KeptAnswers, runChunks } from './run-chunks.ts';

export interface EvaluateOptions extends ItemLimits {
  /** Folder for samples, results and responses. Without it nothing is written. */
  readonly out?: string;
  /** Ask through the model's chat template, few-shot examples as turns. */
  readonly chatTemplate?: boolean;
  /** Several answers to every item, or one that is drawn; one greedy answer without it. */
  readonly draws?: Draws;
  readonly hub?: HubOptions;
  /** Leave out benchmarks whose data are not there; the results name them. */
  readonly skipMissing?: boolean;
  readonly signal?: AbortSignal;
  /** Write the whole prompt of every item into its sample. */
  readonly logPrompts?: boolean;
  /** What whoever reads the scores must know, a sentence each; called when a benchmark is finished or put aside. */
  readonly onWarning?: (warning: string) => void;
  /** What an earlier start has left, before the model is asked anything. */
  readonly onKept?: (kept: KeptAnswers) => void;
  /** `done` and `total` in items over all benchmarks, `note` how many these are and that of the last answer. */
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Returns the results of these benchmarks; in `results.json` those of earlier evaluations of the same model under the
 * same settings stay beside them. Items are loaded before the model is asked anything, so that missing data is found at
 * once. Throws UserError for data that cannot be had, draws that say nothing (`checkDraws`), for an `out` in which
 * another process works or results of another model lie, Interrupted when the signal aborts; what is finished by then is kept.
 */
export async function evaluate(
  session: ModelSession,
  benchmarks: readonly Benchmark[],
  options: EvaluateOptions = {},
): Promise<EvaluationResults> {
  const { draws } = options;
  if (draws) checkDraws(draws, benchmarks);
  const { loaded, skipped } = await loadBenchmarks(benchmarks, options);
  const runs = loaded.map(({ benchmark, items }) => {
    const render = options.chatTemplate ? session : null;
    const asked = draws ? drawnItems(items, draws.count) : items;
    const requests = asked.map((item) => requestFor(item, render));
    return new BenchmarkRun(benchmark, requests, options.out);
  });
  const release = options.out === undefined ? undefined : await lockFolder(options.out, 'eval.lock');
  try {
    return await evaluateLoaded(session, runs, skipped, options);
  } finally {
    try {
      for (const run of runs) await run.close();
    } finally {
      await release?.();
    }
  }
}

async function evaluateLoaded(
  session: ModelSession,
  runs: readonly BenchmarkRun[],
  skipped: Readonly<Record<string, string>>,
  options: EvaluateOptions,
): Promise<EvaluationResults> {
  const { out, signal, onProgress, draws, logPrompts = false } = options;
  const { context, template } = session.description;
  const settings: EvaluationResults['settings'] = {
    fingerprint: session.fingerprint,
    limit: options.limit ?? null,
    ...(options.limits ? { limits: options.limits } : {}),
    chat_template: options.chatTemplate ?? false,
    ...(template === undefined || template === 'model'
      ? {}
      : { template, own_fingerprint: session.ownFingerprint }),
    ...(draws ? { samples: draws.count, sampling: draws.sampling } : {}),
  };
  const names = runs.map(({ benchmark }) => benchmark.name);
  const nothing: Earlier = { benchmarks: {}, asked: [], skipped: {} };
  const earlier = out === undefined ? nothing : await keepEarlier(out, settings, names);
  if (earlier.superseded !== undefined)
    options.onWarning?.(
      `Results with other settings (${earlier.superseded.what}) were in ${out}; they are now in ${earlier.superseded.folder}.`,
    );
  const summaries: Record<string, BenchmarkSummary> = {};
  await runChunks(session, runs, {
    signal,
    sampling: draws?.sampling,
    onProgress,
    onKept: options.onKept,
    onComplete: async (run) => {
      const { benchmark } = run;
      const samples = await run.finish({ context, logPrompts, signal });
      summaries[benchmark.name] = summarise(benchmark, samples);
      for (const warning of contextWarnings(run, samples, context)) options.onWarning?.(warning);
      if (out === undefined) return;
      const lines = samples.map((sample) => `${JSON.stringify(sample)}\n`).join('');
      await writeAtomic(join(out, 'samples', `${benchmark.name}.jsonl`), lines);
    },
  });
  const results: EvaluationResults = {
    model: session.description.name,
    settings,
    ...withGroups(summaries),
    ...named(skipped),
    asked: [askedTogether(names, session.description.parameters)],
  };
  if (out !== undefined) {
    const timings = Object.fromEntries(runs.map(({ benchmark, timing }) => [benchmark.name, timing]));
    await writeAtomic(join(out, 'timing.json'), `${JSON.stringify({ benchmarks: timings }, null, 2)}\n`);
    const all: EvaluationResults = {
      ...results,
      ...withGroups({ ...summaries, ...earlier.benchmarks }),
      ...named(without({ ...earlier.skipped, ...skipped }, earlier.benchmarks)),
      asked: withEarlier(results.asked[0]!, earlier.asked, Object.keys(earlier.benchmarks)),
    };
    await writeAtomic(join(out, 'results.json'), `${JSON.stringify(all, null, 2)}\n`);
  }
  return results;
}

/** What has results from before is not skipped. */
function without(
  skipped: Readonly<Record<string, string>>,
  kept: EvaluationResults['benchmarks'],
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(skipped).filter(([name]) => !Object.hasOwn(kept, name)));
}

/** Left out where nothing was skipped. */
const named = (skipped: Readonly<Record<string, string>>): Pick<EvaluationResults, 'skipped'> =>
  Object.keys(skipped).length > 0 ? { skipped } : {};

function withGroups(
  benchmarks: EvaluationResults['benchmarks'],
): Pick<EvaluationResults, 'benchmarks' | 'groups'> {
  const groups = groupSummaries(benchmarks);
  return Object.keys(groups).length > 0 ? { benchmarks, groups } : { benchmarks };
}
