/** Whose words a rendered conversation's tokens are: for the eyes of a person, never for the mask. */
import type { ChatTemplate } from '../../checkpoint/checkpoint.ts';
import type { ChatMessage } from '../../engine/engine.ts';
import { type AnswerSpan, renderFor } from './answer-spans.ts';
import { RowFault } from './row-fault.ts';
import type { RowTokens } from './row-tokens.ts';

/**
 * `header`: what the template writes around the texts. `inserted`: what it writes before an answer and the prompt for
 * that answer lacks. `stop`: what ends a supervised answer.
 */
export type TokenRole = ChatMessage['role'] | 'header' | 'inserted' | 'stop';

interface Piece {
  readonly role: TokenRole;
  readonly start: number;
  readonly end: number;
}

/**
 * One role for each of the tokens of `text`, which is `messages` rendered. `spans`: the answers whose places are
 * known. A token that holds some of a message's own text is that text's, whatever else is in it.
 */
export function tokenRoles(
  messages: readonly ChatMessage[],
  text: string,
  tokens: RowTokens,
  spans: readonly AnswerSpan[],
  template: ChatTemplate,
): TokenRole[] {
  const roles = tokens.ids.map((): TokenRole => 'header');
  const found = pieces(messages, text, spans, template);
  const own = ({ role }: Piece): boolean => role === 'stop' || role === 'inserted';
  for (const { role, start, end } of found.filter(own))
    roles.fill(role, tokens.border(start).after, tokens.border(end).before);
  for (const { role, start, end } of found.filter((piece) => !own(piece)))
    if (end > start) roles.fill(role, tokens.border(start).before, tokens.border(end).after);
  return roles;
}

function pieces(
  messages: readonly ChatMessage[],
  text: string,
  spans: readonly AnswerSpan[],
  template: ChatTemplate,
): Piece[] {
  const frame = frameOf(messages, template);
  const found: Piece[] = [];
  let at = 0;
  // A frame's next part begins with what stops an answer; a search begins behind it.
  let behind = 0;
  for (const [index, { role, content }] of messages.entries()) {
    const span = spans.find(({ message }) => message === index);
    if (span) {
      if (span.inserted) found.push({ role: 'inserted', start: span.prompt, end: span.start });
      found.push(
        { role, start: span.start, end: span.stop },
        { role: 'stop', start: span.stop, end: span.end },
      );
      at = span.stop;
      behind = span.end;
      continue;
    }
    // Where the frame does not lead any further (a template that rewrites thoughts), the text is looked for.
    const framed = frame?.[index];
    const here =
      framed !== undefined && text.startsWith(framed, at) ? at + framed.length : Math.max(at, behind);
    const said = [content, content.trim(), withoutThoughts(content)].find(
      (one) => one !== '' && text.includes(one, here),
    );
    if (said === undefined) continue;
    const start = text.indexOf(said, here);
    found.push({ role, start, end: start + said.length });
    at = start + said.length;
  }
  return found;
}

const END = '</think>';

/** What templates show of an earlier answer that they show without its thoughts. */
function withoutThoughts(content: string): string {
  const at = content.lastIndexOf(END);
  return at < 0 ? content : content.slice(at + END.length).trim();
}
/** What the template writes before each message's text, read off from a rendering of marks in the texts' place. */
function frameOf(messages: readonly ChatMessage[], template: ChatTemplate): readonly string[] | undefined {
  const mark = (index: number) => `\u{E000}${index}\u{E001}`;
  try {
    const marked = messages.map(({ role }, index) => ({ role, content: mark(index) }));
    let rest = renderFor(template, marked, false);
    return messages.map((_, index) => {
      const [before = '', ...behind] = rest.split(mark(index));
      rest = behind.join(mark(index));
      return before;
    });
  } catch (error) {
    if (error instanceof RowFault) return undefined;
    throw error;
  }
}
