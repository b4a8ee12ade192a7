/** A converted row in the columns of a format: the other way round from `choose-format.ts`. */
import type { ChatMessage } from '../../engine/engine.ts';
import type { FormatName } from '../source-spec.ts';
import { rowError, type SourceRow } from '../sources/row.ts';
import type { Conversation, KeptRow } from './conversation.ts';
import { joinedInput } from './pair-rows.ts';

type Columns = Record<string, unknown>;

/** How ShareGPT names the roles. */
const SPEAKERS: Readonly<Record<ChatMessage['role'], string>> = {
  system: 'system',
  user: 'human',
  assistant: 'gpt',
  tool: 'observation',
};

const WRITERS: Readonly<Record<FormatName, (kept: KeptRow, row: SourceRow) => Columns>> = {
  messages: (kept, row) => ({ messages: conversation(kept, row) }),
  sharegpt: (kept, row) => ({
    conversations: conversation(kept, row).map(({ role, content }) => ({
      from: SPEAKERS[role],
      value: content,
    })),
  }),
  alpaca: (kept, row) => {
    const { prompt, completion, system } = pair(kept, row);
    return { ...asked(prompt, row), output: completion, ...system };
  },
  'prompt-completion': (kept, row) => {
    const { prompt, completion, system } = pair(kept, row);
    return { prompt, completion, ...system };
  },
  'question-answer': (kept, row) => {
    const { prompt, completion, system } = pair(kept, row);
    if (system !== undefined) throw unfit(row, 'has a system turn, for which the format has no column');
    return { question: prompt, answer: completion };
  },
  text: (kept, row) => {
    if (kept.kind === 'text') return { text: kept.text };
    throw rowError(
      row,
      'this row is a conversation, which is no plain text before a model’s template is known.',
      'Choose another format (--to messages): training renders it with the model’s own template.',
    );
  },
};

/**
 * The columns of a row in a format, so that reading them gives the same conversation or text again. Throws UserError
 * with the row's place when the format has no room for it.
 */
export function writeRow(format: FormatName, kept: KeptRow, row: SourceRow): Columns {
  return WRITERS[format](kept, row);
}

/** Instruction and input, apart as they were where the row is Alpaca's already. */
function asked(
  prompt: string,
  { values }: SourceRow,
): { readonly instruction: string; readonly input: string } {
  const { instruction, input } = values;
  const apart =
    typeof instruction === 'string' &&
    typeof input === 'string' &&
    prompt === joinedInput(instruction, input);
  return apart ? { instruction, input } : { instruction: prompt, input: '' };
}

function conversation(kept: KeptRow, row: SourceRow): Conversation {
  if (kept.kind === 'conversation') return kept.messages;
  throw rowError(row, 'this row is plain text and no conversation.', 'Choose --to text.');
}

function pair(
  kept: KeptRow,
  row: SourceRow,
): { readonly prompt: string; readonly completion: string; readonly system?: { readonly system: string } } {
  const messages = conversation(kept, row);
  const [first, ...rest] = messages;
  const system = first?.role === 'system' ? { system: first.content } : undefined;
  const [question, answer, ...more] = system === undefined ? messages : rest;
  if (question?.role !== 'user' || answer?.role !== 'assistant' || more.length > 0) {
    throw unfit(row, 'has other turns than one question and one answer');
  }
  return { prompt: question.content, completion: answer.content, ...(system ? { system } : {}) };
}

function unfit(row: SourceRow, why: string): Error {
  return rowError(
    row,
    `this row ${why}.`,
    'Choose a format of whole conversations: --to messages or --to sharegpt.',
  );
}
