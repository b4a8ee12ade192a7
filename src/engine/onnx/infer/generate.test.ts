import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../../checkpoint/checkpoint.ts';
import { openCheckpoint } from '../../../checkpoint/open-checkpoint.ts';
import { Interrupted } from '../../../errors.ts';
import type { GenerateRequest, GenerateResult, Sampling } from '../../engine.ts';
import { type Decoder, openDecoder } from './decoder.ts';
import { generate } from './generate.ts';

const TEXTS = ['the sum of two', 'Hello', 'is not a prime and 12', '12 plus 30 makes', 'so', 'this one'];
const HEAD = `${'the sum of two numbers is not a prime and 12 plus 30 makes 42 so '.repeat(2)}`;

let checkpoint: Checkpoint;
let decoder: Decoder;
beforeAll(async () => {
  const ref = fileURLToPath(new URL('../../../../test/fixtures/models/llama', import.meta.url));
  checkpoint = await openCheckpoint({ ref });
  decoder = await openDecoder(checkpoint);
});
afterAll(async () => {
  await decoder.close();
  await checkpoint.close();
});

const request = (prompt: string, extra: Partial<GenerateRequest> = {}): GenerateRequest => ({
  id: prompt,
  prompt,
  stop: [],
  maxTokens: 20,
  ...extra,
});

async function run(
  requests: readonly GenerateRequest[],
  sampling?: Sampling,
  model = checkpoint,
): Promise<Map<string, GenerateResult>> {
  const results = new Map<string, GenerateResult>();
  await generate(model, decoder, requests, {
    onResult: (result) => results.set(result.id, result),
    ...(sampling ? { sampling } : {}),
  });
  return results;
}

describe('a text does not depend on its neighbours in the batch', () => {
  it.each([undefined, { temperature: 0.9, seed: 3 }, { temperature: 1.2, topP: 0.8, topK: 40 }])(
    'sampling %o',
    async (sampling) => {
      const alone = new Map<string, GenerateResult>();
      for (const text of TEXTS) alone.set(text, (await run([request(text)], sampling)).get(text)!);
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray(TEXTS, { minLength: 2 }), async (texts) => {
          const together = await run(
            texts.map((text) => request(text)),
            sampling,
          );
          for (const text of texts) expect(together.get(text)).toEqual(alone.get(text));
        }),
        { numRuns: 8, seed: 1 },
      );
    },
  );

  it('when rows end at different times and move up', async () => {
    const requests = TEXTS.map((text, at) => request(text, { maxTokens: 3 + 9 * ((at * 5) % 6) }));
    const together = await run(requests);
    for (const one of requests) expect((await run([one])).get(one.id)).toEqual(together.get(one.id));
  });

  it('in hundreds of any length and limit, in more batches than one', async () => {
    const words = HEAD.trim().split(' ');
    const made = Array.from({ length: 300 }, (_, at) =>
      request(`${at} ${words.slice(at % 7, (at % 7) + 1 + ((at * 11) % 17)).join(' ')}`, {
        maxTokens: 1 + ((at * 13) % 24),
        stop: at % 3 === 0 ? ['e', ' 1'] : [],
      }),
    );
    const alone = new Map<string, GenerateResult>();
    for (const one of made) alone.set(one.id, (await run([one])).get(one.id)!);
    expect(new Set([...alone.values()].map(({ finish }) => finish)).size).toBeGreaterThan(1);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(made, { minLength: 130 }), async (some) => {
        const together = await run(some);
        expect(together.size).toBe(some.length);
        for (const { id } of some) expect(together.get(id)).toEqual(alone.get(id));
      }),
      { numRuns: 4, seed: 1 },
    );
  });

  it('when the beginning of the prompts is computed once for all', async () => {
    const requests = Array.from({ length: 10 }, (_, at) => request(`${HEAD}${at} and ${TEXTS[at % 6]}`));
    const together = await run(requests);
    expect(together.size).toBe(10);
    for (const one of requests) expect((await run([one])).get(one.id)).toEqual(together.get(one.id));
  });
});

describe('texts that the caller has', () => {
  // Three units: those that share a beginning, and two batches of others.
  const requests = [
    ...Array.from({ length: 10 }, (_, at) => request(`${HEAD}${at} and so`, { maxTokens: 3 })),
    ...Array.from({ length: 140 }, (_, at) => request(`${at} ${TEXTS[at % 6]}`, { maxTokens: 1 + (at % 4) })),
  ];
  const ask = async (known?: ReadonlySet<string>) => {
    const units: string[][] = [];
    const results: GenerateResult[] = [];
    await generate(checkpoint, decoder, requests, {
      onResult: (result) => results.push(result),
      onUnit: (ids) => {
        // A unit is reported when all of its results are there.
        const given = new Set(results.map(({ id }) => id));
        expect(ids.filter((id) => !given.has(id))).toEqual([]);
        units.push([...ids]);
      },
      ...(known ? { known } : {}),
    });
    return { units, results };
  };

  it('are left out unit by unit, and change no other', async () => {
    const whole = await ask();
    expect(whole.units).toHaveLength(3);
    expect(whole.units.flat().sort()).toEqual(requests.map(({ id }) => id).sort());
    for (const units of [[0], [1], [0, 2], [0, 1, 2]]) {
      const known = new Set(units.flatMap((at) => whole.units[at]!));
      const rest = await ask(known);
      expect(rest.units).toEqual(whole.units.filter((_, at) => !units.includes(at)));
      expect(rest.results).toEqual(whole.results.filter(({ id }) => !known.has(id)));
    }
  });

  it('are written again where one of their unit is missing', async () => {
    const whole = await ask();
    const rest = await ask(new Set(whole.units.flat().slice(1)));
    expect(rest.units).toEqual([whole.units[0]]);
  });

  it('may be empty', async () => {
    const nothing = [request('so', { maxTokens: 0 })];
    const given: unknown[] = [];
    const options = { onResult: (result: unknown) => void given.push(result) };
    await generate(checkpoint, decoder, nothing, { ...options, onUnit: (ids) => void given.push(ids) });
    expect(given).toMatchObject([{ id: 'so' }, ['so']]);
    await generate(checkpoint, decoder, nothing, { ...options, known: new Set(['so']) });
    expect(given).toHaveLength(2);
  });
});

