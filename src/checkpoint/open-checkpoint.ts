/** Opens a model, whatever format it is in: the header at once, the weights tensor by tensor. */
import { resolve } from 'node:path';
import { readAdapter } from './adapter/adapter.ts';
import { withAdapter } from './adapter/merge.ts';
import { makeChatTemplate } from './chat-template.ts';
import type { Checkpoint } from './checkpoint.ts';
import { checkTensors } from './expected-tensors.ts';
import { modelFingerprint } from './fingerprint.ts';
import { openGguf } from './gguf/open-gguf.ts';
import { openFolder } from './huggingface/open-folder.ts';
import { locateModel } from './locate.ts';
import type { ModelRef } from './model-ref.ts';
import { makeTokenizer } from './tokenizer.ts';
import { elements } from './weight-source.ts';

/** Throws UserError for anything that is no readable model, naming file, tensor and reason. Close it after use. */
export async function openCheckpoint(ref: ModelRef): Promise<Checkpoint> {
  const { kind, path, name } = await locateModel(ref.ref);
  const { config, weights: base, tokenizerFiles } = await (kind === 'gguf' ? openGguf : openFolder)(path);
  try {
    checkTensors(path, config, base.tensors);
    const adapter = ref.adapter === undefined ? undefined : await readAdapter(resolve(ref.adapter));
    const weights = adapter ? withAdapter(base, adapter) : base;
    const tokenizer = makeTokenizer(path, tokenizerFiles, config.vocabulary);
    const chatTemplate = makeChatTemplate(path, tokenizerFiles);
    let parameters = 0;
    for (const { shape } of weights.tensors.values()) parameters += elements(shape)!;
    return {
      name,
      config,
      parameters,
      tensors: weights.tensors,
      readTensor: (tensor) => weights.read(tensor),
      tokenizer,
      tokenizerFiles,
      chatTemplate,
      fingerprint: await modelFingerprint(config, adapter?.config, tokenizer, chatTemplate, weights.files),
      close: () => weights.close(),
    };
  } catch (error) {
    await base.close();
    throw error;
  }
}
