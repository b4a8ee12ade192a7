/** Base weights with an adapter on top: each adapted tensor is read as W + scale B A. */
import { malformed } from '../malformed.ts';
import type { WeightSource } from '../weight-source.ts';
import type { Adapter, LowRank } from './adapter.ts';

/** Throws UserError for an adapter of another model. */
export function withAdapter(base: WeightSource, adapter: Adapter): WeightSource {
  for (const [module, { inputs, outputs }] of adapter.modules) {
    const tensor = base.tensors.get(`${module}.weight`);
    if (!tensor) {
      throw malformed(adapter.file.path, `the adapter changes ${module}, which the base model does not have`);
    }
    if (tensor.shape[0] !== outputs || tensor.shape[1] !== inputs) {
      throw malformed(
        adapter.file.path,
        `the adapter expects ${module} of shape [${outputs}, ${inputs}], the base model's is [${tensor.shape.join(', ')}]`,
        adapter.config.baseModel && `The adapter was made for ${adapter.config.baseModel}.`,
      );
    }
  }
  return {
    tensors: base.tensors,
    files: [...base.files, adapter.file],
    read: async (name) => {
      const values = await base.read(name);
      const module = name.endsWith('.weight')
        ? adapter.modules.get(name.slice(0, -'.weight'.length))
        : undefined;
      if (module) addProduct(values, module, adapter.config.scale);
      return values;
    },
    close: () => base.close(),
  };
}

/** values += scale B A, in place; each sum in double precision, rounded once. */
function addProduct(values: Float32Array, { inputs, outputs, a, b }: LowRank, scale: number): void {
  const rank = b.length / outputs;
  const row = new Float64Array(inputs);
  for (let out = 0; out < outputs; out++) {
    row.fill(0);
    for (let k = 0; k < rank; k++) {
      const factor = scale * b[out * rank + k]!;
      const from = k * inputs;
      for (let i = 0; i < inputs; i++) row[i]! += factor * a[from + i]!;
    }
    const at = out * inputs;
    for (let i = 0; i < inputs; i++) values[at + i]! += row[i]!;
  }
}
