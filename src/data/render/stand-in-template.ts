/** The chat template that training uses: the model's own or one by name, and a stand-in where it has none. */
import { makeChatTemplate } from '../../checkpoint/chat-template.ts';
import type { ChatTemplate, Tokenizer } from '../../checkpoint/checkpoint.ts';
import type { ModelRef } from '../../checkpoint/model-ref.ts';
import { defaultTemplate } from '../../checkpoint/templates/apply-template.ts';
import { TEMPLATES } from '../../checkpoint/templates/templates.ts';
import { UserError } from '../../errors.ts';
import { sha256 } from '../../platform/files.ts';

export interface NamedTemplate {
  readonly name: ChatTemplate['name'];
  readonly template: ChatTemplate;
  readonly sha256: string;
}

/**
 * `own`: what the opened model has. `eosTokens`: the model's end-of-text ids; the first one ends an answer in the
 * plain template. Throws UserError when that is needed and the model has no such token: a model trained so would
 * never stop. Models are opened for training and evaluation with the stand-in's name (ModelRef), so they are prompted
 * as they were trained.
 */
export function trainingTemplate(
  tokenizer: Tokenizer,
  own: ChatTemplate | undefined,
  eosTokens: readonly number[] = [],
): NamedTemplate {
  if (own !== undefined) return named(own);
  const name = defaultTemplate(tokenizer);
  const [end] = eosTokens;
  const eos = end === undefined ? '' : tokenizer.decode([end]);
  if (name === 'plain' && eos === '') {
    throw new UserError(
      'The model has no chat template, no ChatML tokens and no end-of-text token to train with.',
      {
        remedy: 'Add a chat_template to its tokenizer_config.json, or an eos_token_id to its config.json.',
      },
    );
  }
  const files = {
    tokenizerJson: '',
    tokenizerConfig: { eos_token: eos },
    chatTemplate: TEMPLATES[name].source,
  };
  return named(makeChatTemplate('stand-in template', files, name)!);
}

/**
 * The model as training and its evaluation open it: by the name of the template that the data were rendered with,
 * unless that is the model's own. So what is trained is what is prompted, and a written model carries its template.
 */
export function promptedAs(model: ModelRef, template: Pick<NamedTemplate, 'name'>): ModelRef {
  return template.name === 'model' ? model : { ...model, template: template.name };
}

function named(template: ChatTemplate): NamedTemplate {
  return { name: template.name, template, sha256: sha256(template.source) };
}
