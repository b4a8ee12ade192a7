/**
 * Where a conversation's answers stand in its rendered text. No template is known here: the beginnings of the
 * conversation are rendered with it, and what the prompt for an answer lacks is the answer.
 */
import type { ChatTemplate } from '../../checkpoint/checkpoint.ts';
import type { ChatMessage } from '../../engine/engine.ts';
import { UserError } from '../../errors.ts';
import { pythonStrip } from '../../text/python-text.ts';
import { RowFault } from './row-fault.ts';

/** One supervised answer: places are characters (UTF-16 units) of the rendered text. */
export interface AnswerSpan {
  /** Number of its message, from 0. */
  readonly message: number;
  /** Where its prompt ends: less than `start` where the template inserts something. */
  readonly prompt: number;
  readonly start: number;
  /** Where the answer's own text ends, and what stops it begins. */
  readonly stop: number;
  /** Behind the last character of what stops it that is no white space. */
  readonly end: number;
  /** The template writes something before the answer that its prompt lacks (an empty pair of think tags). */
  readonly inserted: boolean;
}

export interface AnswerSpans {
  readonly spans: readonly AnswerSpan[];
  /** Numbers of the messages whose answers the text shows otherwise than a model would write them; never the last. */
  readonly rewritten: readonly number[];
}

/** A word that no template looks for and no row holds: shows what a template writes around an answer. */
const PROBE = '\u{E000}carryover\u{E001}';

/**
 * Throws RowFault when the last answer cannot be supervised. Earlier ones that cannot are left out and named:
 * templates that strip thoughts from the history, or that move the system text to the latest question, show them as no
 * prompt would.
 */
export function answerSpans(
  messages: readonly ChatMessage[],
  text: string,
  template: ChatTemplate,
): AnswerSpans {
  const spans: AnswerSpan[] = [];
  const rewritten: number[] = [];
  const last = messages.length - 1;
  for (const [index, message] of messages.entries()) {
    if (message.role !== 'assistant') continue;
    try {
      spans.push(answerSpan(messages, index, text, template));
    } catch (error) {
      if (index === last || !(error instanceof RowFault)) throw error;
      rewritten.push(index);
    }
  }
  return { spans, rewritten };
}

function answerSpan(
  messages: readonly ChatMessage[],
  index: number,
  text: string,
  template: ChatTemplate,
): AnswerSpan {
  const before = messages.slice(0, index);
  const { content } = messages[index]!;
  const misfit = (reason: Misfit, expected: string, written: string): RowFault =>
    fault(index, reason, expected, written);
  const prompt = renderFor(template, before, true);
  if (!text.startsWith(prompt)) throw misfit('prompt-differs', prompt, text);
  const whole =
    index === messages.length - 1 ? text : renderFor(template, messages.slice(0, index + 1), false);
  const turn = whole.slice(prompt.length);
  const layouts = layoutsOf(template);
  const roles = before.map(({ role }) => role).join(' ');
  let layout = layouts.get(roles);
  if (layout === undefined || !fitsAlone(turn, layout, content)) {
    layout = turnLayout(before, prompt, template, misfit);
    layouts.set(roles, layout);
  }
  const { opening, closing } = layout;
  const stop = closing.trimEnd();
  if (stop === '') throw misfit('no-stop', prompt + content, text);
  const written = writtenText(turn, opening, content, closing);
  if (written === null) throw misfit('answer-changed', prompt + opening + content, whole);
  const end = written.end + stop.length;
  // A later prompt must show this answer as it was written, or the text would teach what no model writes there.
  if (!text.startsWith(turn.slice(0, end), prompt.length))
    throw misfit('answer-changed', prompt + turn, text);
  return {
    message: index,
    prompt: prompt.length,
    start: prompt.length + written.start,
    stop: prompt.length + written.end,
    end: prompt.length + end,
    inserted: written.start > 0,
  };
}

/**
 * Where the text of message `index` begins in the conversation's rendered text, which is where whatever is before it
 * ends; undefined where the template does not show it there.
 */
export function contentStart(
  messages: readonly ChatMessage[],
  index: number,
  text: string,
  template: ChatTemplate,
): number | undefined {
  const probed = messages.map((message, at) => (at === index ? { ...message, content: PROBE } : message));
  const shown = renderFor(template, probed, false);
  const at = shown.indexOf(PROBE);
  return at >= 0 && text.startsWith(shown.slice(0, at)) ? at : undefined;
}

