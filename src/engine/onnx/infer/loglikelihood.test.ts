import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../../checkpoint/checkpoint.ts';
import { openCheckpoint } from '../../../checkpoint/open-checkpoint.ts';
import type { LoglikelihoodRequest, LoglikelihoodResult } from '../../engine.ts';
import { type Decoder, openDecoder } from './decoder.ts';
import { KvCache } from './kv-cache.ts';
import { loglikelihood } from './loglikelihood.ts';
import { encodePair } from './pair-tokens.ts';
import { passTensors, plainRow } from './row.ts';

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

const HEAD = 'the sum of two numbers is not a prime and 12 plus 30 makes 42 so the answer is this one. ';

async function run(
  requests: readonly LoglikelihoodRequest[],
  model = checkpoint,
): Promise<LoglikelihoodResult[]> {
  const results: LoglikelihoodResult[] = [];
  await loglikelihood(model, decoder, requests, { onResult: (result) => results.push(result) });
  return results;
}

/** The plain way: one sequence by itself, all its logits, softmax in float64. */
async function reference(
  model: Checkpoint,
  context: string,
  continuation: string,
): Promise<{ logprob: number; greedy: boolean; tokens: number }> {
  const { tokens, scored } = encodePair(model, context, continuation);
  const input = tokens.slice(0, -1);
  const cache = new KvCache(model.config, 1, input.length);
  const tensors = passTensors(cache, [plainRow(input)], 0, input.length);
  const heads = [...input.keys()].slice(-scored);
  const { logits } = await decoder.run({
    cache,
    from: 0,
    to: 1,
    write: [0],
    ...tensors,
    heads,
    logits: true,
  });
  const { vocabulary } = model.config;
  let logprob = 0;
  let greedy = true;
  heads.forEach((position, at) => {
    const row = logits.subarray(at * vocabulary, (at + 1) * vocabulary);
    const target = row[tokens[position + 1]!]!;
    logprob += target - Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0));
    greedy &&= target === Math.max(...row);
  });
  return { logprob, greedy, tokens: scored };
}

const REQUESTS: LoglikelihoodRequest[] = [
  // Several tokens, a common beginning among the choices, and one choice that is the beginning of another.
  ['12 plus 30 makes', [' 42', ' 43', ' 4', ' the sum of two', ' the sum']],
  // The context differs, the continuation is the same (as winogrande).
  ['so', [' the answer']],
  ['the prime', [' number ', ' numbers', 'x']],
  // A space at the context's end moves to the continuation.
  ['the answer is ', ['this one', 'there']],
  ['', ['the sum of', 'x']],
].map(([context, continuations], at) => ({
  id: `request ${at}`,
  pairs: (continuations as string[]).map((continuation) => ({ context: context as string, continuation })),
}));
const winogrande: LoglikelihoodRequest = {
  id: 'winogrande',
  pairs: ['one', 'two numbers'].map((word) => ({
    context: `the answer that ${word}`,
    continuation: ' gave was a prime',
  })),
};
const fewShot: LoglikelihoodRequest[] = Array.from({ length: 5 }, (_, at) => ({
  id: `few-shot ${at}`,
  pairs: ['42', '43', ' the sum'].map((continuation) => ({ context: `${HEAD}${at} plus`, continuation })),
}));

