/** A mixture of a file in the words of the data stage. */
import { UserError } from '../../errors.ts';
import { divideTokens } from '../divide-tokens.ts';
import { type DedupMode, screenFor } from '../overlap/screen.ts';
import type { SourceSpec } from '../source-spec.ts';
import type { StageSpec, StageTools } from '../stage.ts';
import type { Mixture } from './mixture.ts';
import { longestRun, needsSizes, settleMixture } from './settle-mixture.ts';
import { allSizes } from './source-sizes.ts';

/** A mixture file, read and checked. */
export interface MixtureData {
  readonly sources: Readonly<Record<string, SourceSpec>>;
  readonly mixture: Mixture;
  /** Supervised tokens in all; left out: as many as the sources give before the first has used up its epochs. */
  readonly tokens?: number;
  /** Rows that repeat an earlier one, of their source or of one declared before it; left out: they stay. */
  readonly dedup?: DedupMode;
  /** Benchmarks whose items are left out; left out: none. */
  readonly against?: readonly string[];
  /** Where the paths of files start. */
  readonly baseFolder: string;
}

/** What `mixedStage` says of a stage. */
export type MixedStage = Pick<
  StageSpec,
  'sources' | 'declared' | 'parts' | 'course' | 'baseFolder' | 'screen'
>;

/**
 * The parts, the course and the epochs of a mixture. Sources are counted whole where the shares or the length of the run
 * depend on it. Throws UserError for data that cannot be had or used, and when nothing would be taken.
 */
export async function mixedStage(
  { sources, mixture, tokens, dedup = 'off', against, baseFolder }: MixtureData,
  spec: Pick<StageSpec, 'rowLength' | 'overlong' | 'trainOn'>,
  tools: StageTools,
): Promise<MixedStage> {
  const screen = screenFor(dedup, against);
  const names = Object.keys(sources).sort();
  const counted = needsSizes(mixture) || tokens === undefined;
  const sizes = counted ? await allSizes({ ...spec, sources, screen, baseFolder }, names, tools) : {};
  const settled = settleMixture(mixture, names, sizes);
  const whole = tokens ?? (settled ? longestRun(mixture, settled.means, sizes) : 0);
  if (settled === undefined || whole < 1) {
    throw new UserError('The mixture takes nothing: its sources hold no supervised tokens.', {
      remedy:
        'Allow longer rows (--length), or look at the sources: every row may be too long or without an answer.',
    });
  }
  const weights = Object.entries(settled.means).map(([source, weight]) => ({ source, weight }));
  const parts = divideTokens(whole, weights);
  return {
    sources: Object.fromEntries(
      parts.map(({ source }) => [source, { ...sources[source]!, maxEpochs: mixture.epochs?.[source] ?? 1 }]),
    ),
    declared: sources,
    parts,
    ...(screen ? { screen } : {}),
    ...(settled.course ? { course: settled.course } : {}),
    baseFolder,
  };
}
