import { type ConversationRow, renderRows } from '../../src/data/render/render.ts';

/** The last row of a conversation: the whole of it. */
export const renderRow = (...given: Parameters<typeof renderRows>): ConversationRow =>
  renderRows(...given).at(-1)!;
