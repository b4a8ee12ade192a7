/**
 * Licences of datasets as their pages on the hub (or their authors) state them, for copies that come without their
 * README. Keys are hub ids.
 */
export const LICENCES: Readonly<Record<string, string>> = {
  'tatsu-lab/alpaca': 'CC-BY-NC-4.0',
  'vicgalle/alpaca-gpt4': 'CC-BY-NC-4.0',
  'openai/gsm8k': 'MIT',
  'EleutherAI/hendrycks_math': 'MIT',
  'databricks/databricks-dolly-15k': 'CC-BY-SA-3.0',
  'Open-Orca/OpenOrca': 'MIT',
  'HuggingFaceH4/ultrachat_200k': 'MIT',
  'llamafactory/demo_data': 'Apache-2.0',
  'tau/commonsense_qa': 'MIT',
  'allenai/ai2_arc': 'CC-BY-SA-4.0',
  'allenai/winogrande': 'CC-BY',
};
