/** Opens a model, whatever format it is in: the header at once, the weights tensor by tensor. */
import { basename, extname, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { fileStat } from '../platform/files.ts';
import { makeChatTemplate } from './chat-template.ts';
import type { Checkpoint } from './checkpoint.ts';
import { checkTensors } from './expected-tensors.ts';
import { modelFingerprint } from './fingerprint.ts';
import { openGguf } from './gguf/open-gguf.ts';
import { openFolder } from './huggingface/open-folder.ts';
import type { ModelRef } from './model-ref.ts';
import { makeTokenizer } from './tokenizer.ts';
import { elements } from './weight-source.ts';

/** Throws UserError for anything that is no readable model, naming file, tensor and reason. Close it after use. */
export async function openCheckpoint(ref: ModelRef): Promise<Checkpoint> {
  const { path, open } = await locate(ref.ref);
  const { config, weights, tokenizerFiles } = await open(path);
  try {
    checkTensors(path, config, weights.tensors);
    const tokenizer = makeTokenizer(path, tokenizerFiles, config.vocabulary);
    const chatTemplate = makeChatTemplate(path, tokenizerFiles);
    let parameters = 0;
    for (const { shape } of weights.tensors.values()) parameters += elements(shape)!;
    return {
      name: basename(path, extname(path) === '.gguf' ? '.gguf' : ''),
      config,
      parameters,
      tensors: weights.tensors,
      readTensor: (name) => weights.read(name),
      tokenizer,
      tokenizerFiles,
      chatTemplate,
      fingerprint: await modelFingerprint(config, tokenizerFiles, tokenizer.fingerprint, weights.files),
      close: () => weights.close(),
    };
  } catch (error) {
    await weights.close();
    throw error;
  }
}

async function locate(ref: string): Promise<{ path: string; open: typeof openGguf }> {
  const scheme = ref.match(/^(builtin|openai):/)?.[1];
  if (scheme) throw new UserError(`the model ${ref} has no weights that can be opened here`);
  const path = resolve(ref);
  const found = await fileStat(path);
  if (found?.folder) return { path, open: openFolder };
  if (found && ref.endsWith('.gguf')) return { path, open: openGguf };
  throw new UserError(found ? `${ref} is neither a folder nor a .gguf file` : `there is no model ${ref}`, {
    remedy: 'A model is a folder in Hugging Face layout or a .gguf file.',
  });
}
