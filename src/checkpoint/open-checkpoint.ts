/** Opens a model, whatever format it is in: the header at once, the weights tensor by tensor. */
import { resolve } from 'node:path';
import { readAdapter } from './adapter/adapter.ts';
import { withAdapter } from './adapter/merge.ts';
import { makeChatTemplate, tokenText } from './chat-template.ts';
import type { Checkpoint, ModelConfig, Tokenizer, TokenizerFiles } from './checkpoint.ts';
import { checkTensors } from './expected-tensors.ts';
import { modelFingerprints } from './fingerprint.ts';
import { openGguf } from './gguf/open-gguf.ts';
import { openFolder } from './huggingface/open-folder.ts';
import { locateModel } from './locate.ts';
import { malformed } from './malformed.ts';
import type { ModelRef } from './model-ref.ts';
import { applyTemplate } from './templates/apply-template.ts';
import { chooseTemplate } from './templates/choose-template.ts';
import { makeTokenizer } from './tokenizer.ts';
import { elements } from './weight-source.ts';

/** Throws UserError for anything that is no readable model, naming file, tensor and reason. Close it after use. */
export async function openCheckpoint(ref: ModelRef): Promise<Checkpoint> {
  const { kind, path, name } = await locateModel(ref.ref);
  const opened = await (kind === 'gguf' ? openGguf : openFolder)(path);
  const { weights: base } = opened;
  try {
    checkTensors(path, opened.config, base.tensors);
    const adapter = ref.adapter === undefined ? undefined : await readAdapter(resolve(ref.adapter));
    const weights = adapter ? withAdapter(base, adapter) : base;
    const tokenizer = makeTokenizer(path, opened.tokenizerFiles, opened.config.vocabulary);
    const own = withSpecialTokens(path, opened.config, tokenizer, opened.tokenizerFiles);
    const before = { tokenizer, tokenizerFiles: opened.tokenizerFiles, config: own };
    const chosen = chooseTemplate(ref.template, adapter, opened.tokenizerFiles.chatTemplate);
    const { config, tokenizerFiles } =
      chosen.name === undefined ? before : applyTemplate(name, chosen.name, before);
    const chatTemplate = makeChatTemplate(path, tokenizerFiles, chosen.name);
    const [ownFingerprint, fingerprint] = await modelFingerprints(
      [
        { config: own, template: opened.tokenizerFiles.chatTemplate },
        { config, template: chatTemplate?.source },
      ],
      adapter?.config,
      tokenizer,
      weights.files,
    );
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
      ...(chosen.note === undefined ? {} : { templateNote: chosen.note }),
      fingerprint: fingerprint!,
      ownFingerprint: ownFingerprint!,
      close: () => weights.close(),
    };
  } catch (error) {
    await base.close();
    throw error;
  }
}

/** Checks the special ids; a model that names no end token ends where its tokenizer's `eos_token` says. */
function withSpecialTokens(
  file: string,
  config: ModelConfig,
  tokenizer: Tokenizer,
  files: TokenizerFiles,
): ModelConfig {
  for (const id of [config.bosToken, config.padToken, ...config.eosTokens]) {
    if (id !== undefined && id >= config.vocabulary) {
      throw malformed(
        file,
        `the special token ${id} is not one of the ${config.vocabulary} of the vocabulary`,
      );
    }
  }
  if (config.eosTokens.length > 0) return config;
  const { eos_token } = files.tokenizerConfig;
  const text = tokenText(eos_token);
  const id = text === undefined ? undefined : tokenizer.tokenId(text);
  return id === undefined ? config : { ...config, eosTokens: [id] };
}
