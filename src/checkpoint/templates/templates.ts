/**
 * Chat templates by name, for models that have none and for users who ask for another one than the model's own. Their
 * texts are ours; their output is that of the originals named beside them (`templates.test.ts` holds them to it).
 * Whoever changes what a template writes raises RENDERER_VERSION (src/data/render/render.ts).
 *
 * All of them leave the tokens before a text (a BOS) to the tokenizer, unless the original writes one itself.
 */

export const TEMPLATE_NAMES = [
  'chatml',
  'llama-3',
  'mistral',
  'qwen',
  'qwen-thinking',
  'qwen-2.5',
  'gemma',
  'zephyr',
  'alpaca',
  'plain',
] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

export interface NamedSource {
  /** Jinja, with `messages`, `add_generation_prompt`, `bos_token` and `eos_token`. */
  readonly source: string;
  /** Tokens that the tokenizer must know as special ones: spelled in pieces they would be mere text. */
  readonly needs: readonly string[];
  /** What ends an answer: a text, or the model's own end-of-text token. */
  readonly stop: { readonly token: string } | 'eos';
}

/** Closes templates that have no layout for the output of tools: leaving it out in silence would be another dialogue. */
const NO_TOOLS = `{{ raise_exception('this template has no place for the output of tools') }}`;

const CHATML_TURN = `{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}`;
const CHATML_PROMPT = `{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}`;
const CHATML_TOKENS: readonly string[] = ['<|im_start|>', '<|im_end|>'];

/** The output of tools, in Qwen's layout: neighbouring outputs share one turn of the user. */
const QWEN_TOOL =
  `{% if loop.first or messages[loop.index0 - 1]['role'] != 'tool' %}{{ '<|im_start|>user' }}{% endif %}` +
  `{{ '\\n<tool_response>\\n' + message['content'] + '\\n</tool_response>' }}` +
  `{% if loop.last or messages[loop.index0 + 1]['role'] != 'tool' %}{{ '<|im_end|>\\n' }}{% endif %}`;

/**
 * Qwen 3 writes thoughts only behind the last question of the user: earlier answers are shown without them. An answer
 * without thoughts gets an empty pair of tags, again only behind the last question.
 */
const QWEN3_TURNS =
  `{% set ns = namespace(question=messages | length - 1, open=true) %}` +
  `{% for message in messages[::-1] %}` +
  `{% if ns.open and message['role'] == 'user' and not (message['content'].startswith('<tool_response>') and message['content'].endswith('</tool_response>')) %}` +
  `{% set ns.open = false %}{% set ns.question = messages | length - 1 - loop.index0 %}{% endif %}{% endfor %}` +
  `{% for message in messages %}` +
  `{% if message['role'] == 'assistant' %}` +
  `{% set said = message['content'] %}{% set thought = '' %}` +
  `{% if '</think>' in said %}` +
  `{% set thought = said.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}` +
  `{% set said = said.split('</think>')[-1].lstrip('\\n') %}{% endif %}` +
  `{{ '<|im_start|>assistant\\n' }}` +
  `{% if loop.index0 > ns.question and (loop.last or thought) %}` +
  `{{ '<think>\\n' + thought.strip('\\n') + '\\n</think>\\n\\n' + said.lstrip('\\n') }}` +
  `{% else %}{{ said }}{% endif %}{{ '<|im_end|>\\n' }}` +
  `{% elif message['role'] == 'tool' %}${QWEN_TOOL}` +
  `{% else %}${CHATML_TURN}{% endif %}{% endfor %}`;

