/** Renders plain text for training: no template, everything supervised, and the model's end-of-text token behind it. */
import type { Tokenizer } from '../../checkpoint/checkpoint.ts';
import { UserError } from '../../errors.ts';
import { leadingTokens } from './leading-tokens.ts';
import type { RenderedRow } from './render.ts';
import { FAULT_WORDS, RowFault } from './row-fault.ts';
import { spells } from './verify-row.ts';

/**
 * The tokens that the tokenizer puts before every text (unsupervised), those of the text, and `eosTokens[0]`
 * (supervised: a text that ends is to be learned as one). Without tokens before it the first token is unsupervised,
 * since nothing precedes it. Throws UserError when the model has no end-of-text token, and RowFault when the tokens do
 * not spell the text.
 */
export function renderText(text: string, tokenizer: Tokenizer, eosTokens: readonly number[]): RenderedRow {
  const end = eosTokens[0];
  if (end === undefined) {
    throw new UserError('The model has no end-of-text token to end a plain text with.', {
      remedy: 'Add an eos_token_id to its config.json.',
    });
  }
  const plain = tokenizer.encode(text);
  if (!spells(tokenizer.decode(plain), text)) {
    const what = FAULT_WORDS.misspelt;
    throw new RowFault('misspelt', `${what}.`, 'The tokenizer cannot spell this text: change the row.');
  }
  const lead = leadingTokens(tokenizer);
  const ids = Int32Array.from([...lead, ...plain, end]);
  const from = Math.max(1, lead.length);
  const supervised = new Uint8Array(ids.length).fill(1, from);
  const plainly = { stops: true, straddled: false, promptDiffers: false, inserted: false };
  return { ids, supervised, answers: [{ from, to: ids.length, ...plainly }], rewritten: 0 };
}
