/** Which chat template a model is opened with: the one that was asked for, else what its adapter was trained with. */
import { UserError } from '../../errors.ts';
import { sha256 } from '../../platform/files.ts';
import type { TrainedWith } from '../adapter/trained-with.ts';
import { TEMPLATE_NAMES, TEMPLATES, type TemplateName } from './templates.ts';

/** Without a name the model's own. `note`: a sentence for whoever prompts the model through it. */
export interface ChosenTemplate {
  readonly name?: TemplateName;
  readonly note?: string;
}

/**
 * `own`: the source of the model's own template. Throws UserError for an adapter that was trained with a template that
 * is not here, or is another one here, and for which none is named: nobody could say then how it should be asked.
 */
export function chooseTemplate(
  asked: TemplateName | undefined,
  adapter: { readonly folder: string; readonly trainedWith?: TrainedWith } | undefined,
  own: string | undefined,
): ChosenTemplate {
  const trained = adapter?.trainedWith;
  if (adapter === undefined || trained === undefined) return asked === undefined ? {} : { name: asked };
  const { name } = trained;
  const was = name === 'model' ? 'the own chat template of its model' : `the chat template ${name}`;
  if (asked !== undefined) {
    const same = trained.sha256 === sha256(TEMPLATES[asked].source);
    return {
      name: asked,
      ...(same
        ? {}
        : { note: `Asked with the chat template ${asked}; the adapter was trained with ${was}.` }),
    };
  }
  if (name === 'model') {
    return own !== undefined && sha256(own) === trained.sha256
      ? {}
      : {
          note: `The adapter was trained with ${was}, and this model has ${own === undefined ? 'none' : 'another one'}.`,
        };
  }
  const known = TEMPLATE_NAMES.find((one) => one === name);
  if (known === undefined || sha256(TEMPLATES[known].source) !== trained.sha256) {
    throw new UserError(
      `The adapter was trained with ${was}, ${known ? 'which has another text in this version' : 'which this version does not have'}.`,
      {
        place: { file: adapter.folder },
        remedy: `Name the template to ask it with (--template): ${TEMPLATE_NAMES.join(', ')}.`,
      },
    );
  }
  return { name: known, note: `Asked with ${was}, which the adapter was trained with.` };
}
