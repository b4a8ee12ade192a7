/** The learning rate of each step. */
import { unreachable } from '../../../errors.ts';
import type { OptimizerConfig } from '../../engine.ts';

/**
 * Step counts from 0. During warm-up the rate rises linearly from 0 (the first step already learns: 1 / (n + 1) of
 * the rate for n warm-up steps); then it stays, or falls towards 0 linearly or along half a cosine.
 */
export function learningRateAt(
  config: Pick<OptimizerConfig, 'learningRate' | 'schedule' | 'warmup'>,
  step: number,
  total: number,
): number {
  const warm = Math.ceil(config.warmup * total);
  if (step < warm) return (config.learningRate * (step + 1)) / (warm + 1);
  const done = (step - warm) / Math.max(1, total - warm);
  switch (config.schedule) {
    case 'constant':
      return config.learningRate;
    case 'linear':
      return config.learningRate * (1 - done);
    case 'cosine':
      return config.learningRate * 0.5 * (1 + Math.cos(Math.PI * done));
    default:
      return unreachable(config.schedule);
  }
}
