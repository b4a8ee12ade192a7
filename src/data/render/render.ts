/**
 * One function turns a conversation into rows of token ids with a supervision mask, so that what is trained is byte for
 * byte what is later prompted. It does not know any template: answer-spans.ts reads off where the answers are.
 *
 * - The ids are the tokenizer's ids of the whole rendered text (row-tokens.ts says where it is parted), up to the last
 *   supervised token: what would follow cannot change a loss. Before them stand the tokens that the tokenizer puts before
 *   every text, as when the model is prompted (`encodeText` of the engine), unless the template writes them itself.
 * - Supervised is an answer's text, and what the template writes after it up to the last character that is no white
 *   space (the end-of-turn token; ChatML's line feed after it is not). Which answers: see TrainOn.
 * - Never supervised but with `all`: headers, system, user and tool text, and what the template puts between its
 *   generation prompt and the turn's own text. Only white space there is supervised, since the model must write it
 *   (Mistral's space before an answer).
 * - Thoughts, by the example of Qwen 3. Thoughts that a row holds are its text and are supervised. An empty pair of
 *   think tags that the template inserts before an answer without thoughts is not: it stands for a prompt that asks
 *   for no thoughts, and is counted (`inserted`). Answers before the last that the template shows without their
 *   thoughts, or without the pair of tags that a prompt for them would have, are not supervised where they stand: no
 *   prompt would ever ask for them so. Each is supervised in a row that ends with it (`renderRows`).
 * - A token that the beginning of an answer falls inside of is not supervised, and counted.
 * - Every row is checked by decoding what is supervised (verify-row.ts). What does not fit is a RowFault, without a
 *   place: the caller knows the row.
 */
import type { ChatTemplate, Tokenizer } from '../../checkpoint/checkpoint.ts';
import type { ChatMessage } from '../../engine/engine.ts';
import { type AnswerSpan, type AnswerSpans, answerSpans, contentStart, renderFor } from './answer-spans.ts';
import { refuseControlTokens } from './control-tokens.ts';
import type { ExampleAnswer } from './example-answers.ts';
import { leadingTokens } from './leading-tokens.ts';
import { refuseOpenThoughts } from './open-thoughts.ts';
import { FAULT_WORDS, RowFault } from './row-fault.ts';
import { type RowTokens, rowTokens } from './row-tokens.ts';
import { type TokenRole, tokenRoles } from './token-roles.ts';
import { type TaughtAnswer, teachesAnswers } from './verify-row.ts';

/** Raise it when the same conversation, template and tokenizer give other ids or another mask: data steps depend on it. */
export const RENDERER_VERSION = 3;

/**
 * What is supervised: `assistant` every answer, `last` the last answer of a conversation, `all` the whole text from its
 * second token to the end of the last answer, headers and questions included.
 */
export const TRAIN_ON = ['assistant', 'last', 'all'] as const;
export type TrainOn = (typeof TRAIN_ON)[number];

export interface RenderedRow {
  readonly ids: Int32Array;
  /** 1 where the token is supervised. */
  readonly supervised: Uint8Array;
  /** Supervised answers. */
  readonly answers: readonly ExampleAnswer[];
  /** Answers of the conversation that no row of it supervises: none shows them as a model would write them. */
  readonly rewritten: number;
}

/** A row of a conversation, and its first messages that the row holds. */
export interface ConversationRow extends RenderedRow {
  readonly messages: number;
}

/**
 * The rows of a conversation: one, where every answer stands in it as a prompt asks for it. An answer that is shown
 * otherwise once it is answered (`unlike`) ends a row of its own: the conversation up to there. So each row teaches the
 * answers behind the last one that is not its own to teach, every answer is taught in one row, and behind exactly the
 * prompt, text and ids, that asks for it. With `all` a row's supervision begins with the first message behind that last
 * one (where the template does not say where that is, with the row's first answer). Answers that no row shows as they
 * are written stay unsupervised (`rewritten`). In the order of the conversation; the last row is the whole. Throws
 * RowFault where the last answer cannot be supervised, where a message's own text holds a control token, and where an
 * answer's thoughts are not closed. The last message is an assistant's.
 */
export function renderRows(
  messages: readonly ChatMessage[],
  template: ChatTemplate,
  tokenizer: Tokenizer,
  trainOn: TrainOn = 'assistant',
): readonly ConversationRow[] {
  refuseControlTokens(messages, tokenizer);
  refuseOpenThoughts(messages);
  const whole = layOut(messages, template, tokenizer);
  if (trainOn === 'last') return [rowOf(whole, whole.spans.slice(-1), tokenizer)];
  const rows: ConversationRow[] = [];
  let rewritten = 0;
  for (let laid: LaidOut | null = whole; laid !== null; ) {
    const last = laid.unlike.at(-1) ?? -1;
    const taught: readonly AnswerSpan[] = laid.spans.filter(({ message }) => message > last);
    const from: number | undefined =
      trainOn === 'all' ? supervisedFrom(laid, last, taught, template) : undefined;
    rows.unshift(rowOf(laid, taught, tokenizer, from));
    const next = beginning(messages, last, template, tokenizer);
    rewritten += next.rewritten;
    laid = next.laid;
  }
  return [...rows.slice(0, -1), { ...rows.at(-1)!, rewritten }];
}

/** The conversation up to its answer number `last`, or up to the nearest before it that can be supervised. */
function beginning(
  messages: readonly ChatMessage[],
  last: number,
  template: ChatTemplate,
  tokenizer: Tokenizer,
): { readonly laid: LaidOut | null; readonly rewritten: number } {
  let rewritten = 0;
  for (let end = last; end >= 0; end--) {
    if (messages[end]!.role !== 'assistant') continue;
    try {
      return { laid: layOut(messages.slice(0, end + 1), template, tokenizer), rewritten };
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      rewritten++;
    }
  }
  return { laid: null, rewritten };
}

