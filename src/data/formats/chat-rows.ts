/**
 * Rows that hold whole conversations: `messages` (`[{role, content}]`, as OpenAI and TRL write them) and `sharegpt`
 * (`[{from, value}]`). Tool calls, the tools of a row (column `tools`) and thoughts in a field of their own
 * (`reasoning_content`, `reasoning`, `thinking`) become text of their turns.
 */
import type { ChatMessage } from '../../engine/engine.ts';
import type { UserError } from '../../errors.ts';
import { rowError, type SourceRow } from '../sources/row.ts';
import { type Converted, converted, kindOf } from './conversation.ts';
import { taggedCall, withCalls, withTools } from './tool-text.ts';

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
  function: 'tool',
  function_response: 'tool',
  function_call: 'assistant',
};

/** Roles of ShareGPT whose value is a call: `{"name": ..., "arguments": ...}`. */
const CALL_ROLE = 'function_call';

/** Keys of a turn, by format. */
const KEYS = {
  messages: { role: 'role', content: 'content' },
  sharegpt: { role: 'from', content: 'value' },
} as const;

/**
 * Prompt and completion as lists of turns, as TRL has them (https://huggingface.co/docs/trl/dataset_formats). TRL learns
 * the completion alone: a prompt with an answer in it is refused, since here every answer is learned.
 */
export function chatPairRow(row: SourceRow): Converted {
  const turns = (column: string): ChatMessage[] => {
    const list = row.values[column];
    if (!Array.isArray(list)) {
      const other = column === 'prompt' ? 'completion' : 'prompt';
      throw rowError(
        row,
        `column "${column}" holds ${kindOf(list)}, and "${other}" a list of turns.`,
        'Write both as texts, or both as lists of turns.',
      );
    }
    return list.map((turn, index) => message(row, turn, index, 'messages'));
  };
  const prompt = turns('prompt');
  if (prompt.some(({ role }) => role === 'assistant')) {
    throw rowError(
      row,
      'the prompt holds an answer, which TRL does not learn and training here would.',
      'Write the rows as messages; with --train-on last (train_on: last) only the last answer is learned.',
    );
  }
  return withColumns([...prompt, ...turns('completion')], row);
}

/** The list of turns in a column. Other columns are left alone, but for a `system` text beside the turns. */
export function chatRow(row: SourceRow, format: keyof typeof KEYS, column: string): Converted {
  const turns = row.values[column];
  if (!Array.isArray(turns)) {
    throw rowError(row, `column "${column}" holds ${kindOf(turns)}, not a list of turns.`, example(format));
  }
  const messages = turns.map((turn, index) => message(row, turn, index, format));
  return withColumns(messages, row);
}

/** With what stands beside the turns: a system text, which a system turn overrules, and tools. */
function withColumns(messages: ChatMessage[], row: SourceRow): Converted {
  const { system, tools } = row.values;
  if (typeof system === 'string' && system.trim() !== '' && messages[0]?.role !== 'system') {
    messages.unshift({ role: 'system', content: system });
  }
  return converted(withSystemTools(messages, tools), row);
}

function withSystemTools(messages: ChatMessage[], tools: unknown): ChatMessage[] {
  const [first, ...rest] = messages;
  const before = first?.role === 'system' ? first.content : '';
  const content = withTools(before, tools);
  if (content === before) return messages;
  return [{ role: 'system', content }, ...(first?.role === 'system' ? rest : messages)];
}