describe('one row for all choices, one prefix for all requests', () => {
  it('gives what each pair gives by itself', async () => {
    const requests = [...REQUESTS, winogrande, ...fewShot];
    const results = await run(requests);
    expect(results.map(({ id }) => id).sort()).toEqual(requests.map(({ id }) => id).sort());
    for (const { id, pairs } of requests) {
      const { choices } = results.find((result) => result.id === id)!;
      for (const [at, { context, continuation }] of pairs.entries()) {
        const alone = await reference(checkpoint, context, continuation);
        expect(choices[at]!.logprob).toBeCloseTo(alone.logprob, 4);
        expect(choices[at]).toMatchObject({ greedy: alone.greedy, tokens: alone.tokens });
      }
    }
  });

  it('also where a row is longer than a pass', async () => {
    const model: Checkpoint = { ...checkpoint, config: { ...checkpoint.config, context: 4096 } };
    const context = HEAD.repeat(50);
    const pairs = [' the sum', ' 42'].map((continuation) => ({ context, continuation }));
    const [result] = await run([{ id: 'long', pairs }], model);
    expect(result!.promptTokens).toBeGreaterThan(1500);
    for (const [at, { continuation }] of pairs.entries()) {
      const alone = await reference(model, context, continuation);
      expect(result!.choices[at]!.logprob).toBeCloseTo(alone.logprob, 3);
    }
  });

  it('keeps the rightmost tokens of what is too long and counts the others', async () => {
    const context = HEAD.repeat(5);
    const pairs = [' the sum', ' 42 '].map((continuation) => ({ context, continuation }));
    const [result] = await run([{ id: 'long', pairs }]);
    const { cut } = encodePair(checkpoint, context, ' 42 ');
    expect(cut).toBeGreaterThan(0);
    expect(result!.cutTokens).toBe(Math.max(cut, encodePair(checkpoint, context, ' the sum').cut));
    for (const [at, { continuation }] of pairs.entries()) {
      const alone = await reference(checkpoint, context, continuation);
      expect(result!.choices[at]!.logprob).toBeCloseTo(alone.logprob, 4);
    }
  });
});

describe('tokens of a pair', () => {
  it('are split where the context alone ends', () => {
    const { tokens, scored, cut } = encodePair(checkpoint, 'the sum ', 'of two');
    expect(tokens).toEqual(checkpoint.tokenizer.encode('the sum of two', { addSpecial: true }));
    expect(checkpoint.tokenizer.decode(tokens.slice(-scored))).toBe(' of two');
    expect(cut).toBe(0);
  });

  it('take along what Python calls white space at the end of the context, and nothing else', () => {
    const moved = encodePair(checkpoint, 'the sum', '\x85of two').scored;
    expect(encodePair(checkpoint, 'the sum\x85', 'of two').scored).toBe(moved);
    const stays = encodePair(checkpoint, 'the sum\ufeff', 'of two');
    expect(stays.scored).toBeLessThan(encodePair(checkpoint, 'the sum', '\ufeffof two').scored);
  });

  it('begin with BOS when there is no context', () => {
    const { tokens, scored } = encodePair(checkpoint, '', 'the');
    expect(tokens).toEqual([1, ...checkpoint.tokenizer.encode('the')]);
    expect(scored).toBe(tokens.length - 1);
  });

  it('must not be none', () => {
    expect(() => encodePair(checkpoint, 'the sum', '')).toThrow(
      'the continuation "" has no token of its own',
    );
  });
});

describe('choices that the caller has', () => {
  const long = Array.from({ length: 90 }, (_, at): LoglikelihoodRequest => {
    const context = `${at % 3 === 0 ? HEAD : ''}${at} the prime number is ${'so '.repeat(at % 13)}`;
    return {
      id: `item ${at}`,
      pairs: [' this', ' there'].map((continuation) => ({ context, continuation })),
    };
  });
  const requests = [{ id: 'empty', pairs: [] }, ...long];
  const ask = async (known?: ReadonlySet<string>) => {
    const units: string[][] = [];
    const results = new Map<string, LoglikelihoodResult>();
    await loglikelihood(checkpoint, decoder, requests, {
      onResult: (result) => results.set(result.id, result),
      onUnit: (ids) => {
        expect(ids.filter((id) => !results.has(id))).toEqual([]);
        units.push([...ids]);
      },
      ...(known ? { known } : {}),
    });
    return { units, results };
  };

  it('are left out unit by unit, and change no bit of the others', async () => {
    const whole = await ask();
    expect(whole.units.length).toBeGreaterThan(3);
    expect(whole.units.flat().sort()).toEqual(requests.map(({ id }) => id).sort());
    for (let from = 0; from <= whole.units.length; from++) {
      const known = new Set(whole.units.slice(0, from).flat());
      // One of a unit is not enough to leave it out.
      const more = new Set([...known, ...(whole.units[from]?.slice(1) ?? [])]);
      for (const some of [known, more]) {
        const rest = await ask(some);
        expect(rest.units).toEqual(whole.units.slice(from));
        for (const [id, result] of rest.results) expect(result).toEqual(whole.results.get(id));
        expect(rest.results.size).toBe(requests.length - known.size);
      }
    }
  });
});
