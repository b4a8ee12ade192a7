/** What the sources of a study hold, where the shares of a mixture depend on it. */
import type { BySource } from '../data/mixture/mixture.ts';
import { needsSizes } from '../data/mixture/settle-mixture.ts';
import { sourceSizes } from '../data/mixture/source-sizes.ts';
import { stageTools } from '../data/stage-tools.ts';
import { stageView } from '../data/stage-view.ts';
import { longForm, stagesOf } from './arms.ts';
import { modelRef, pointing, withCheckpoint } from './facts.ts';
import { mixtureSources } from './mixtures.ts';
import type { StudyFile } from './read-study.ts';
import { screenSpec } from './screen-spec.ts';
import { sourceSpecs } from './sources.ts';
import type { Study } from './study.ts';

/**
 * Supervised tokens of one epoch of each source that must be counted before the study can be planned, as the study's
 * model counts them: arms that start from another one take the same shares. Progress is shown on standard error.
 */
export async function mixtureSizes(file: StudyFile, model: string, baseFolder: string): Promise<BySource> {
  const { study } = file;
  const names = sourcesToCount(study);
  if (names.length === 0 || !study.training) return {};
  const { max_length: rowLength, train_on: trainOn, overlong, template } = study.training;
  const view = stageView();
  try {
    return await withCheckpoint(modelRef(model, template), async (checkpoint) => {
      const tools = { ...stageTools(checkpoint), onProgress: view.show };
      // Of the rows that the data steps will draw from: what they leave out counts for nothing.
      const spec = {
        ...{ sources: sourceSpecs(study), rowLength, trainOn, overlong, baseFolder },
        screen: screenSpec(study),
      };
      let current = names[0]!;
      const counting = sourceSizes(spec, names, tools, (source) => {
        current = source;
      });
      const sizes: Record<string, number> = {};
      for (const _ of names) {
        const { value } = await pointing(
          file,
          () => ['sources', current],
          () => counting.next(),
        );
        if (value) sizes[value[0]] = value[1];
      }
      return sizes;
    });
  } finally {
    view.close();
  }
}

/** In the order in which they are declared. */
function sourcesToCount(study: Study): readonly string[] {
  const mixes = study.arms.flatMap((arm) => stagesOf(longForm(arm)).map(({ mix }) => mix));
  const names = mixes.flatMap((mix) => {
    const mixture = typeof mix === 'string' ? study.mixtures[mix] : undefined;
    return mixture && needsSizes(mixture) ? mixtureSources(mixture, Object.keys(study.sources)) : [];
  });
  return Object.keys(study.sources).filter((name) => names.includes(name));
}
