/** Starting values from a seed: adapters as PEFT makes them, and whole random models for tests and measurements. */
import type { ModelConfig } from '../../../checkpoint/checkpoint.ts';
import { elementCount, parameterShapes } from '../models/parameters.ts';
import type { FlatTensors } from './flat-tensors.ts';

/** Uniform numbers in [0, 1) from a 32-bit seed: mulberry32 (Tommy Ettinger, public domain). */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Normal numbers by Box and Muller's transform. */
export function normals(seed: number): () => number {
  const next = uniforms(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/**
 * A: Kaiming-uniform with a = sqrt(5) over the inputs, which is uniform within 1 / sqrt(inputs) (PEFT's
 * reset_lora_parameters); B: zeros, so that training starts at the base model.
 */
export function initialiseLora(adapters: FlatTensors, seed: number): void {
  const next = uniforms(seed);
  for (const { name, shape } of adapters.shapes) {
    const view = adapters.views.get(name);
    if (!view || name.includes('.lora_B.')) continue;
    const bound = 1 / Math.sqrt(shape[1] as number);
    for (let i = 0; i < view.length; i++) view[i] = (2 * next() - 1) * bound;
  }
}

/** A random model: matrices normal with deviation 0.02, norms 1, biases 0. */
export function randomWeights(
  config: ModelConfig,
  seed: number,
): (name: string) => Promise<Float32Array<ArrayBuffer>> {
  const shapes = new Map(parameterShapes(config).map(({ name, shape }, index) => [name, { shape, index }]));
  return async (name) => {
    const found = shapes.get(name);
    if (!found) throw new Error(`no tensor ${name}`);
    const values = new Float32Array(elementCount(found.shape));
    if (found.shape.length === 1) return values.fill(name.endsWith('bias') ? 0 : 1);
    const next = normals(seed * 100_003 + found.index);
    return values.map(() => 0.02 * next());
  };
}
