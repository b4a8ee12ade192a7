/** A model opened for inference by the onnx engine. */
import type { Checkpoint } from '../../../checkpoint/checkpoint.ts';
import { UserError } from '../../../errors.ts';
import type { ModelSession } from '../../engine.ts';
import { openDecoder } from './decoder.ts';
import { generate } from './generate.ts';
import { loglikelihood } from './loglikelihood.ts';
import { refuseIfTooLarge } from './memory.ts';
import { encodeText } from './pair-tokens.ts';

/** Takes the checkpoint over: closing the session closes it. Throws UserError when memory does not suffice. */
export async function openInference(checkpoint: Checkpoint): Promise<ModelSession> {
  refuseIfTooLarge(checkpoint);
  const decoder = await openDecoder(checkpoint);
  const { chatTemplate, templateNote } = checkpoint;
  return {
    description: {
      name: checkpoint.name,
      parameters: checkpoint.parameters,
      context: checkpoint.config.context,
      ...(chatTemplate === undefined ? {} : { template: chatTemplate.name }),
      ...(templateNote === undefined ? {} : { templateNote }),
    },
    fingerprint: checkpoint.fingerprint,
    ownFingerprint: checkpoint.ownFingerprint,
    generate: (requests, options) => generate(checkpoint, decoder, requests, options),
    loglikelihood: (requests, options) => loglikelihood(checkpoint, decoder, requests, options),
    renderChat: (messages, options) => {
      if (!chatTemplate)
        throw new UserError(`the model ${checkpoint.name} has no chat template`, {
          remedy:
            'Name one (--template), prompt it without chat markup, or take the instruction-tuned version of the model.',
        });
      return chatTemplate.render(messages, options);
    },
    countTokens: (text) => encodeText(checkpoint, text).length,
    close: async () => {
      await decoder.close();
      await checkpoint.close();
    },
  };
}