/** What a template writes between the prompt for an answer and the answer, and behind it. */
interface TurnLayout {
  readonly opening: string;
  readonly closing: string;
}

/** The layouts that were found last, by the roles of the messages before the answer. */
const LAYOUTS = new WeakMap<ChatTemplate, Map<string, TurnLayout>>();

function layoutsOf(template: ChatTemplate): Map<string, TurnLayout> {
  const layouts = LAYOUTS.get(template) ?? new Map<string, TurnLayout>();
  LAYOUTS.set(template, layouts);
  return layouts;
}

/**
 * Whether a turn can have no other layout than this one, which spares rendering the conversation once more: it is
 * opening, content and closing, and the content stands at no other place in it.
 */
function fitsAlone(turn: string, { opening, closing }: TurnLayout, content: string): boolean {
  return (
    turn.length === opening.length + content.length + closing.length &&
    turn.startsWith(opening) &&
    turn.endsWith(closing) &&
    turn.indexOf(content) === opening.length &&
    turn.lastIndexOf(content) === opening.length &&
    content !== '' &&
    pythonStrip(content) === content
  );
}

function turnLayout(
  before: readonly ChatMessage[],
  prompt: string,
  template: ChatTemplate,
  misfit: (reason: Misfit, expected: string, written: string) => RowFault,
): TurnLayout {
  const probed = renderFor(template, [...before, { role: 'assistant', content: PROBE }], false);
  if (!probed.startsWith(prompt)) throw misfit('prompt-differs', prompt, probed);
  const at = probed.indexOf(PROBE, prompt.length);
  if (at < 0) throw misfit('answer-changed', prompt + PROBE, probed);
  return { opening: probed.slice(prompt.length, at), closing: probed.slice(at + PROBE.length) };
}

/** Where the answer's own text stands in its rendered turn, or null when it is not there as the row has it. */
function writtenText(
  turn: string,
  opening: string,
  content: string,
  closing: string,
): { readonly start: number; readonly end: number } | null {
  if (!turn.endsWith(closing)) return null;
  const end = turn.length - closing.length;
  const said = turn.slice(opening.length, end);
  if (turn.startsWith(opening) && end >= opening.length && isTrimmed(said, content)) {
    // White space before an answer is for the model to write (Mistral's space).
    return { start: opening.trim() === '' ? 0 : opening.length, end };
  }
  // Templates that know thoughts take them out of the row's text and write them in a layout of their own.
  return content.includes('</think>') && inked(turn.slice(0, end)) === inked(content)
    ? { start: 0, end }
    : null;
}

/** `said` is `content`, or what is left of it when white space at its ends is taken away. */
function isTrimmed(said: string, content: string): boolean {
  return said === content || (pythonStrip(said) === pythonStrip(content) && content.includes(said));
}

/** A text without its white space. */
export function inked(text: string): string {
  return text.replace(/\s+/g, '');
}

const MISFITS = {
  'prompt-differs': 'the prompt for this answer is not a beginning of the training text',
  'answer-changed': 'the template leaves out or changes the text of this answer',
  'no-stop': 'the template writes nothing after an answer, so a model would never learn to stop',
} as const;
type Misfit = keyof typeof MISFITS;

function fault(index: number, reason: Misfit, expected: string, text: string): RowFault {
  let same = 0;
  while (same < expected.length && expected[same] === text[same]) same++;
  const show = (from: string) =>
    JSON.stringify(from.slice(Math.max(0, same - 20), same + 20).replace(PROBE, '(the answer)'));
  return new RowFault(
    reason,
    `turn ${index + 1}: ${MISFITS[reason]}.`,
    `The chat template does not fit this row: expected ${show(expected)} where it writes ${show(text)}. ${ANOTHER}`,
  );
}

const ANOTHER =
  'Use another chat template (training.template in a study, --template of train), or change the row.';

/** Renders for training. Throws RowFault where the template refuses the conversation. */
export function renderFor(
  template: ChatTemplate,
  messages: readonly ChatMessage[],
  addGenerationPrompt: boolean,
): string {
  try {
    return template.render(messages, { addGenerationPrompt });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new RowFault('template-refuses', error.message, ANOTHER, error);
  }
}
