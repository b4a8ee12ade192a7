/** Turns an item into what the engine is asked, as plain text or through the model's chat template. */
import type { ChoiceItem, GenerateItem, Item } from '../benchmarks/benchmark.ts';
import type { GenerateRequest, LoglikelihoodRequest, ModelSession } from '../engine/engine.ts';
import { sha256 } from '../platform/files.ts';
import type { Sample } from '../scoring/score.ts';

export type Render = Pick<ModelSession, 'renderChat'> | null;

export type Request =
  | { readonly kind: 'generate'; readonly item: GenerateItem; readonly request: GenerateRequest }
  | { readonly kind: 'choice'; readonly item: ChoiceItem; readonly request: LoglikelihoodRequest };

/** `render`: the session whose chat template is used, or null for plain prompts. */
export function requestFor(item: Item, render: Render): Request {
  const chat = (messages: Parameters<ModelSession['renderChat']>[0], session: NonNullable<Render>) =>
    session.renderChat(messages, { addGenerationPrompt: true });
  if (item.kind === 'generate') {
    const prompt = render ? chat(item.messages, render) : item.prompt;
    const { id, stop, maxTokens } = item;
    return { kind: 'generate', item, request: { id, prompt, stop, maxTokens } };
  }
  const pairs = item.pairs.map((pair) =>
    render
      ? { context: chat(pair.chat.messages, render), continuation: pair.chat.continuation }
      : { context: pair.context, continuation: pair.continuation },
  );
  return { kind: 'choice', item, request: { id: item.id, pairs } };
}

/** What the model sees: the prompt; for choices context and continuation of each, in their order. */
export function promptOf({ kind, request }: Request): NonNullable<Sample['prompt']> {
  if (kind === 'generate') return request.prompt;
  return request.pairs.map(({ context, continuation }) => ({ context, continuation }));
}

/**
 * Hash of what the model sees: the prompt; for choices context + U+0000 + continuation of each, joined by U+0001.
 */
export function promptHash(asked: Request): string {
  return sha256(
    asked.kind === 'generate'
      ? asked.request.prompt
      : asked.request.pairs.map((pair) => `${pair.context}\0${pair.continuation}`).join('\x01'),
  );
}
