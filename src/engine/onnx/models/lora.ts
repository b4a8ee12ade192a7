/** Low-rank adapters: which matrices exist, and how they start. Names are those of PEFT. */
import type { ModelConfig } from '../../../checkpoint/checkpoint.ts';
import type { LoraConfig } from '../../engine.ts';
import { linearShapes, type ParameterShape } from './parameters.ts';

/** A [rank, inputs] and B [outputs, rank] of a module. */
export function loraName(module: string, matrix: 'A' | 'B'): string {
  return `${module}.lora_${matrix}.weight`;
}

/** Every adapter tensor, A before B, in the order of the layers. */
export function loraShapes(config: ModelConfig, lora: LoraConfig): ParameterShape[] {
  const targets = new Set<string>(lora.targets);
  const modules = Object.entries(linearShapes(config)).filter(([module]) =>
    targets.has(module.slice(module.indexOf('.') + 1)),
  );
  return Array.from({ length: config.layers }, (_, layer) =>
    modules.flatMap(([module, [outputs, inputs]]) => {
      const path = `model.layers.${layer}.${module}`;
      return [
        { name: loraName(path, 'A'), shape: [lora.rank, inputs] },
        { name: loraName(path, 'B'), shape: [outputs, lora.rank] },
      ];
    }),
  ).flat();
}
