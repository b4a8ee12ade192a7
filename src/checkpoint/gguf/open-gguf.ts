/** A GGUF file as the parts of a checkpoint. */

import { fileStat, openRandomAccess } from '../../platform/files.ts';
import type { ModelConfig, TokenizerFiles } from '../checkpoint.ts';
import type { WeightSource } from '../weight-source.ts';
import { ggufConfig } from './config.ts';
import { readGgufHeader } from './header.ts';
import { ggufTokenizer } from './tokenizer.ts';
import { ggufWeights, ROPE_FACTORS, readStored } from './weights.ts';

/** Reads the header only; the weights follow tensor by tensor. */
export async function openGguf(
  path: string,
): Promise<{ config: ModelConfig; weights: WeightSource; tokenizerFiles: TokenizerFiles }> {
  const modified = (await fileStat(path))?.modified ?? 0;
  const file = await openRandomAccess(path);
  try {
    const header = await readGgufHeader(file);
    const factors = header.tensors.find((tensor) => tensor.name === ROPE_FACTORS);
    const config = ggufConfig(path, header, factors && (await readStored(file, factors)));
    const { heads, kvHeads } = config;
    const rotated = config.architecture === 'llama' ? { heads, kvHeads } : undefined;
    return {
      config,
      weights: ggufWeights(file, modified, header, rotated),
      tokenizerFiles: ggufTokenizer(path, header.fields, config.context),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
