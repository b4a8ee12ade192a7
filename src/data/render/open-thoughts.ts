/** Answers whose thoughts are never closed: a template would put an empty pair of think tags before them. */
import type { ChatMessage } from '../../engine/engine.ts';
import { RowFault } from './row-fault.ts';

/**
 * Throws RowFault for a conversation in which an answer begins with `<think>` and has no `</think>`: it was cut inside
 * its thoughts. A tag that is only spoken of, after other words, is text.
 */
export function refuseOpenThoughts(messages: readonly ChatMessage[]): void {
  for (const [index, { role, content }] of messages.entries()) {
    if (role !== 'assistant' || !content.trimStart().startsWith('<think>')) continue;
    if (content.includes('</think>')) continue;
    throw new RowFault(
      'open-thought',
      `turn ${index + 1}: the answer begins with <think> and has no </think>.`,
      'Close the thoughts and write the answer behind them, or leave the row out: it was cut short.',
    );
  }
}
