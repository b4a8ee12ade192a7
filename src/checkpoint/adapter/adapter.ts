/**
 * Low-rank adapters in PEFT's layout (`adapter_config.json`, `adapter_model.safetensors`). A module W of shape
 * [outputs, inputs] becomes W + scale B A, with A of shape [rank, inputs] and B of shape [outputs, rank]
 * (Hu et al. 2021, arXiv 2106.09685).
 */
import { join } from 'node:path';
import type { LoraConfig } from '../../engine/engine.ts';
import { ensureFolder, exists, remove, writeAtomic } from '../../platform/files.ts';
import type { ChatTemplate } from '../checkpoint.ts';
import { readJson } from '../huggingface/open-folder.ts';
import { malformed } from '../malformed.ts';
import { openSafetensors, readStoredTensor } from '../safetensors/read.ts';
import { writeSafetensors } from '../safetensors/write.ts';
import type { StoredTensor, WeightFile } from '../weight-source.ts';
import { type AdapterConfig, readAdapterConfig, writeAdapterConfig } from './config.ts';
import { readTrainedWith, type TrainedWith, writeTrainedWith } from './trained-with.ts';

/** One module's matrices, row-major. */
export interface LowRank {
  readonly inputs: number;
  readonly outputs: number;
  /** [rank, inputs] */
  readonly a: Float32Array<ArrayBuffer>;
  /** [outputs, rank] */
  readonly b: Float32Array<ArrayBuffer>;
}

export interface Adapter {
  readonly folder: string;
  readonly config: AdapterConfig;
  /** The chat template that it was trained with, where that was noted. */
  readonly trainedWith?: TrainedWith;
  /** By the module's name in the base model: `model.layers.0.self_attn.q_proj`. */
  readonly modules: ReadonlyMap<string, LowRank>;
  /** The weight file, for fingerprints. */
  readonly file: WeightFile;
}

const PREFIX = 'base_model.model.';
const WEIGHTS = 'adapter_model.safetensors';
const CONFIG = 'adapter_config.json';

/** Reads a whole adapter: they are small. Throws UserError for what is no adapter of the supported kind. */
export async function readAdapter(folder: string): Promise<Adapter> {
  if (!(await exists(folder))) throw malformed(folder, 'there is no such adapter folder');
  for (const name of [CONFIG, WEIGHTS]) {
    if (!(await exists(join(folder, name)))) {
      // `carryover train` writes its adapter one folder further down.
      const below = join(folder, 'adapter');
      const remedy = (await exists(join(below, name))) ? `There is one in ${below}: name that.` : undefined;
      throw malformed(folder, `the folder holds no ${name}, so it is no PEFT adapter`, remedy);
    }
  }
  const config = readAdapterConfig(join(folder, CONFIG), await readJson(join(folder, CONFIG)));
  const { file, modified, tensors } = await openSafetensors(join(folder, WEIGHTS));
  try {
    const pairs = pairUp(file.path, tensors, config.rank);
    const modules = new Map<string, LowRank>();
    for (const [name, { a, b }] of pairs) {
      modules.set(name, {
        inputs: a.shape[1]!,
        outputs: b.shape[0]!,
        a: await readStoredTensor(file, a),
        b: await readStoredTensor(file, b),
      });
    }
    const ranges = tensors.map(({ offset, bytes }) => ({ offset, bytes }));
    const trainedWith = await readTrainedWith(folder);
    return {
      folder,
      config,
      modules,
      file: { path: file.path, size: file.size, modified, ranges },
      ...(trainedWith === undefined ? {} : { trainedWith }),
    };
  } finally {
    await file.close();
  }
}

function pairUp(
  file: string,
  tensors: readonly StoredTensor[],
  rank: number,
): Map<string, { a: StoredTensor; b: StoredTensor }> {
  const found = new Map<string, { A?: StoredTensor; B?: StoredTensor }>();
  for (const tensor of tensors) {
    const [, module, side] = tensor.name.match(/^base_model\.model\.(.+)\.lora_([AB])\.weight$/) ?? [];
    if (module === undefined) {
      throw malformed(
        file,
        `the tensor ${tensor.name} is not named like a low-rank matrix of a PEFT adapter`,
      );
    }
    if (tensor.shape.length !== 2 || tensor.shape[side === 'A' ? 0 : 1] !== rank) {
      const shape = `[${tensor.shape.join(', ')}]`;
      throw malformed(
        file,
        `the tensor ${tensor.name} of shape ${shape} does not have the rank ${rank} of ${CONFIG}`,
      );
    }
    found.set(module, { ...found.get(module), [side as 'A' | 'B']: tensor });
  }
  if (found.size === 0) throw malformed(file, 'the adapter holds no matrices');
  const pairs = new Map<string, { a: StoredTensor; b: StoredTensor }>();
  for (const [module, { A, B }] of found) {
    if (!A || !B)
      throw malformed(file, `the tensor ${PREFIX}${module}.lora_${A ? 'B' : 'A'}.weight is missing`);
    pairs.set(module, { a: A, b: B });
  }
  return pairs;
}

/**
 * Writes an adapter as PEFT loads it. `modules` by name in the base model; `baseModel` is a note for people and for
 * PEFT's own loading; `template` is what its model was trained to answer in. The configuration is written last: a folder
 * without it is no adapter.
 */
export async function writeAdapter(
  folder: string,
  lora: LoraConfig,
  baseModel: string,
  modules: ReadonlyMap<string, LowRank>,
  template?: Pick<ChatTemplate, 'name' | 'source'>,
): Promise<void> {
  await ensureFolder(folder);
  await remove(join(folder, CONFIG));
  const values = new Map<string, Float32Array<ArrayBuffer>>();
  const tensors: { name: string; shape: number[] }[] = [];
  for (const [module, { inputs, outputs, a, b }] of modules) {
    const nameA = `${PREFIX}${module}.lora_A.weight`;
    const nameB = `${PREFIX}${module}.lora_B.weight`;
    values.set(nameA, a).set(nameB, b);
    tensors.push({ name: nameA, shape: [lora.rank, inputs] }, { name: nameB, shape: [outputs, lora.rank] });
  }
  await writeSafetensors(join(folder, WEIGHTS), tensors, async (name) => values.get(name)!);
  await writeTrainedWith(folder, template);
  const config = writeAdapterConfig(lora, baseModel);
  await writeAtomic(join(folder, CONFIG), `${JSON.stringify(config, null, 2)}\n`);
}
