/** Where a pretraining begins: random weights from a seed. */
import type { ModelConfig } from '../checkpoint/checkpoint.ts';
import { expectedTensors } from '../checkpoint/expected-tensors.ts';
import { normals } from '../engine/onnx/train/initial.ts';

/** GPT-2's deviation of 0.02 at its width of 768, carried to other widths so that activations keep their size. */
const deviationFor = (width: number): number => 0.02 * Math.sqrt(768 / width);

/**
 * Tensors by Hugging Face name: matrices normal, norms 1, biases 0. Matrices whose output is added to the residual
 * stream are smaller by the root of the number of additions (Radford et al. 2019, section 2.3).
 */
export function initialWeights(
  config: ModelConfig,
  seed: number,
): (name: string) => Promise<Float32Array<ArrayBuffer>> {
  const tensors = [...expectedTensors(config)];
  const deviation = deviationFor(config.width);
  return async (name) => {
    const index = tensors.findIndex(([known]) => known === name);
    const shape = tensors[index]?.[1];
    if (!shape) throw new Error(`no tensor ${name}`);
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
    if (shape.length === 1) return values.fill(name.endsWith('bias') ? 0 : 1);
    const residual = /\.(o_proj|down_proj)\.weight$/.test(name);
    const scale = residual ? deviation / Math.sqrt(2 * config.layers) : deviation;
    const next = normals(seed * 100_003 + index);
    return values.map(() => scale * next());
  };
}
