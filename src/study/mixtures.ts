/** The mixtures of a study in the words of its stages. */
import { namedSources } from '../data/mixture/check-mixture.ts';
import type { BySource, Mixture } from '../data/mixture/mixture.ts';
import { needsSizes, settleMixture } from '../data/mixture/settle-mixture.ts';
import type { Stage } from '../strategies/strategy.ts';
import type { MixtureSection, Study } from './study.ts';

/** The sources that a mixture is of; `all`: those of the study. */
export function mixtureSources(mixture: MixtureSection, all: readonly string[]): readonly string[] {
  return mixture.sources ?? (needsSizes(mixture) ? all : namedSources(mixture));
}

/** What a stage takes from where when it names a mixture that check-study.ts has passed. */
export function mixtureStage(study: Study, name: string, share: number, sizes: BySource): Stage {
  const section = study.mixtures[name]!;
  const sources = mixtureSources(section, Object.keys(study.sources));
  const most = study.budget?.max_epochs ?? 1;
  const epochs = Object.fromEntries(sources.map((source) => [source, section.epochs?.[source] ?? most]));
  const mixture: Mixture = { ...section, epochs };
  const settled = settleMixture(mixture, sources, sizes);
  if (settled === undefined) throw new Error(`the mixture ${name} has no shares within its bounds`);
  return {
    share,
    mix: settled.means,
    mixture: name,
    ...(settled.course ? { course: settled.course } : {}),
    ...boundsOf(section),
    ...(section.epochs ? { epochs } : {}),
  };
}

function boundsOf({ at_least, at_most }: MixtureSection): Pick<Stage, 'bounds'> {
  if (!at_least && !at_most) return {};
  return { bounds: { ...(at_least ? { atLeast: at_least } : {}), ...(at_most ? { atMost: at_most } : {}) } };
}
