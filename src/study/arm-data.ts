/** Which supervised tokens an arm takes from which source. */
import { divideTokens } from '../data/divide-tokens.ts';
import type { Arm } from './arms.ts';
import type { DataPart } from './plan.ts';

/**
 * Which supervised tokens each stage of an arm takes. Counts are rounded down per source and stage, so that arms
 * with the same halves in another order ask for exactly the same tokens; an arm stays short of the budget by
 * less than one token per source and stage. A mixture's uneven shares are rounded so that they sum to the whole stage.
 */
export function armData(arm: Pick<Arm, 'stages'>, budget: number): readonly (readonly DataPart[])[] {
  const used: Record<string, number> = {};
  return arm.stages.map(({ share, mix, mixture }) => {
    const sources = Object.keys(mix).sort();
    // 1e-9: a share such as 1/3 + 2/3 must not lose a token to the last bit.
    const whole = (part: number): number => Math.floor(budget * part + 1e-9);
    const weights = sources.map((source) => ({ source, weight: mix[source]! }));
    const parts = mixture
      ? divideTokens(whole(share), weights)
      : weights.map(({ source, weight }) => ({ source, tokens: whole(share * weight) }));
    return parts
      .map(({ source, tokens }) => {
        const from = used[source] ?? 0;
        used[source] = from + tokens;
        return { source, from, tokens };
      })
      .filter((part) => part.tokens > 0);
  });
}
