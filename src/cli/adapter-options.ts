/** The options that say what is put on a model and how it is asked, for commands that let a model answer. */
import { type Command, Option } from 'commander';
import type { ModelRef } from '../checkpoint/model-ref.ts';
import { TEMPLATE_NAMES, type TemplateName } from '../checkpoint/templates/templates.ts';
import { UserError } from '../errors.ts';

export interface AdapterOptions {
  readonly model: string;
  readonly adapter?: string;
  readonly template?: TemplateName;
}

/** `chat`: the option that asks through a chat template. */
export function addAdapterOptions(command: Command, chat: string): Command {
  return command
    .option('--adapter <folder>', 'PEFT adapter to put on the model')
    .addOption(
      new Option(
        '--template <name>',
        `with ${chat}: this chat template instead of the one that the adapter was trained with, or else of the model’s own`,
      ).choices(TEMPLATE_NAMES),
    );
}

/** Throws UserError for a template where none is used: it would change where answers end and nothing else. */
export function modelOf(
  { model, adapter, template }: AdapterOptions,
  chat: { readonly option: string; readonly given: boolean },
): ModelRef {
  if (template !== undefined && !chat.given)
    throw new UserError(`--template has no effect without ${chat.option}`, {
      remedy: `Add ${chat.option}, or leave it out to ask without a chat template.`,
    });
  return {
    ref: model,
    ...(adapter === undefined ? {} : { adapter }),
    ...(template === undefined ? {} : { template }),
  };
}
