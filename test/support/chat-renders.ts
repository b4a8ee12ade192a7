/** What transformers renders with the original templates (test/fixtures/chat-templates), and tokenizers to match. */
import { readFileSync } from 'node:fs';
import { makeChatTemplate } from '../../src/checkpoint/chat-template.ts';
import type { ChatTemplate, Tokenizer } from '../../src/checkpoint/checkpoint.ts';
import { TEMPLATES, type TemplateName } from '../../src/checkpoint/templates/templates.ts';
import { makeTokenizer } from '../../src/checkpoint/tokenizer.ts';
import type { ChatMessage } from '../../src/engine/engine.ts';

export interface ChatRender {
  readonly template: TemplateName;
  readonly conversation: string;
  /** So many of its messages; a part that is not the whole is a prompt for the next answer. */
  readonly messages: number;
  readonly text: string;
  readonly ids: Readonly<Record<'seedling' | 'smollm2', readonly number[]>>;
}

export const CHAT_RENDERS = JSON.parse(
  readFileSync(new URL('../fixtures/chat-templates/renders.json', import.meta.url), 'utf8'),
) as {
  readonly 'extra tokens': readonly string[];
  readonly conversations: Readonly<Record<string, readonly ChatMessage[]>>;
  readonly cases: readonly ChatRender[];
};

/** A named template with the special tokens of the fixture. */
export function namedTemplate(name: TemplateName): ChatTemplate {
  return makeChatTemplate(
    name,
    {
      tokenizerJson: '',
      tokenizerConfig: { bos_token: '<s>', eos_token: '</s>' },
      chatTemplate: TEMPLATES[name].source,
    },
    name,
  )!;
}

/** A model's tokenizer with the special tokens of all templates behind its own, as the fixture's ids were made. */
export function withExtraTokens(tokenizerJson: string): Tokenizer {
  const json = JSON.parse(tokenizerJson) as {
    added_tokens: { id: number; content: string }[];
    model: { vocab: Record<string, number> };
  };
  const known = new Map(Object.entries(json.model.vocab));
  for (const { id, content } of json.added_tokens) known.set(content, id);
  let next = Math.max(...known.values()) + 1;
  for (const content of CHAT_RENDERS['extra tokens']) {
    if (known.has(content)) continue;
    const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
    json.added_tokens.push(Object.assign({ id: next++, content }, flags));
  }
  return makeTokenizer('fixture', { tokenizerJson: JSON.stringify(json), tokenizerConfig: {} }, next);
}

/** A template of the test's own. */
export const writtenTemplate = (source: string): ChatTemplate =>
  makeChatTemplate('test', {
    tokenizerJson: '',
    tokenizerConfig: { bos_token: '<bos>', eos_token: '<eos>' },
    chatTemplate: source,
  })!;
