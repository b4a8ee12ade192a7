import { expect, it } from 'vitest';
import type { ModelSession } from '../engine/engine.ts';
import { ImpossibleRequest } from '../engine/impossible-request.ts';
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

/** An engine at the edge of the product that answers what `fault` says nothing about. */
const engine = (fault: (id: string, calls: number) => Error | undefined): ModelSession => {
  let calls = 0;
  return {
    loglikelihood: async (requests, { onResult }) => {
      calls++;
      for (const { id } of requests) {
        const error = fault(id, calls);
        if (error) throw error;
        onResult({ id, choices: [{ logprob: -1, greedy: false, tokens: 1 }], promptTokens: 1 });
      }
    },
  } as Pick<ModelSession, 'loglikelihood'> as ModelSession;
};
const chunkOf = (...ids: string[]) =>
  ids.map((id) => ({ kind: 'choice', request: { id, pairs: [] } }) as unknown as Request);

it('gives a reason for the only request of a chunk when it fails, as for one among others', async () => {
  const alone = await askChunk(
    engine(() => new Error('does not fit')),
    chunkOf('a'),
  );
  expect(alone).toEqual({ answers: [{ id: 'a', failure: 'does not fit' }], together: false });
  const among = await askChunk(
    engine((id) => (id === 'b' ? new Error('no') : undefined)),
    chunkOf('a', 'b'),
  );
  expect(among.answers).toMatchObject([
    { id: 'a', promptTokens: 1 },
    { id: 'b', failure: 'no' },
  ]);
});

it('asks the only request of a chunk again: a failure that passes leaves no trace', async () => {
  const passing = engine((_, calls) => (calls === 1 ? new Error('for a moment') : undefined));
  expect(await askChunk(passing, chunkOf('a'))).toMatchObject({
    answers: [{ id: 'a', promptTokens: 1 }],
    together: true,
  });
});

it('ends with the reason when all of several requests fail, unless each of them is impossible by itself', async () => {
  const impossible = new ImpossibleRequest('too many tokens');
  const { answers } = await askChunk(
    engine(() => impossible),
    chunkOf('a', 'b'),
  );
  expect(answers).toEqual(['a', 'b'].map((id) => ({ id, failure: 'too many tokens' })));
  const broken = engine((id) => (id === 'a' ? impossible : new Error('no memory')));
  await expect(askChunk(broken, chunkOf('a', 'b'))).rejects.toThrow('no memory');
});
