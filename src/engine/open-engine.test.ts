import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../errors.ts';
import type { ModelSession } from './engine.ts';
import { engineFor, openModel } from './open-engine.ts';

const folder = fileURLToPath(new URL('../../test/fixtures/models/', import.meta.url));

describe('a session', () => {
  let session: ModelSession;
  beforeAll(async () => {
    session = await openModel({ ref: `${folder}llama` });
  });
  afterAll(() => session.close());

  it('says what it is', () => {
    expect(session.description).toEqual({
      name: 'llama',
      parameters: expect.any(Number),
      context: 128,
      template: 'model',
    });
  });

  it('renders conversations with the model’s own template', () => {
    const messages = [{ role: 'user', content: 'so' }] as const;
    expect(session.renderChat(messages, { addGenerationPrompt: true })).toBe(
      '<|im_start|>user\nso<|im_end|>\n<|im_start|>assistant\n',
    );
  });

  it('counts the tokens that a prompt will have, BOS included once', () => {
    expect(session.countTokens('so')).toBe(session.countTokens('<s>so'));
    expect(session.countTokens('')).toBe(1);
  });

  it('has another fingerprint with an adapter, and gives other numbers', async () => {
    const adapted = await openModel({ ref: `${folder}llama`, adapter: `${folder}llama-lora` });
    expect(adapted.fingerprint).not.toBe(session.fingerprint);
    const logprobs: number[] = [];
    for (const model of [session, adapted])
      await model.loglikelihood(
        [{ id: 'one', pairs: [{ context: 'the sum of', continuation: ' two numbers' }] }],
        { onResult: ({ choices }) => logprobs.push(choices[0]!.logprob) },
      );
    expect(Math.abs(logprobs[0]! - logprobs[1]!)).toBeGreaterThan(0.1);
    await adapted.close();
  });
});

describe('what cannot be opened', () => {
  it('is an error that the user can mend', async () => {
    expect(() => engineFor({ ref: 'openai:http://localhost:8000/v1#qwen' })).toThrow(UserError);
    await expect(openModel({ ref: `${folder}nothing-here` })).rejects.toThrow(UserError);
  });
});
