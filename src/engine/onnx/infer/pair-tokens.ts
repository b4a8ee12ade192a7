/** How a context and its continuation become tokens, step by step as lm-evaluation-harness does it. */
import type { Checkpoint } from '../../../checkpoint/checkpoint.ts';
import { pythonRstrip } from '../../../text/python-text.ts';
import { ImpossibleRequest } from '../../impossible-request.ts';
import type { ScoredSequence } from './row.ts';

export interface EncodedPair extends ScoredSequence {
  /** Tokens cut off at the left because the model's context is too short. */
  readonly cut: number;
}

/** A text as the model's tokenizer gives it, without a second BOS where a template has written one already. */
export function encodeText({ tokenizer, config }: Checkpoint, text: string): number[] {
  const ids = tokenizer.encode(text, { addSpecial: true });
  const { bosToken } = config;
  return bosToken !== undefined && ids[0] === bosToken && ids[1] === bosToken ? ids.slice(1) : ids;
}

/**
 * lm-evaluation-harness, `TemplateLM._encode_pair` and `loglikelihood`: white space at the end of the context (as
 * Python has it) moves to the continuation; both together are encoded and split at the length of the encoded context; an
 * empty context is the BOS (or EOS) token; of what is too long the rightmost `context + 1` tokens stay.
 * `known`: tokens of contexts seen before, which the choices of a question have in common.
 * Throws ImpossibleRequest for a continuation with no tokens or too many, and for no context where there is no token for
 * it.
 */
export function encodePair(
  checkpoint: Checkpoint,
  context: string,
  continuation: string,
  known: Map<string, readonly number[]> = new Map(),
): EncodedPair {
  const bare = pythonRstrip(context);
  const whole = context.slice(bare.length) + continuation;
  const { tokens, scored } =
    bare === '' ? withoutContext(checkpoint, whole) : split(checkpoint, bare, whole, known);
  if (scored === 0)
    throw new ImpossibleRequest(`the continuation ${JSON.stringify(continuation)} has no token of its own`);
  const most = checkpoint.config.context + 1;
  if (scored >= most)
    throw new ImpossibleRequest(
      `a continuation of ${scored} tokens does not fit into the model's context of ${most - 1}`,
    );
  const cut = Math.max(0, tokens.length - most);
  return { tokens: tokens.slice(cut), scored, cut };
}

function split(
  checkpoint: Checkpoint,
  context: string,
  continuation: string,
  known: Map<string, readonly number[]>,
): ScoredSequence {
  const before = known.get(context) ?? encodeText(checkpoint, context);
  known.set(context, before);
  const both = encodeText(checkpoint, context + continuation);
  const after = both.slice(before.length);
  return { tokens: [...before, ...after], scored: after.length };
}

function withoutContext({ tokenizer, config }: Checkpoint, text: string): ScoredSequence {
  const ids = tokenizer.encode(text, { addSpecial: false });
  const start = config.bosToken ?? config.eosTokens[0];
  if (start === undefined)
    throw new ImpossibleRequest('an empty context needs a model with a BOS or an EOS token', {
      remedy: 'Put some text before the continuation.',
    });
  if (ids[0] === start) return { tokens: ids, scored: ids.length - 1 };
  return { tokens: [start, ...ids], scored: ids.length };
}
