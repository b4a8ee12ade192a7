/** A row as training renders it, with the role of every token. */
import type { Converted } from '../formats/conversation.ts';
import { renderText } from '../plain-text.ts';
import { renderRow, rowRoles, type TrainOn } from '../render.ts';
import type { StageTools } from '../stage.ts';
import type { NamedTemplate } from '../stand-in-template.ts';
import type { ShownRole } from './shown-row.ts';

export interface RowRendering {
  readonly tools: Pick<StageTools, 'tokenizer' | 'eosTokens'>;
  readonly template: NamedTemplate;
  readonly trainOn: TrainOn;
}

export interface RowWithRoles {
  readonly ids: Int32Array;
  /** 1 where the token is supervised. */
  readonly supervised: Uint8Array;
  readonly roles: readonly ShownRole[];
}

export type KeptRow = Exclude<Converted, { kind: 'dropped' }>;

/** Throws RowFault for a conversation that cannot be rendered. */
export function rowWithRoles(row: KeptRow, { tools, template, trainOn }: RowRendering): RowWithRoles {
  const { tokenizer, eosTokens = [] } = tools;
  if (row.kind === 'conversation') {
    const { ids, supervised } = renderRow(row.messages, template.template, tokenizer, trainOn);
    return { ids, supervised, roles: rowRoles(row.messages, template.template, tokenizer) };
  }
  const { ids, supervised } = renderText(row.text, tokenizer, eosTokens);
  // Before the text stands what the tokenizer puts before every text, behind it the end-of-text token.
  const lead = ids.length - 1 - tokenizer.encode(row.text).length;
  const roles = Array.from(ids, (_, at): ShownRole => {
    if (at === ids.length - 1) return 'stop';
    return at < lead ? 'header' : 'text';
  });
  return { ids, supervised, roles };
}
