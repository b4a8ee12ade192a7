/** Which supervised tokens an arm takes from which source. */
import type { Arm } from './arms.ts';
import type { DataPart } from './plan.ts';

/**
 * Which supervised tokens each stage of an arm takes. Counts are rounded down per source and stage, so that arms
 * with the same halves in another order ask for exactly the same tokens; an arm stays short of the budget by
 * less than one token per source and stage.
 */
export function armData(arm: Pick<Arm, 'stages'>, budget: number): readonly (readonly DataPart[])[] {
  const used: Record<string, number> = {};
  return arm.stages.map(({ share, mix }) =>
    Object.keys(mix)
      .sort()
      .map((source) => {
        const from = used[source] ?? 0;
        // 1e-9: a share such as 1/3 + 2/3 must not lose a token to the last bit.
        const tokens = Math.floor(budget * share * mix[source]! + 1e-9);
        used[source] = from + tokens;
        return { source, from, tokens };
      })
      .filter((part) => part.tokens > 0),
  );
}
