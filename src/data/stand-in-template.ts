/** The chat template that training uses: the model's own, or a stand-in where it has none. */
import { makeChatTemplate } from '../checkpoint/chat-template.ts';
import type { ChatTemplate, Tokenizer } from '../checkpoint/checkpoint.ts';
import { UserError } from '../errors.ts';
import { sha256 } from '../platform/files.ts';

export interface NamedTemplate {
  readonly name: 'model' | 'chatml' | 'plain';
  readonly template: ChatTemplate;
  readonly sha256: string;
}

/** ChatML (https://github.com/openai/openai-python/blob/v0.28.1/chatml.md): needs its two special tokens. */
export const CHATML = `{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}`;

/** For tokenizers without ChatML's tokens: headings, and the model's own end-of-text token after each answer. */
export const PLAIN = `{{ bos_token }}{% for message in messages %}{{ '### ' + message['role'] | title + ':\\n' + message['content'] }}{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{{ '\\n\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '### Assistant:\\n' }}{% endif %}`;

/**
 * `eosTokens`: the model's end-of-text ids; the first one ends an answer in the plain template. Throws UserError
 * when the plain template is needed and the model has no such token: a model trained so would never stop.
 */
export function trainingTemplate(
  tokenizer: Tokenizer,
  own: ChatTemplate | undefined,
  eosTokens: readonly number[] = [],
): NamedTemplate {
  if (own !== undefined) return named('model', own);
  const special = (token: string) => {
    const id = tokenizer.tokenId(token);
    return id !== undefined && tokenizer.isSpecial(id);
  };
  if (special('<|im_start|>') && special('<|im_end|>')) return named('chatml', make(CHATML, '', ''));
  const end = eosTokens[0];
  const eos = end === undefined ? '' : tokenizer.decode([end]);
  if (eos === '') {
    throw new UserError(
      'The model has no chat template, no ChatML tokens and no end-of-text token to train with.',
      {
        remedy: 'Add a chat_template to its tokenizer_config.json, or an eos_token_id to its config.json.',
      },
    );
  }
  const bos = tokenizer.decode(tokenizer.encode('', { addSpecial: true }).filter((id) => id !== end));
  return named('plain', make(PLAIN, bos, eos));
}

function named(name: NamedTemplate['name'], template: ChatTemplate): NamedTemplate {
  return { name, template, sha256: sha256(template.source) };
}

function make(source: string, bos: string, eos: string): ChatTemplate {
  return makeChatTemplate('stand-in template', {
    tokenizerJson: '',
    tokenizerConfig: { bos_token: bos, eos_token: eos },
    chatTemplate: source,
  })!;
}
