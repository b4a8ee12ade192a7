/** Every built-in strategy. Adding one is a file, a line in the type and a line in the table. */
import { base } from './base.ts';
import { generalOnly } from './general-only.ts';
import { mathOnly } from './math-only.ts';
import { mixed } from './mixed.ts';
import type { Strategy } from './strategy.ts';
import { twoStage } from './two-stage.ts';

export type StrategyName = 'base' | 'general-only' | 'math-only' | 'two-stage' | 'mixed';

export const STRATEGIES: { readonly [Name in StrategyName]: Strategy } = {
  base,
  'general-only': generalOnly,
  'math-only': mathOnly,
  'two-stage': twoStage,
  mixed,
};

export const STRATEGY_NAMES: readonly StrategyName[] = Object.keys(STRATEGIES) as StrategyName[];

/** A built-in strategy by name, or undefined. */
export function findStrategy(name: string): Strategy | undefined {
  return Object.hasOwn(STRATEGIES, name) ? STRATEGIES[name as StrategyName] : undefined;
}
