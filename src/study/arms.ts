/** Arms as the plan uses them: built-in strategies looked up, mixtures normalised. */
import type { BySource } from '../data/mixture/mixture.ts';
import { findStrategy } from '../strategies/index.ts';
import type { Stage, Strategy } from '../strategies/strategy.ts';
import { mixtureStage } from './mixtures.ts';
import type { ArmSection, StageSection, Study } from './study.ts';

export interface Arm {
  readonly name: string;
  /** A built-in strategy, or `custom`. */
  readonly strategy: string;
  readonly title: string;
  readonly why: string;
  readonly controlsFor: string;
  readonly danger: string;
  readonly from: string | undefined;
  /** Whether it takes part in comparisons "at equal compute". An untrained arm does not. */
  readonly matched: boolean;
  readonly stages: readonly Stage[];
}

/** The long form of an arm: a plain name stands for the strategy of that name. */
export function longForm(arm: string | ArmSection): ArmSection {
  return typeof arm === 'string' ? { name: arm, strategy: arm } : arm;
}

/** The strategy an arm follows: named, or the one that has the arm's own name. */
export function strategyOf(arm: ArmSection): Strategy | undefined {
  if (arm.stages) return undefined;
  return findStrategy(arm.strategy ?? arm.name);
}

/** The stages of an arm as written, before normalising. */
export function stagesOf(arm: ArmSection): readonly StageSection[] {
  const strategy = strategyOf(arm);
  if (!strategy) return arm.stages ?? [];
  return arm.from ? (strategy.stagesFromExisting ?? strategy.stages) : strategy.stages;
}

/** Arms of a study that check-study.ts has passed. `sizes`: supervised tokens of the sources that must be counted. */
export function resolveArms(study: Study, sizes: BySource = {}): readonly Arm[] {
  return study.arms.map(longForm).map((arm) => {
    const strategy = strategyOf(arm);
    const stages = stagesOf(arm).map(({ share, mix }) =>
      typeof mix === 'string' ? mixtureStage(study, mix, share, sizes) : { share, mix: normalise(mix) },
    );
    return {
      name: arm.name,
      strategy: strategy?.name ?? 'custom',
      title: strategy?.title ?? arm.name,
      why: strategy?.why ?? 'Stages given in the study file.',
      controlsFor: strategy?.controlsFor ?? 'Not stated.',
      danger: strategy?.danger ?? 'Not stated.',
      from: arm.from,
      matched: study.match !== 'none' && stages.length > 0 && !arm.from && arm.matched !== false,
      stages,
    };
  });
}

/** Weights scaled to sum to 1, in the order of the sources' names, so that equal mixtures are equal data. */
function normalise(mix: Readonly<Record<string, number>>): Record<string, number> {
  const names = Object.keys(mix).sort();
  const sum = names.reduce((total, name) => total + mix[name]!, 0);
  return Object.fromEntries(names.map((name) => [name, mix[name]! / sum]));
}

/**
 * The optimizer steps of each stage: `[from, to)` of the arm's `total`. Boundaries are rounded sums of shares, so
 * stages cover all steps with no gap.
 */
export function stageSteps(
  stages: readonly Pick<Stage, 'share'>[],
  total: number,
): readonly { from: number; to: number }[] {
  let sum = 0;
  return stages.map(({ share }) => {
    const from = Math.round(sum * total);
    sum += share;
    return { from, to: Math.round(Math.min(1, sum) * total) };
  });
}
