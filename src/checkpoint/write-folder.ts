/** Writes a model in Hugging Face layout, as `transformers` and `openCheckpoint` load it. */
import { join } from 'node:path';
import { ensureFolder, listFolder, remove, writeAtomic } from '../platform/files.ts';
import type { ModelConfig, TokenizerFiles } from './checkpoint.ts';
import { expectedTensors } from './expected-tensors.ts';
import { writeConfig } from './huggingface/config.ts';
import { FLOAT_FORMATS } from './quantisation/formats.ts';
import type { WrittenType } from './safetensors/narrow.ts';
import { type TensorToWrite, writeSafetensors } from './safetensors/write.ts';
import { elements } from './weight-source.ts';

export interface FolderContent {
  readonly config: ModelConfig;
  readonly tokenizerFiles: TokenizerFiles;
  /** Asked once for each tensor of the configuration, by Hugging Face name; row-major. A `Checkpoint` is such a source. */
  readTensor(name: string): Promise<Float32Array<ArrayBuffer>>;
}

export interface FolderOptions {
  /** How weights are stored; float32 by default, which keeps them exactly. */
  readonly dtype?: WrittenType;
  /** Larger models are split into files of at most so many bytes (5 GB by default, as transformers does). */
  readonly maxFileBytes?: number;
}

const TORCH_NAMES: Record<WrittenType, string> = { F32: 'float32', BF16: 'bfloat16', F16: 'float16' };

/**
 * `config.json` is written last and an old one removed first: a folder whose writing was cut off is no model. Weights
 * of an older model in the folder go too, so that no file of it stays beside the new ones.
 * Throws an Error for weights that are not finite.
 */
export async function writeFolder(
  folder: string,
  content: FolderContent,
  options: FolderOptions = {},
): Promise<void> {
  const { config, tokenizerFiles } = content;
  const dtype = options.dtype ?? 'F32';
  const path = (name: string) => join(folder, name);
  await ensureFolder(folder);
  await removeOld(folder);
  const tensors = [...expectedTensors(config)].map(([name, shape]) => ({ name, shape }));
  const bytesOf = ({ shape }: TensorToWrite) => elements(shape)! * FLOAT_FORMATS.get(dtype)!.bytes;
  const shards = split(tensors, bytesOf, options.maxFileBytes ?? 5e9);
  const read = (name: string) => content.readTensor(name);
  const weightMap: Record<string, string> = {};
  for (const [i, shard] of shards.entries()) {
    const number = (n: number) => String(n).padStart(5, '0');
    const name =
      shards.length === 1
        ? 'model.safetensors'
        : `model-${number(i + 1)}-of-${number(shards.length)}.safetensors`;
    for (const tensor of shard) weightMap[tensor.name] = name;
    await writeSafetensors(path(name), shard, read, dtype);
  }
  if (shards.length > 1) {
    const size = tensors.reduce((sum, tensor) => sum + bytesOf(tensor), 0);
    const index = { metadata: { total_size: size }, weight_map: weightMap };
    await writeAtomic(path('model.safetensors.index.json'), json(index));
  }
  await writeTokenizer(folder, tokenizerFiles);
  await writeAtomic(path('generation_config.json'), json(generationConfig(config)));
  // transformers 4 insists on decimal points in rotary settings, which JavaScript leaves out of whole numbers.
  const text = json(writeConfig(config, TORCH_NAMES[dtype]));
  const decimals = text.replace(/("(?:\w*factor|rope_theta)": \d+)(?=[,\n])/g, '$1.0');
  await writeAtomic(path('config.json'), decimals);
}

async function removeOld(folder: string): Promise<void> {
  await remove(join(folder, 'config.json'));
  const isWeights = (name: string) => /^model(-\d{5}-of-\d{5})?\.safetensors(\.index\.json)?$/.test(name);
  for (const name of (await listFolder(folder)).filter(isWeights)) await remove(join(folder, name));
}

/** The tokenizer's files alone, as they also lie beside an adapter. */
export async function writeTokenizer(folder: string, files: TokenizerFiles): Promise<void> {
  const { tokenizerJson, chatTemplate } = files;
  const { tokenizer_class: name, ...tokenizerConfig } = files.tokenizerConfig;
  // transformers 5's new name for the same class, which 4 does not know.
  const tokenizerClass = name === 'TokenizersBackend' ? 'PreTrainedTokenizerFast' : name;
  await remove(join(folder, 'chat_template.jinja')); // an old one would win over the field
  await writeAtomic(join(folder, 'tokenizer.json'), tokenizerJson);
  await writeAtomic(
    join(folder, 'tokenizer_config.json'),
    json({
      ...(tokenizerClass !== undefined && { tokenizer_class: tokenizerClass }),
      ...tokenizerConfig,
      ...(chatTemplate !== undefined && { chat_template: chatTemplate }),
    }),
  );
}

function generationConfig({ bosToken, eosTokens, padToken }: ModelConfig): Record<string, unknown> {
  return {
    ...(bosToken !== undefined && { bos_token_id: bosToken }),
    ...(eosTokens.length > 0 && { eos_token_id: eosTokens.length === 1 ? eosTokens[0] : eosTokens }),
    ...(padToken !== undefined && { pad_token_id: padToken }),
  };
}

/** Fills one file after the other; a tensor larger than the limit gets a file of its own. */
function split(
  tensors: readonly TensorToWrite[],
  bytesOf: (tensor: TensorToWrite) => number,
  limit: number,
): TensorToWrite[][] {
  const shards: TensorToWrite[][] = [[]];
  let filled = 0;
  for (const tensor of tensors) {
    if (filled > 0 && filled + bytesOf(tensor) > limit) {
      shards.push([]);
      filled = 0;
    }
    shards.at(-1)!.push(tensor);
    filled += bytesOf(tensor);
  }
  return shards;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
