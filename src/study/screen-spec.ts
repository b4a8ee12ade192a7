/** What a study's data steps leave out of its sources. */
import { BENCHMARKS } from '../benchmarks/index.ts';
import { DEFAULT_ACTIONS, LAYERS, type LayerActions } from '../data/overlap/layers.ts';
import type { ScreenSpec } from '../data/overlap/screen.ts';
import type { Study } from './study.ts';

/** Undefined where nothing is left out. */
export function screenSpec({ data, evaluation }: Pick<Study, 'data' | 'evaluation'>): ScreenSpec | undefined {
  const against = data.decontaminate ? evaluation.benchmarks.filter(isWritten) : [];
  if (data.dedup === 'off' && against.length === 0) return undefined;
  const layers = Object.fromEntries(
    LAYERS.map((layer) => [layer, data.layers?.[layer] ?? DEFAULT_ACTIONS[layer]]),
  ) as LayerActions;
  return { dedup: data.dedup, against, layers };
}

/** Items that are made from a seed are in nobody's data; a name that is not of the registry is a file of the user's. */
export function isWritten(name: string): boolean {
  const known = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
  return known === undefined || !('generated' in known);
}
