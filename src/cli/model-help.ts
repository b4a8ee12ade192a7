/** What `--model` takes, for the help of every command that has it. */
export const MODEL_HELP =
  'builtin:NAME, a folder in Hugging Face layout, a .gguf file, or ORG/NAME of the hub';
