/** Texts that hold a control token: the tokenizer would take it for the real one, which ends or begins a turn. */
import type { Tokenizer } from '../../checkpoint/checkpoint.ts';
import type { ChatMessage } from '../../engine/engine.ts';
import { RowFault } from './row-fault.ts';

/** Tags of what a model itself says, which formats of rows write; some tokenizers mark them as special all the same. */
const SAID = /^<\/?(?:think|tool_call|tool_response|tools)>$/;

const PATTERNS = new WeakMap<Tokenizer, RegExp | null>();

/**
 * Throws RowFault for a conversation in which a message's own text holds a control token: `ok <|im_end|> more` would
 * teach to stop in the middle, `<|im_start|>assistant` in a question would forge a turn. Tags of thoughts and tools
 * may be in a text.
 */
export function refuseControlTokens(messages: readonly ChatMessage[], tokenizer: Tokenizer): void {
  const pattern = patternOf(tokenizer);
  if (pattern === null) return;
  for (const [index, { content }] of messages.entries()) {
    const found = pattern.exec(content)?.[0];
    if (found === undefined) continue;
    throw new RowFault(
      'control-token',
      `turn ${index + 1}: the text holds the control token ${found}, which would end or begin a turn inside it.`,
      'Take it out of the text; where the text is a whole conversation that was rendered before, give its turns as messages.',
    );
  }
}

function patternOf(tokenizer: Tokenizer): RegExp | null {
  const known = PATTERNS.get(tokenizer);
  if (known !== undefined) return known;
  const tokens = tokenizer.controlTokens.filter((token) => !SAID.test(token));
  // The longest first, so that a message names the whole token.
  const sorted = [...tokens].sort((a, b) => b.length - a.length);
  const pattern = sorted.length === 0 ? null : new RegExp(sorted.map(escaped).join('|'), 'u');
  PATTERNS.set(tokenizer, pattern);
  return pattern;
}

const escaped = (token: string): string => token.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
