/**
 * Rows rendered before. The stages of a study draw from the same sources, and rendering a row takes several times as
 * long as all else that is done with it.
 */
import type { Tokenizer } from '../checkpoint/checkpoint.ts';
import type { Conversation } from './formats/conversation.ts';
import { type RenderedRow, renderRow } from './render.ts';
import type { NamedTemplate } from './stand-in-template.ts';

/** Characters of conversations after which all are forgotten: some 30 MB with their tokens. */
const MOST = 8e6;

interface Rows {
  readonly known: Map<string, RenderedRow>;
  characters: number;
}

/** For a tokenizer its rows by the template they were rendered with. */
const ROWS = new WeakMap<Tokenizer, Map<string, Rows>>();

/** As `renderRow`, which it calls for rows that are new to this tokenizer and template. */
export function renderedRow(
  messages: Conversation,
  { template, sha256 }: NamedTemplate,
  tokenizer: Tokenizer,
): RenderedRow {
  const rows = rowsOf(tokenizer, sha256);
  const key = JSON.stringify(messages);
  const before = rows.known.get(key);
  if (before) return before;
  const rendered = renderRow(messages, template, tokenizer);
  if (rows.characters > MOST) {
    rows.known.clear();
    rows.characters = 0;
  }
  rows.known.set(key, rendered);
  rows.characters += key.length;
  return rendered;
}

function rowsOf(tokenizer: Tokenizer, template: string): Rows {
  const templates = ROWS.get(tokenizer) ?? new Map<string, Rows>();
  ROWS.set(tokenizer, templates);
  const rows = templates.get(template) ?? { known: new Map(), characters: 0 };
  templates.set(template, rows);
  return rows;
}
