import type { TemplateName } from './templates/templates.ts';

/** A model as the rest of the product names it, resolved from what the user typed. */
export interface ModelRef {
  /** As typed: a folder, a .gguf file, a hub id, `builtin:NAME` or `openai:URL#model`. */
  readonly ref: string;
  /** A PEFT adapter folder to put on top of it (`adapter_config.json`, `adapter_model.safetensors`). */
  readonly adapter?: string;
  /**
   * A chat template by name instead of the model's own: for its prompts, its training and what is written of it. It
   * wins over the one that an adapter was trained with, which counts where none is named.
   */
  readonly template?: TemplateName;
}
