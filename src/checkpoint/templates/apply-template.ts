/** Gives a model a chat template by name, and the token that ends its answers then. */
import { UserError } from '../../errors.ts';
import { tokenText } from '../chat-template.ts';
import type { ModelConfig, Tokenizer, TokenizerFiles } from '../checkpoint.ts';
import { TEMPLATE_NAMES, TEMPLATES, type TemplateName } from './templates.ts';

/** What of a model a template depends on and changes. */
export interface Dialogue {
  readonly tokenizer: Tokenizer;
  readonly tokenizerFiles: TokenizerFiles;
  readonly config: ModelConfig;
}

/**
 * The tokenizer files with the template in them, and the configuration with the template's stop token among those that
 * end a text: a model that is trained to write it must also stop there. `model` is named in messages.
 * Throws UserError when the tokenizer lacks a token that the template needs.
 */
export function applyTemplate(
  model: string,
  name: TemplateName,
  { tokenizer, tokenizerFiles, config }: Dialogue,
): Pick<Dialogue, 'tokenizerFiles' | 'config'> {
  const { source, needs, stop } = TEMPLATES[name];
  const missing = needs.filter((token) => !isSpecial(tokenizer, token));
  if (missing.length > 0) {
    throw new UserError(
      `The template ${name} needs the special ${missing.length === 1 ? 'token' : 'tokens'} ${missing.join(', ')}, which the tokenizer of ${model} does not have.`,
      { remedy: `Templates that fit it: ${fittingTemplates(tokenizer).join(', ')}.` },
    );
  }
  const eos = tokenText(tokenizerFiles.tokenizerConfig['eos_token']) ?? endText(tokenizer, config);
  const end = stop === 'eos' ? eos : stop.token;
  const id = end === undefined ? undefined : tokenizer.tokenId(end);
  if (id === undefined) {
    throw new UserError(
      `The template ${name} ends answers with the end-of-text token, but ${model} has none.`,
      {
        remedy: 'Add an eos_token to its tokenizer_config.json, or an eos_token_id to its config.json.',
      },
    );
  }
  const { eosTokens } = config;
  return {
    tokenizerFiles: {
      ...tokenizerFiles,
      tokenizerConfig: {
        ...tokenizerFiles.tokenizerConfig,
        ...(eos === undefined ? {} : { eos_token: eos }),
      },
      chatTemplate: source,
    },
    config: { ...config, eosTokens: eosTokens.includes(id) ? eosTokens : [...eosTokens, id] },
  };
}

/**
 * The template of a model that has none of its own and whose user names none: ChatML where the tokenizer has its
 * tokens, else headings that end with the model's end-of-text token. (ChatML spelled in pieces would end answers with
 * a text that no engine knows as an end.)
 */
export function defaultTemplate(tokenizer: Tokenizer): TemplateName {
  return TEMPLATES.chatml.needs.every((token) => isSpecial(tokenizer, token)) ? 'chatml' : 'plain';
}

function fittingTemplates(tokenizer: Tokenizer): readonly TemplateName[] {
  return TEMPLATE_NAMES.filter((name) => TEMPLATES[name].needs.every((token) => isSpecial(tokenizer, token)));
}

function isSpecial(tokenizer: Tokenizer, token: string): boolean {
  const id = tokenizer.tokenId(token);
  return id !== undefined && tokenizer.isSpecial(id);
}

function endText(tokenizer: Tokenizer, { eosTokens }: ModelConfig): string | undefined {
  const [id] = eosTokens;
  return id === undefined ? undefined : tokenizer.decode([id]) || undefined;
}
