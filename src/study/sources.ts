/** The sources of a study in the words of the data step. */
import type { SourceSpec } from '../data/source-spec.ts';
import type { SourceSection, Study } from './study.ts';

/** Every source with the study's number of epochs. */
export function sourceSpecs(study: Study): Record<string, SourceSpec> {
  const maxEpochs = study.budget?.max_epochs ?? 1;
  return Object.fromEntries(
    Object.entries(study.sources).map(([name, source]) => [name, sourceSpec(source, maxEpochs)]),
  );
}

/** One source, of which each row may be used `maxEpochs` times. */
export function sourceSpec(source: SourceSection, maxEpochs: number): SourceSpec {
  const {
    dataset,
    config,
    split,
    files,
    revision,
    file,
    procedural,
    levels,
    rows,
    seed,
    layout,
    samples,
    benchmarks,
    outcomes,
    test_items,
    ...options
  } = source;
  // Nothing else goes with procedural: check-study.ts has made sure of it, and that there is one of the four.
  if (procedural !== undefined) return { procedural, levels, rows, seed, layout, maxEpochs };
  if (samples !== undefined)
    return { samples, benchmarks, outcomes, testItems: test_items, limit: options.limit, maxEpochs };
  if (file !== undefined) return { file, ...options, maxEpochs };
  return { dataset: dataset!, config, split, files, revision, ...options, maxEpochs };
}
