/** A chat template, rendered as transformers' `apply_chat_template` does, by `@huggingface/jinja`. */
import { Template } from '@huggingface/jinja';
import type { ChatTemplate, TokenizerFiles } from './checkpoint.ts';
import { rewriteStrips, STRIP_FUNCTIONS } from './jinja-strips.ts';
import { malformed } from './malformed.ts';

/** Undefined when the model has no template. `file` is named when the template cannot be used. */
export function makeChatTemplate(
  file: string,
  files: TokenizerFiles,
  name: ChatTemplate['name'] = 'model',
): ChatTemplate | undefined {
  const source = files.chatTemplate;
  if (source === undefined) return undefined;
  const attempt = <T>(what: string, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw malformed(file, `the chat template ${what}: ${reason}`, undefined, error);
    }
  };
  const template = attempt('cannot be read', () => {
    const parsed = new Template(source.replace(/\bstrftime_now\b/g, DATE));
    rewriteStrips(parsed);
    return parsed;
  });
  const tokens: Record<string, unknown> = {};
  for (const token of ['bos_token', 'eos_token', 'pad_token', 'unk_token']) {
    tokens[token] = tokenText(files.tokenizerConfig[token]) ?? '';
  }
  return {
    name,
    source,
    render: (messages, { addGenerationPrompt }) =>
      attempt('refuses this conversation', () =>
        template.render({
          ...STRIP_FUNCTIONS,
          ...tokens,
          messages: messages.map(({ role, content }) => ({ role, content })),
          add_generation_prompt: addGenerationPrompt,
          tools: null,
          documents: null,
          [DATE]: fixedDate,
        }),
      ),
  };
}

/** A special token in tokenizer_config.json: its text, or an object with the text inside. */
export function tokenText(token: unknown): string | undefined {
  if (typeof token === 'string') return token;
  const content = (token as { content?: unknown } | null | undefined)?.content;
  return typeof content === 'string' ? content : undefined;
}

/** The library declares `strftime_now` itself, with the clock behind it, and lets nobody replace it. */
const DATE = 'carryover_date';

/**
 * Some templates write today's date into the prompt. A result must not depend on the day it was computed, so it is
 * always the date that Llama 3.2's template falls back to: 26 July 2024.
 */
function fixedDate(format: string): string {
  const parts: Record<string, string> = {
    d: '26',
    m: '07',
    b: 'Jul',
    B: 'July',
    y: '24',
    Y: '2024',
    A: 'Friday',
    a: 'Fri',
    H: '00',
    M: '00',
    S: '00',
  };
  return format.replace(/%([a-zA-Z])/g, (whole, letter: string) => parts[letter] ?? whole);
}
