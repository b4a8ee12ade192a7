/** A row of training data token by token, as a person is shown it: in the terminal, on a page, as JSON. */
import type { Tokenizer } from '../../checkpoint/checkpoint.ts';
import type { TokenRole } from '../render/token-roles.ts';
import { tokenTexts } from './token-texts.ts';

/**
 * `text`: of a row that is no conversation. `unknown`: packed rows keep no roles, and the row could not be rendered
 * again from its source; or the row is left out.
 */
export type ShownRole = TokenRole | 'text' | 'unknown';

/** In the order of legends. */
export const SHOWN_ROLES: readonly ShownRole[] = [
  'header',
  'system',
  'user',
  'tool',
  'inserted',
  'assistant',
  'text',
  'stop',
  'unknown',
];

export interface ShownToken {
  readonly id: number;
  /** What it adds to the text; empty where it holds only the first part of a character. */
  readonly text: string;
  readonly role: ShownRole;
  readonly supervised: boolean;
  readonly special: boolean;
}

/** One example. Its tokens have the position ids from 0 on, in their order. */
export interface ShownDocument {
  /** Name of its source. */
  readonly source: string;
  /** Number in the source, from 1. */
  readonly row: number;
  /** From 1; left out where rows are not drawn. */
  readonly epoch?: number;
  /** All its tokens: `tokens` may be the first ones only. */
  readonly length: number;
  readonly tokens: readonly ShownToken[];
  /** Why it is left out or cut, as a sentence. */
  readonly note?: string;
}

/** One row of a batch, or a single example that is not packed. */
export interface ShownRow {
  readonly documents: readonly ShownDocument[];
  /** Places behind the documents, up to the length that is trained; 0 for what is not packed. */
  readonly padding: number;
}

/** The tokens of one example. The arrays are as long as each other; `roles` may be longer. */
export function shownTokens(
  ids: ArrayLike<number>,
  supervised: ArrayLike<number>,
  roles: readonly ShownRole[],
  tokenizer: Pick<Tokenizer, 'decode' | 'isSpecial'>,
): ShownToken[] {
  const list = Array.from(ids);
  const texts = tokenTexts(list, tokenizer);
  return list.map((id, index) => ({
    id,
    text: texts[index]!,
    role: roles[index] ?? 'unknown',
    supervised: supervised[index] === 1,
    special: tokenizer.isSpecial(id),
  }));
}

export interface RoleCount {
  readonly role: ShownRole;
  readonly tokens: number;
  readonly supervised: number;
}

/** Tokens by role, those shown; roles that do not occur are left out. */
export function roleCounts({ documents }: Pick<ShownRow, 'documents'>): RoleCount[] {
  const tokens = documents.flatMap((document) => document.tokens);
  return SHOWN_ROLES.map((role) => {
    const own = tokens.filter((token) => token.role === role);
    return { role, tokens: own.length, supervised: own.filter(({ supervised }) => supervised).length };
  }).filter((count) => count.tokens > 0);
}

/** Neighbours of one role that are all supervised or all not. */
export interface TokenRun {
  readonly role: ShownRole;
  readonly supervised: boolean;
  /** Position id of the first one. */
  readonly from: number;
  readonly tokens: readonly ShownToken[];
}

export function tokenRuns(tokens: readonly ShownToken[]): TokenRun[] {
  const runs: { role: ShownRole; supervised: boolean; from: number; tokens: ShownToken[] }[] = [];
  for (const [index, token] of tokens.entries()) {
    const last = runs.at(-1);
    if (last && last.role === token.role && last.supervised === token.supervised) last.tokens.push(token);
    else runs.push({ role: token.role, supervised: token.supervised, from: index, tokens: [token] });
  }
  return runs;
}
