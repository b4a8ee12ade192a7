/**
 * One function turns a conversation into token ids and a supervision mask, so that what is trained is byte for byte
 * what is later prompted. It does not know any template: it renders the beginnings of the conversation with the
 * model's own template and reads off where the answers are.
 *
 * - The ids are the tokenizer's ids of the whole rendered text, up to the last supervised token (what would follow
 *   cannot change a loss). Before them stand the tokens that the tokenizer puts before every text, as when the model
 *   is prompted (`encodeText` of the engine), unless the template writes them itself.
 * - Supervised is every assistant turn: its text, and what the template writes after it up to the last character
 *   that is no white space (the end-of-turn token; ChatML's line feed after it is not).
 * - Never supervised: headers, system, user and tool text, and what the template puts between its generation prompt
 *   and the turn's own text, such as an empty pair of think tags. Only white space there is supervised, since the
 *   model must write it (Mistral's space before an answer). Thoughts that the row itself holds are its text and are
 *   supervised.
 * - A token that the border of an answer falls inside of is not supervised, and counted.
 * - Refused, with the row's place: a template whose generation prompt is not an exact beginning of the training
 *   text, that renders an answer otherwise once the conversation goes on, that changes an answer's text beyond
 *   trimming it, or that writes nothing after an answer (a model trained so would never stop).
 */
import type { ChatTemplate, Tokenizer } from '../checkpoint/checkpoint.ts';
import type { ChatMessage } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import { tokenBorder } from './token-borders.ts';

export interface RenderedRow {
  readonly ids: Int32Array;
  /** 1 where the token is supervised. */
  readonly supervised: Uint8Array;
  /** Assistant turns, and those whose last supervised token is a special token. */
  readonly turns: number;
  readonly stopTurns: number;
  /** Borders of answers that fall inside a token. */
  readonly straddled: number;
  /** Answers whose prompt has other tokens alone than inside the training text. */
  readonly promptDiffers: number;
}

/** Start and end of what is supervised, in characters (UTF-16 units) of the rendered text. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Throws UserError (without a place: the caller knows the row) as listed above. The last message is an assistant's. */
export function renderRow(
  messages: readonly ChatMessage[],
  template: ChatTemplate,
  tokenizer: Tokenizer,
): RenderedRow {
  const text = template.render(messages, { addGenerationPrompt: false });
  const spans = answerSpans(messages, text, template);
  const ids = tokenizer.encode(text);
  const leading = leadingTokens(tokenizer);
  const lead = leading.length > 0 && ids[0] === leading.at(-1) ? [] : leading;
  const mask = new Uint8Array(ids.length);
  let straddled = 0;
  let promptDiffers = 0;
  let stopTurns = 0;
  let used = 0;
  for (const span of spans) {
    const start = tokenBorder(tokenizer, text, ids, span.start);
    const end = tokenBorder(tokenizer, text, ids, span.end);
    straddled += Number(start.before !== start.after) + Number(end.before !== end.after);
    promptDiffers += Number(!start.sameAlone);
    // The first token has nothing before it to be predicted from.
    mask.fill(1, Math.max(lead.length > 0 ? 0 : 1, start.after), end.before);
    if (end.before > start.after && tokenizer.isSpecial(ids[end.before - 1]!)) stopTurns++;
    used = end.before;
  }
  return {
    ids: Int32Array.from([...lead, ...ids.slice(0, used)]),
    supervised: Uint8Array.from([...lead.map(() => 0), ...mask.subarray(0, used)]),
    turns: spans.length,
    stopTurns,
    straddled,
    promptDiffers,
  };
}

const LEADING = new WeakMap<Tokenizer, readonly number[]>();

/** The special tokens that a tokenizer puts before any text (a BOS, for most that put one). */
function leadingTokens(tokenizer: Tokenizer): readonly number[] {
  let leading = LEADING.get(tokenizer);
  if (leading === undefined) {
    const plain = tokenizer.encode('x');
    const whole = tokenizer.encode('x', { addSpecial: true });
    const at = whole.findIndex((_, index) => plain.every((id, offset) => whole[index + offset] === id));
    leading = whole.slice(0, Math.max(0, at));
    LEADING.set(tokenizer, leading);
  }
  return leading;
}

/** A word that no template looks for and no row holds: shows what a template writes around an answer. */
const PROBE = '\u{E000}carryover\u{E001}';

function answerSpans(messages: readonly ChatMessage[], text: string, template: ChatTemplate): Span[] {
  const spans: Span[] = [];
  for (const [index, message] of messages.entries()) {
    if (message.role !== 'assistant') continue;
    const before = messages.slice(0, index);
    const prompt = template.render(before, { addGenerationPrompt: true });
    if (!text.startsWith(prompt)) {
      throw refusal(
        index,
        'the prompt for this answer is not a beginning of the training text',
        prompt,
        text,
      );
    }
    const turn =
      index === messages.length - 1
        ? text.slice(prompt.length)
        : rest(template, [...before, message], prompt, index);
    const probe = rest(template, [...before, { role: 'assistant', content: PROBE }], prompt, index);
    const at = probe.indexOf(PROBE);
    if (at < 0)
      throw refusal(index, 'the template leaves out or changes the text of this answer', prompt, text);
    const closing = probe.slice(at + PROBE.length);
    const stop = closing.trimEnd();
    if (stop === '') {
      throw refusal(
        index,
        'the template writes nothing after an answer, so a model would never learn to stop',
        prompt,
        text,
      );
    }
    const written = writtenText(turn, probe.slice(0, at), message.content, closing);
    if (written === null)
      throw refusal(index, 'the template changes the text of this answer', prompt + message.content, text);
    const end = written.end + stop.length;
    if (!text.startsWith(turn.slice(0, end), prompt.length)) {
      throw refusal(
        index,
        'the template renders this answer otherwise once the conversation goes on',
        prompt + turn,
        text,
      );
    }
    spans.push({ start: prompt.length + written.start, end: prompt.length + end });
  }
  return spans;
}

/** What the template writes after the prompt when the conversation ends with the answer. */
function rest(
  template: ChatTemplate,
  messages: readonly ChatMessage[],
  prompt: string,
  index: number,
): string {
  const whole = template.render(messages, { addGenerationPrompt: false });
  if (whole.startsWith(prompt)) return whole.slice(prompt.length);
  throw refusal(index, 'the prompt for this answer is not a beginning of the training text', prompt, whole);
}

/** Where the answer's own text stands in its rendered turn, or null when it is not there as the row has it. */
function writtenText(turn: string, opening: string, content: string, closing: string): Span | null {
  for (const text of [content, content.trim(), content.trimStart(), content.trimEnd()]) {
    if (turn !== opening + text + closing) continue;
    return { start: opening.trim() === '' ? 0 : opening.length, end: opening.length + text.length };
  }
  // Templates that know thoughts take them out of the row's text and write them in their own layout.
  if (content.includes('</think>') && turn.endsWith(closing))
    return { start: 0, end: turn.length - closing.length };
  return null;
}

function refusal(index: number, what: string, expected: string, text: string): UserError {
  let same = 0;
  while (same < expected.length && expected[same] === text[same]) same++;
  const show = (from: string) => JSON.stringify(from.slice(Math.max(0, same - 20), same + 20));
  return new UserError(`turn ${index + 1}: ${what}.`, {
    remedy: `The chat template does not fit this row: expected ${show(expected)} where it writes ${show(text)}. Use rows with one answer each, or another chat template.`,
  });
}
