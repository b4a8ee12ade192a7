/** Rotary position angles: Su et al. 2021 (arXiv 2104.09864) and the stretched variants that checkpoints use. */
import type { ModelConfig } from '../../../checkpoint/checkpoint.ts';

/** Angle per position of each pair of features: theta^(-2i / headDim), scaled as `rope_scaling` says. */
export function inverseFrequencies(
  config: Pick<ModelConfig, 'headDim' | 'ropeTheta' | 'ropeScaling'>,
): number[] {
  const { headDim, ropeTheta, ropeScaling } = config;
  const plain = Array.from({ length: headDim / 2 }, (_, i) => ropeTheta ** ((-2 * i) / headDim));
  if (!ropeScaling) return plain;
  if (ropeScaling.kind === 'linear') return plain.map((frequency) => frequency / ropeScaling.factor);
  // Llama 3 (transformers, modeling_rope_utils: _compute_llama3_parameters): long waves are stretched by the
  // factor, short ones are kept, those between are interpolated.
  const { factor, lowFrequencyFactor, highFrequencyFactor, originalContext } = ropeScaling;
  return plain.map((frequency) => {
    const turns = (originalContext * frequency) / (2 * Math.PI);
    if (turns < lowFrequencyFactor) return frequency / factor;
    if (turns > highFrequencyFactor) return frequency;
    const share = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
    return ((1 - share) * frequency) / factor + share * frequency;
  });
}