/** Where the supervision of a row with all its text begins: behind the answer number `last`. */
function supervisedFrom(
  { messages, text }: LaidOut,
  last: number,
  taught: readonly AnswerSpan[],
  template: ChatTemplate,
): number {
  return last < 0 ? 0 : (contentStart(messages, last + 1, text, template) ?? taught[0]!.start);
}

/**
 * The row of a laid out conversation in which the answers `spans` are supervised, and with `allFrom` all text from this
 * place on up to the last of them.
 */
function rowOf(
  { messages, text, tokens, lead }: LaidOut,
  spans: readonly AnswerSpan[],
  tokenizer: Tokenizer,
  allFrom?: number,
): ConversationRow {
  const { ids } = tokens;
  const mask = new Uint8Array(ids.length);
  // The first token has nothing before it to be predicted from.
  const first = lead.length > 0 ? 0 : 1;
  const taught: TaughtAnswer[] = [];
  const facts: Pick<ExampleAnswer, 'straddled' | 'promptDiffers' | 'inserted'>[] = [];
  for (const span of spans) {
    const start = tokens.border(span.start);
    const end = tokens.border(span.end);
    if (end.before !== end.after) throw rowFault('stop-cut', span);
    facts.push({
      straddled: start.before !== start.after,
      promptDiffers: !start.sameAlone,
      inserted: span.inserted,
    });
    const from = Math.max(first, start.after);
    mask.fill(1, from, end.before);
    const cut = from > start.before ? tokenizer.decode(ids.slice(start.before, from)) : '';
    taught.push({ from, to: end.before, text: text.slice(span.start, span.end), cut });
  }
  if (!teachesAnswers(ids, mask, taught, tokenizer)) throw rowFault('misspelt', spans.at(-1)!);
  const used = taught.at(-1)!.to;
  if (allFrom !== undefined)
    mask.fill(1, allFrom === 0 ? first : Math.max(first, tokens.border(allFrom).after), used);
  const row = new Int32Array(lead.length + used);
  row.set(lead);
  row.set(ids.slice(0, used), lead.length);
  const supervised = new Uint8Array(row.length);
  supervised.set(mask.subarray(0, used), lead.length);
  return {
    messages: messages.length,
    ids: row,
    supervised,
    answers: taught.map(({ from, to }, index) => ({
      from: from + lead.length,
      to: to + lead.length,
      stops: tokenizer.isSpecial(ids[to - 1]!),
      ...facts[index]!,
    })),
    rewritten: 0,
  };
}

/**
 * The role of each token of the row that a whole conversation is, one for each of its ids: for whoever looks at a row,
 * since finding them takes several times as long as rendering it. Throws RowFault, as `renderRows`.
 */
export function rowRoles(
  messages: readonly ChatMessage[],
  template: ChatTemplate,
  tokenizer: Tokenizer,
): readonly TokenRole[] {
  const { text, spans, tokens, lead } = layOut(messages, template, tokenizer);
  const roles = tokenRoles(messages, text, tokens, spans, template);
  return [...lead.map((): TokenRole => 'header'), ...roles.slice(0, tokens.border(spans.at(-1)!.end).before)];
}

interface LaidOut extends Pick<AnswerSpans, 'spans'> {
  readonly messages: readonly ChatMessage[];
  readonly text: string;
  readonly tokens: RowTokens;
  /** Tokens that stand before those of the text. */
  readonly lead: readonly number[];
  /**
   * Numbers of the answers, in order and never the last, that stand here otherwise than a prompt asks for them: in
   * another text, or behind a prompt in other tokens.
   */
  readonly unlike: readonly number[];
}

/** The tokens do not depend on what is supervised. */
function layOut(messages: readonly ChatMessage[], template: ChatTemplate, tokenizer: Tokenizer): LaidOut {
  const text = renderFor(template, messages, false);
  const { spans, rewritten } = answerSpans(messages, text, template);
  const last = spans.at(-1)!;
  const laid = (tokens: RowTokens, unlike: readonly number[]): LaidOut => ({
    ...{ messages, text, spans, tokens, unlike },
    lead: leadingFor(tokenizer, tokens.ids),
  });
  const exact = rowTokens(tokenizer, text, [last.start]);
  if (exact.border(last.start).sameAlone) {
    const others = spans.filter(({ start }) => !exact.border(start).sameAlone).map(({ message }) => message);
    return laid(
      exact,
      [...rewritten, ...others].sort((a, b) => a - b),
    );
  }
  // No row of its own would help an answer here.
  return laid(
    rowTokens(
      tokenizer,
      text,
      spans.map(({ start }) => start),
    ),
    rewritten,
  );
}

function rowFault(reason: 'stop-cut' | 'misspelt', span: AnswerSpan): RowFault {
  return new RowFault(
    reason,
    `turn ${span.message + 1}: ${FAULT_WORDS[reason]}.`,
    reason === 'stop-cut'
      ? 'The tokenizer has no token of its own for what ends an answer: use another chat template (training.template in a study, --template of train).'
      : 'The tokenizer cannot spell this row, or a border of the answer is not where its tokens are: change the row.',
  );
}

/** The tokens that stand before the ids of a text: none where the text brings its own BOS. */
function leadingFor(tokenizer: Tokenizer, ids: readonly number[]): readonly number[] {
  const leading = leadingTokens(tokenizer);
  return leading.length > 0 && ids[0] === leading.at(-1) ? [] : leading;
}
