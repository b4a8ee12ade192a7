import { LORA_TARGETS, type LoraConfig } from '../engine/engine.ts';
import type { TrainingSection } from './study.ts';

/** LoRA's settings with the defaults filled in: rank 16, alpha twice the rank, every projection. */
export function loraOf(training: Pick<TrainingSection, 'rank' | 'alpha' | 'targets'>): LoraConfig {
  const rank = training.rank ?? 16;
  return { rank, alpha: training.alpha ?? 2 * rank, targets: training.targets ?? LORA_TARGETS };
}
