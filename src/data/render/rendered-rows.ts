/**
 * Rows rendered before. The stages of a study draw from the same sources, and rendering a row takes several times as
 * long as all else that is done with it.
 */
import type { Tokenizer } from '../../checkpoint/checkpoint.ts';
import type { Conversation } from '../formats/conversation.ts';
import { type ConversationRow, renderRows, type TrainOn } from './render.ts';
import type { NamedTemplate } from './stand-in-template.ts';

/** Characters of conversations after which all are forgotten: some 30 MB with their tokens. */
const MOST = 8e6;

interface Rows {
  readonly known: Map<string, readonly ConversationRow[]>;
  characters: number;
}

/** For a tokenizer its rows by the template and what is supervised. */
const ROWS = new WeakMap<Tokenizer, Map<string, Rows>>();

/** As `renderRows`, which it calls for rows that are new to this tokenizer, template and supervision. */
export function renderedRows(
  messages: Conversation,
  { template, sha256 }: NamedTemplate,
  tokenizer: Tokenizer,
  trainOn: TrainOn,
): readonly ConversationRow[] {
  const rows = rowsOf(tokenizer, `${trainOn} ${sha256}`);
  const key = JSON.stringify(messages);
  const before = rows.known.get(key);
  if (before) return before;
  const rendered = renderRows(messages, template, tokenizer, trainOn);
  if (rows.characters > MOST) {
    rows.known.clear();
    rows.characters = 0;
  }
  rows.known.set(key, rendered);
  rows.characters += key.length;
  return rendered;
}

function rowsOf(tokenizer: Tokenizer, kind: string): Rows {
  const kinds = ROWS.get(tokenizer) ?? new Map<string, Rows>();
  ROWS.set(tokenizer, kinds);
  const rows = kinds.get(kind) ?? { known: new Map(), characters: 0 };
  kinds.set(kind, rows);
  return rows;
}
