/** What of a training row is compared: every text in it, told apart by who says it. */
import { UserError } from '../../errors.ts';
import { type ChosenFormat, OtherFormat } from '../formats/choose-format.ts';
import type { Converted } from '../formats/conversation.ts';
import type { SourceRow } from '../sources/row.ts';

export interface Turn {
  /** `question`: what the model is given (user and system turns); `answer`: what it says, and what tools say to it. */
  readonly side: 'question' | 'answer';
  readonly text: string;
}

/**
 * The turns of a row. Of a plain text what is learned counts, as a question, and no other column (a web address, say). A
 * row that is neither (an empty answer, a prompt without one, a format that is not known:
 * `format` undefined) is compared all the same: each of its texts counts as a question. Throws OtherFormat for a row in
 * another format than its file, of which questions and answers would change places.
 */
export function rowTurns(row: SourceRow, format: ChosenFormat | undefined): Turn[] {
  const converted = format && convertedOf(row, format);
  if (converted?.kind === 'text') return [{ side: 'question', text: converted.text }];
  if (converted?.kind !== 'conversation')
    return textsIn(row.values).map((text) => ({ side: 'question', text }));
  return converted.messages.map(({ role, content }) => ({
    side: role === 'assistant' || role === 'tool' ? 'answer' : 'question',
    text: content,
  }));
}

function convertedOf(row: SourceRow, format: ChosenFormat): Converted | undefined {
  try {
    return format.convert(row);
  } catch (error) {
    if (error instanceof UserError && !(error instanceof OtherFormat)) return undefined;
    throw error;
  }
}

/** All texts inside a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return Object.values(value).flatMap(textsIn);
}
