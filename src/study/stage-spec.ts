/** A data step of the plan in the words of the data stage. */
import type { StageSpec } from '../data/stage.ts';
import type { DataWork } from './plan.ts';
import { screenSpec } from './screen-spec.ts';
import { sourceSpecs } from './sources.ts';
import type { Study } from './study.ts';

/** `baseFolder`: the study's folder, where `file:` paths start. */
export function stageSpec(study: Study, work: DataWork, baseFolder: string): StageSpec {
  const all = sourceSpecs(study);
  return {
    sources: Object.fromEntries(
      work.parts.map(({ source }) => {
        const maxEpochs = work.epochs?.[source];
        return [source, { ...all[source]!, ...(maxEpochs === undefined ? {} : { maxEpochs }) }];
      }),
    ),
    declared: all,
    parts: work.parts,
    ...(work.course ? { course: work.course } : {}),
    seed: work.seed,
    rowLength: work.maxLength,
    ...(study.training ? { trainOn: study.training.train_on, overlong: study.training.overlong } : {}),
    // The study's number of steps, not the packing's: sources pack differently, and arms are comparable only when
    // they take equally many steps on the same learning-rate schedule.
    batches: { steps: work.steps },
    screen: screenSpec(study),
    baseFolder,
  };
}
