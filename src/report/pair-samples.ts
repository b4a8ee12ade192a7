import { UserError } from '../errors.ts';
import type { Sample } from '../scoring/score.ts';
import type { ArmFacts } from '../study/run-facts.ts';
import type { BenchmarkInfo, ReportInput } from './report-input.ts';

/** The samples of one benchmark, all arms and seeds in the same item order. */
export interface Panel {
  readonly info: BenchmarkInfo;
  readonly ids: readonly string[];
  readonly clusters: readonly string[];
  /** Samples by arm name, then by seed (in the order of the arm's runs), then by item. */
  readonly arms: ReadonlyMap<string, readonly (readonly Sample[])[]>;
}

/** The arm that every other is compared with: the study's model, untouched. */
export function baseArm(arms: readonly ArmFacts[]): ArmFacts {
  const base = arms.find((arm) => arm.stages.length === 0 && arm.from === null);
  if (base) return base;
  throw new UserError('The study has no arm with the untouched model, so there is nothing to compare with.', {
    remedy: 'Add the strategy "base" to the study file and run it again.',
  });
}

/**
 * Pairs the samples of every arm and seed by sample id, in the base arm's order.
 * @throws UserError naming the file and the id when an id is missing, extra or twice there: never a silent drop.
 */
export function pairSamples(input: ReportInput): Panel[] {
  const base = baseArm(input.facts.arms);
  return input.facts.evaluation.benchmarks.map((name) => {
    const info = input.benchmarks.get(name);
    if (!info)
      throw new UserError(`The run evaluated "${name}", which is no benchmark this version knows.`, {
        remedy: 'Make the report with the version of Carryover that made the run.',
      });
    const first = samplesOf(input, base.runs[0]?.evaluation ?? '', name);
    const ids = first.map((sample) => sample.id);
    const clusters = first.map((sample) => sample.cluster);
    const arms = new Map<string, readonly (readonly Sample[])[]>();
    for (const arm of input.facts.arms) {
      arms.set(
        arm.name,
        arm.runs.map(({ evaluation }) =>
          inOrder(ids, samplesOf(input, evaluation, name), fileName(evaluation, name)),
        ),
      );
    }
    return { info, ids, clusters, arms };
  });
}

/** The panel with some of its items only, in the same order. */
export function panelOf(panel: Panel, isWanted: (id: string) => boolean): Panel {
  const keep = panel.ids.map(isWanted);
  const kept = <Value>(list: readonly Value[]) => list.filter((_, i) => keep[i]);
  return {
    info: panel.info,
    ids: kept(panel.ids),
    clusters: kept(panel.clusters),
    arms: new Map([...panel.arms].map(([arm, seeds]) => [arm, seeds.map(kept)])),
  };
}

const fileName = (evaluation: string, benchmark: string) => `${evaluation}/samples/${benchmark}.jsonl`;

function samplesOf(input: ReportInput, evaluation: string, benchmark: string): readonly Sample[] {
  const samples = input.samples.get(evaluation)?.get(benchmark);
  if (samples && samples.length > 0) return samples;
  throw new UserError(samples ? 'The file holds no samples.' : 'The samples are not there.', {
    place: { file: fileName(evaluation, benchmark) },
    remedy: 'Run the study again; it goes on where it stopped.',
  });
}

function inOrder(ids: readonly string[], samples: readonly Sample[], file: string): Sample[] {
  const remedy = 'All arms must answer the same items: run the study again with one limit for all.';
  const byId = new Map<string, Sample>();
  for (const sample of samples) {
    if (byId.has(sample.id))
      throw new UserError(`Sample "${sample.id}" is there twice.`, { place: { file }, remedy });
    byId.set(sample.id, sample);
  }
  const ordered = ids.map((id) => {
    const sample = byId.get(id);
    if (!sample)
      throw new UserError(`Sample "${id}" of the base model is missing.`, { place: { file }, remedy });
    byId.delete(id);
    return sample;
  });
  for (const id of byId.keys())
    throw new UserError(`Sample "${id}" is one that the base model did not answer.`, {
      place: { file },
      remedy,
    });
  return ordered;
}
