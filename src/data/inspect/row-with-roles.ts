/** A row as training renders it, with the role of every token. */
import type { KeptRow } from '../formats/conversation.ts';
import { renderText } from '../render/plain-text.ts';
import { renderRows, rowRoles, type TrainOn } from '../render/render.ts';
import type { NamedTemplate } from '../render/stand-in-template.ts';
import type { StageTools } from '../stage.ts';
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

/** The rows that a row becomes, in the order of its conversation. Throws RowFault for one that cannot be rendered. */
export function rowsWithRoles(row: KeptRow, { tools, template, trainOn }: RowRendering): RowWithRoles[] {
  const { tokenizer, eosTokens = [] } = tools;
  if (row.kind === 'conversation') {
    return renderRows(row.messages, template.template, tokenizer, trainOn).map(
      ({ ids, supervised, messages }) => ({
        ids,
        supervised,
        roles: rowRoles(row.messages.slice(0, messages), template.template, tokenizer),
      }),
    );
  }
  const { ids, supervised } = renderText(row.text, tokenizer, eosTokens);
  // Before the text stands what the tokenizer puts before every text, behind it the end-of-text token.
  const lead = ids.length - 1 - tokenizer.encode(row.text).length;
  const roles = Array.from(ids, (_, at): ShownRole => {
    if (at === ids.length - 1) return 'stop';
    return at < lead ? 'header' : 'text';
  });
  return [{ ids, supervised, roles }];
}

/** The roles of packed tokens: of the row that has these very ones, or more where it was cut; none where none has. */
export function rolesOf(
  ids: Int32Array,
  rows: readonly { readonly ids: ArrayLike<number>; readonly roles: readonly ShownRole[] }[],
): readonly ShownRole[] {
  return rows.find((row) => ids.every((id, index) => id === row.ids[index]))?.roles ?? [];
}
