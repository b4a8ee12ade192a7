import { expect, it } from 'vitest';
import type { ModelSession } from '../engine/engine.ts';
import { askChunk } from './ask.ts';
import type { Request } from './request.ts';

it('ends with a reason when the pieces of a chunk are answered, but with nothing that is a number', async () => {
  const session = {
    loglikelihood: async (requests, { onResult }) => {
      if (requests.length > 1) throw new Error('no memory');
      for (const { id } of requests)
        onResult({ id, choices: [{ logprob: Number.NaN, greedy: false, tokens: 1 }], promptTokens: 1 });
    },
  } as Pick<ModelSession, 'loglikelihood'> as ModelSession;
  const pairs = [{ context: 'Is it so?', continuation: ' yes' }];
  const chunk = ['a', 'b'].map((id) => ({ kind: 'choice', request: { id, pairs } }) as unknown as Request);
  // Not `rejects.toThrow`, which a rejection with undefined satisfies.
  const reason = await askChunk(session, chunk).catch((error: unknown) => String(error));
  expect(reason).toBe('Error: the log-probability of choice 0 is NaN');
});
