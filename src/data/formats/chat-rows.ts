/**
 * Rows that hold whole conversations: `messages` (`[{role, content}]`, as OpenAI and TRL write them) and `sharegpt`
 * (`[{from, value}]`).
 */
import type { ChatMessage } from '../../engine/engine.ts';
import { rowError, type SourceRow } from '../sources/row.ts';
import { type Converted, converted, kindOf } from './conversation.ts';

/** Names of roles that are in use for the four that chat templates know. */
const ROLES: Readonly<Record<string, ChatMessage['role']>> = {
  system: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  gpt: 'assistant',
  chatgpt: 'assistant',
  model: 'assistant',
  tool: 'tool',
  observation: 'tool',
};

/** Keys of a turn, by format. */
const KEYS = {
  messages: { role: 'role', content: 'content' },
  sharegpt: { role: 'from', content: 'value' },
} as const;

/** The list of turns in a column. Other columns are left alone, but for a `system` text beside the turns. */
export function chatRow(row: SourceRow, format: keyof typeof KEYS, column: string): Converted {
  const turns = row.values[column];
  if (!Array.isArray(turns)) {
    throw rowError(row, `column "${column}" holds ${kindOf(turns)}, not a list of turns.`, example(format));
  }
  const messages = turns.map((turn, index) => message(row, turn, index, format));
  const system = row.values['system'];
  if (typeof system === 'string' && system.trim() !== '' && messages[0]?.role !== 'system') {
    messages.unshift({ role: 'system', content: system });
  }
  return converted(messages, row);
}

function message(row: SourceRow, turn: unknown, index: number, format: keyof typeof KEYS): ChatMessage {
  const keys = KEYS[format];
  const fields = (typeof turn === 'object' && turn !== null ? turn : {}) as Record<string, unknown>;
  const name = fields[keys.role];
  const content = fields[keys.content];
  if (typeof name !== 'string' || typeof content !== 'string') {
    const wrong = typeof name === 'string' ? keys.content : keys.role;
    throw rowError(
      row,
      `turn ${index + 1}: "${wrong}" holds ${kindOf(fields[wrong])}, not text.`,
      example(format),
    );
  }
  const role = Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
  if (role === undefined) {
    throw rowError(
      row,
      `turn ${index + 1}: the role "${name}" is not known.`,
      `Known roles: ${Object.keys(ROLES).join(', ')}.`,
    );
  }
  return { role, content };
}

function example(format: keyof typeof KEYS): string {
  const { role, content } = KEYS[format];
  return `A turn looks like {"${role}": "user", "${content}": "..."}.`;
}