export const TEMPLATES: Readonly<Record<TemplateName, NamedSource>> = {
  /** https://github.com/openai/openai-python/blob/v0.28.1/chatml.md; SmolLM2, Yi, OLMo and many others. */
  chatml: {
    source: `{% for message in messages %}${CHATML_TURN}{% endfor %}${CHATML_PROMPT}`,
    needs: CHATML_TOKENS,
    stop: { token: '<|im_end|>' },
  },
  /** meta-llama/Meta-Llama-3-8B-Instruct. (3.1 and later add a system turn with dates.) */
  'llama-3': {
    source:
      `{{ bos_token }}{% for message in messages %}` +
      `{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' + message['content'] | trim + '<|eot_id|>' }}{% endfor %}` +
      `{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif %}`,
    needs: ['<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>'],
    stop: { token: '<|eot_id|>' },
  },
  /**
   * mistralai/Mistral-7B-Instruct-v0.3, with one difference: the system text stands in the first question and stays
   * there. The original moves it to the latest question, so that no earlier prompt is a beginning of the whole.
   */
  mistral: {
    source:
      `{{ bos_token }}{% set ns = namespace(system='') %}{% for message in messages %}` +
      `{% if message['role'] == 'system' %}{% set ns.system = message['content'] + '\\n\\n' %}` +
      `{% elif message['role'] == 'assistant' %}{{ ' ' + message['content'] | trim + eos_token }}` +
      `{% elif message['role'] == 'user' %}{{ '[INST] ' + ns.system + message['content'] + '[/INST]' }}{% set ns.system = '' %}` +
      `{% else %}${NO_TOOLS}{% endif %}{% endfor %}`,
    needs: [],
    stop: 'eos',
  },
  /** Qwen/Qwen3-8B with `enable_thinking=False`: answers without thoughts behind an empty pair of think tags. */
  qwen: {
    source: `${QWEN3_TURNS}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n<think>\\n\\n</think>\\n\\n' }}{% endif %}`,
    needs: CHATML_TOKENS,
    stop: { token: '<|im_end|>' },
  },
  /** Qwen/Qwen3-8B: the model begins with its thoughts. */
  'qwen-thinking': {
    source: `${QWEN3_TURNS}${CHATML_PROMPT}`,
    needs: CHATML_TOKENS,
    stop: { token: '<|im_end|>' },
  },
  /** Qwen/Qwen2.5-7B-Instruct: a system turn of its own where the conversation has none. */
  'qwen-2.5': {
    source:
      `{% if messages[0]['role'] != 'system' %}{{ '<|im_start|>system\\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\\n' }}{% endif %}` +
      `{% for message in messages %}{% if message['role'] == 'tool' %}${QWEN_TOOL}{% else %}${CHATML_TURN}{% endif %}{% endfor %}${CHATML_PROMPT}`,
    needs: CHATML_TOKENS,
    stop: { token: '<|im_end|>' },
  },
  /** google/gemma-3-1b-it (and gemma-2-2b-it, which refuses system texts): the system text opens the first question. */
  gemma: {
    source:
      `{{ bos_token }}{% set ns = namespace(system='') %}{% for message in messages %}` +
      `{% if message['role'] == 'system' %}{% set ns.system = message['content'] + '\\n\\n' %}` +
      `{% elif message['role'] == 'tool' %}${NO_TOOLS}` +
      `{% else %}{{ '<start_of_turn>' + ('model' if message['role'] == 'assistant' else 'user') + '\\n' + ns.system + message['content'] | trim + '<end_of_turn>\\n' }}{% set ns.system = '' %}{% endif %}{% endfor %}` +
      `{% if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{% endif %}`,
    needs: ['<start_of_turn>', '<end_of_turn>'],
    stop: { token: '<end_of_turn>' },
  },
  /** HuggingFaceH4/zephyr-7b-beta. */
  zephyr: {
    source:
      `{% for message in messages %}{% if message['role'] == 'tool' %}${NO_TOOLS}{% endif %}` +
      `{{ '<|' + message['role'] + '|>\\n' + message['content'] + eos_token + '\\n' }}{% endfor %}` +
      `{% if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% endif %}`,
    needs: [],
    stop: 'eos',
  },
  /**
   * Stanford's Alpaca with the line feed before the answer that alpaca-lora and LLaMA-Factory write; a system text
   * replaces the opening sentence.
   */
  alpaca: {
    source:
      `{% if messages[0]['role'] != 'system' %}{{ 'Below is an instruction that describes a task. Write a response that appropriately completes the request.\\n\\n' }}{% endif %}` +
      `{% for message in messages %}` +
      `{% if message['role'] == 'system' %}{{ message['content'] + '\\n\\n' }}` +
      `{% elif message['role'] == 'user' %}{{ '### Instruction:\\n' + message['content'] + '\\n\\n' }}` +
      `{% elif message['role'] == 'assistant' %}{{ '### Response:\\n' + message['content'] + eos_token + '\\n\\n' }}` +
      `{% else %}${NO_TOOLS}{% endif %}{% endfor %}` +
      `{% if add_generation_prompt %}{{ '### Response:\\n' }}{% endif %}`,
    needs: [],
    stop: 'eos',
  },
  /** Our own, for tokenizers without ChatML's tokens: headings, and the model's end-of-text token after each answer. */
  plain: {
    source:
      `{% for message in messages %}{{ '### ' + message['role'] | title + ':\\n' + message['content'] }}` +
      `{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{{ '\\n\\n' }}{% endfor %}` +
      `{% if add_generation_prompt %}{{ '### Assistant:\\n' }}{% endif %}`,
    needs: [],
    stop: 'eos',
  },
};
