/** Which engine runs a model. */
import type { ModelRef } from '../checkpoint/model-ref.ts';
import { UserError } from '../errors.ts';
import type { Engine, ModelSession } from './engine.ts';
import { ONNX_ENGINE } from './onnx/engine.ts';

/** The engine of a reference, decided by its form alone; nothing is opened. */
export function engineFor({ ref }: ModelRef): Engine {
  if (/^openai:/i.test(ref))
    throw new UserError(`${ref}: models behind an OpenAI-compatible server cannot be used in this version`, {
      remedy: 'Name a folder in Hugging Face layout or a .gguf file.',
    });
  return ONNX_ENGINE;
}

/** Opens a model for inference. Throws UserError for a model that cannot be used. Close it after use. */
export async function openModel(model: ModelRef): Promise<ModelSession> {
  return engineFor(model).open(model);
}