describe('the end of a text', () => {
  it('comes before a stop string that spans tokens, for every piece of the text', async () => {
    const free = (await run([request('the sum of two', { maxTokens: 30 })])).get('the sum of two')!;
    for (let at = 0; at + 3 <= free.text.length; at++) {
      const stop = free.text.slice(at, at + 3);
      const result = (await run([request('the sum of two', { maxTokens: 30, stop: ['absent', stop] })])).get(
        'the sum of two',
      )!;
      // Pieces of characters that are not complete yet decode to the replacement character, which later changes.
      if (stop.includes('\ufffd')) continue;
      expect(result).toMatchObject({ finish: 'stop', text: free.text.slice(0, free.text.indexOf(stop)) });
    }
  });

  it('is an end-of-text token, which is not part of the text', async () => {
    const free = (await run([request('so', { maxTokens: 6 })])).get('so')!;
    const third = checkpoint.tokenizer.encode(free.text)[2]!;
    const model = { ...checkpoint, config: { ...checkpoint.config, eosTokens: [third] } };
    const ended = (await run([request('so', { maxTokens: 6 })], undefined, model)).get('so')!;
    expect(ended.finish).toBe('eos');
    expect(ended.tokens.completion).toBeLessThanOrEqual(3);
  });

  it('is the limit, or the end of the context', async () => {
    const short = (await run([request('so', { maxTokens: 5 })])).get('so')!;
    expect(short).toMatchObject({ finish: 'length', tokens: { completion: 5 } });
    const prompt = checkpoint.tokenizer.encode('so', { addSpecial: true }).length;
    const long = (await run([request('so', { maxTokens: 1000 })])).get('so')!;
    expect(long).toMatchObject({ finish: 'length', tokens: { completion: 128 - prompt } });
  });

  it('comes before the first token when the limit is 0, beside others that write', async () => {
    const alone = (await run([request('so')])).get('so')!;
    const results = await run([request('Hello', { maxTokens: 0 }), request('so')]);
    expect(results.get('Hello')).toMatchObject({ finish: 'length', text: '', tokens: { completion: 0 } });
    expect(results.get('so')).toEqual(alone);
    expect((await run([request('so', { maxTokens: 0 })])).size).toBe(1);
    await expect(run([request('so', { maxTokens: -1 })])).rejects.toThrow(RangeError);
  });

  it('cuts an over-long prompt at its left and says by how much', async () => {
    const prompt = HEAD.repeat(3);
    const length = checkpoint.tokenizer.encode(prompt, { addSpecial: true }).length;
    const result = (await run([request(prompt)])).get(prompt)!;
    expect(result.tokens.prompt).toBe(128 - 20);
    expect(result.cutTokens).toBe(length - (128 - 20));
  });
});

describe('sampling', () => {
  it('repeats itself with the same seed and differs with another', async () => {
    const requests = TEXTS.map((text) => request(text));
    const a = await run(requests, { temperature: 1, seed: 1 });
    expect(await run(requests, { temperature: 1, seed: 1 })).toEqual(a);
    expect(await run(requests, { temperature: 1, seed: 2 })).not.toEqual(a);
  });
});

describe('what goes wrong', () => {
  it('stops between tokens when the signal aborts, after giving what is finished', async () => {
    const abort = new AbortController();
    const results: GenerateResult[] = [];
    const requests = [request('so', { maxTokens: 2 }), request('this one', { maxTokens: 100 })];
    const work = generate(checkpoint, decoder, requests, {
      onResult: (result) => {
        results.push(result);
        abort.abort();
      },
      signal: abort.signal,
    });
    await expect(work).rejects.toBeInstanceOf(Interrupted);
    expect(results.map(({ id }) => id)).toEqual(['so']);
  });

  it('refuses to answer from numbers that are not finite, naming model and request', async () => {
    const name = 'model.layers.1.mlp.down_proj.weight';
    const broken = await openDecoder({
      ...checkpoint,
      readTensor: async (tensor) => {
        const values = await checkpoint.readTensor(tensor);
        return tensor === name ? values.fill(Number.NaN) : values;
      },
    });
    const work = generate(checkpoint, broken, [request('so')], { onResult: () => {} });
    await expect(work).rejects.toThrow('the model llama gives numbers that are not finite for request so');
    await broken.close();
  });
});