function message(row: SourceRow, turn: unknown, index: number, format: keyof typeof KEYS): ChatMessage {
  const keys = KEYS[format];
  const fields = (typeof turn === 'object' && turn !== null ? turn : {}) as Record<string, unknown>;
  const name = fields[keys.role];
  const turnError = (what: string, remedy: string) => rowError(row, `turn ${index + 1}: ${what}`, remedy);
  if (typeof name !== 'string') {
    throw turnError(`"${keys.role}" holds ${kindOf(fields[keys.role])}, not text.`, example(format));
  }
  const role = Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
  if (role === undefined) {
    throw turnError(`the role "${name}" is not known.`, `Known roles: ${Object.keys(ROLES).join(', ')}.`);
  }
  const untrained = UNTRAINED.find((key) => fields[key] === 0 || fields[key] === false);
  if (role === 'assistant' && untrained !== undefined) {
    throw turnError(
      `"${untrained}" says that this answer shall not be learned, which is not supported.`,
      'Remove the field where the answer may be learned, and the row where it may not.',
    );
  }
  // OpenAI's earlier field holds one call.
  const calls = fields['tool_calls'] ?? (fields['function_call'] ? [fields['function_call']] : []);
  // An answer that is null says nothing, as the empty one does: the row is dropped and counted.
  const said = fields[keys.content] ?? (role === 'assistant' ? '' : fields[keys.content]);
  const content = Array.isArray(said) ? joinedParts(said, turnError) : said;
  if (typeof content !== 'string') {
    throw turnError(`"${keys.content}" holds ${kindOf(content)}, not text.`, example(format));
  }
  const written = Array.isArray(calls) ? withCalls(content, calls) : null;
  if (written === null) throw turnError('"tool_calls" holds a call without a name.', CALLS);
  const called = name === CALL_ROLE ? taggedCall(written) : written;
  if (role !== 'assistant') return { role, content: called };
  const thoughts = thoughtsOf(fields, keys.content, content, turnError);
  // An answer of thoughts alone says nothing: the row is dropped and counted.
  return { role, content: called.trim() === '' ? '' : withThoughts(called, thoughts) };
}

/** OpenAI's content in parts (`[{"type": "text", "text": ...}]`): the texts, one behind the other. */
function joinedParts(
  parts: readonly unknown[],
  turnError: (what: string, remedy: string) => UserError,
): string {
  const texts = parts.map((part) => {
    if (typeof part === 'string') return part;
    const { type, text } = (typeof part === 'object' && part !== null ? part : {}) as Record<string, unknown>;
    if (type === 'text' && typeof text === 'string') return text;
    const what = typeof type === 'string' && type !== 'text' ? `of type "${type}"` : 'that is no text';
    throw turnError(
      `"content" has a part ${what}.`,
      'Only texts can be learned: {"type": "text", "text": "..."}. Leave such rows out.',
    );
  });
  return texts.join('');
}

/** Names of the field that holds the thoughts of an answer: DeepSeek's and vLLM's, and that of gpt-oss. */
const THOUGHTS = ['reasoning_content', 'reasoning', 'thinking'];

const isWritten = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** Fields of a turn that other trainers read as "no loss here". */
const UNTRAINED = ['weight', 'train', 'loss'];

const CALLS = 'A call looks like {"function": {"name": "...", "arguments": {...}}}.';

/**
 * The thoughts of a turn that stand in a field; undefined where none does, or the content has the same ones already.
 * Two different ones are an error: one of them would be lost.
 */
function thoughtsOf(
  fields: Readonly<Record<string, unknown>>,
  contentKey: string,
  content: string,
  turnError: (what: string, remedy: string) => UserError,
): string | undefined {
  const named = THOUGHTS.filter((key) => isWritten(fields[key]));
  const texts = named.map((key) => (fields[key] as string).trim());
  const other = texts.findIndex((text) => text !== texts[0]);
  const clash = (second: string) =>
    turnError(
      `"${named[0]}" and ${second} hold different thoughts: which are meant?`,
      'Keep the ones that shall be learned, and remove the others.',
    );
  if (other > 0) throw clash(`"${named[other]}"`);
  if (named.length === 0 || !/<\/?think>/.test(content)) return texts[0];
  const inner = /^(?:\s*<think>)?([\s\S]*?)<\/think>/.exec(content)?.[1]?.trim();
  if (inner !== texts[0]) throw clash(`the <think> of "${contentKey}"`);
  return undefined;
}

/** The layout in which Qwen's template writes the field (https://huggingface.co/Qwen/Qwen3-0.6B, chat_template). */
function withThoughts(content: string, thoughts: string | undefined): string {
  if (thoughts === undefined) return content;
  return `<think>\n${thoughts}\n</think>\n\n${content.trimStart()}`;
}

function example(format: keyof typeof KEYS): string {
  const { role, content } = KEYS[format];
  return `A turn looks like {"${role}": "user", "${content}": "..."}.`;
}
