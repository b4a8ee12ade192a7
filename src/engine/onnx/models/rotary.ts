/** Rotary position tables (Su et al. 2021, arXiv 2104.09864) with the scalings of Hugging Face transformers. */
import type { ModelConfig } from '../../../checkpoint/checkpoint.ts';

/** Angle per position of each pair of features: headDim / 2 numbers. */
export function inverseFrequencies(
  config: Pick<ModelConfig, 'headDim' | 'ropeTheta' | 'ropeScaling'>,
): Float64Array {
  const half = config.headDim / 2;
  const base = Float64Array.from({ length: half }, (_, i) => config.ropeTheta ** (-(2 * i) / config.headDim));
  const scaling = config.ropeScaling;
  if (!scaling) return base;
  if (scaling.kind === 'linear') return base.map((frequency) => frequency / scaling.factor);
  // Llama 3: long waves are stretched, short ones kept, those between blended.
  const { factor, lowFrequencyFactor: low, highFrequencyFactor: high, originalContext } = scaling;
  return base.map((frequency) => {
    const wavelength = (2 * Math.PI) / frequency;
    if (wavelength < originalContext / high) return frequency;
    if (wavelength > originalContext / low) return frequency / factor;
    const share = (originalContext / wavelength - low) / (high - low);
    return (1 - share) * (frequency / factor) + share * frequency;
  });
}

/** Cosines and sines [positions, headDim / 2], row-major, computed in float64 and rounded once. */
export function rotaryTables(
  config: ModelConfig,
  positions: number,
): { readonly cos: Float32Array; readonly sin: Float32Array } {
  const frequencies = inverseFrequencies(config);
  const half = frequencies.length;
  const cos = new Float32Array(positions * half);
  const sin = new Float32Array(positions * half);
  for (let position = 0; position < positions; position++)
    for (let i = 0; i < half; i++) {
      const angle = position * (frequencies[i] as number);
      cos[position * half + i] = Math.cos(angle);
      sin[position * half + i] = Math.sin(angle);
    }
  return { cos, sin };
}
