import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dataArgument, divideTokens } from './data-argument.ts';

test('files, datasets and mixes', async () => {
  expect(await dataArgument('my.jsonl')).toEqual({ sources: { 'my.jsonl': { file: 'my.jsonl' } } });
  expect(await dataArgument('openai/gsm8k:main:train', 500)).toEqual({
    sources: { 'openai/gsm8k:main:train': { dataset: 'openai/gsm8k', config: 'main', split: 'train' } },
    parts: [{ source: 'openai/gsm8k:main:train', from: 0, tokens: 500 }],
  });
  expect(await dataArgument('0.3*a.jsonl, 0.7*tatsu-lab/alpaca', 101)).toEqual({
    sources: { 'a.jsonl': { file: 'a.jsonl' }, 'tatsu-lab/alpaca': { dataset: 'tatsu-lab/alpaca' } },
    parts: [
      { source: 'a.jsonl', from: 0, tokens: 30 },
      { source: 'tatsu-lab/alpaca', from: 0, tokens: 71 },
    ],
  });
});

test('what is refused', async () => {
  const said = async (text: string, tokens?: number) =>
    String(await dataArgument(text, tokens).catch(String)).split('\n')[0];
  expect([
    await said('gsm8k'),
    await said('0*a.jsonl', 5),
    await said('0.5*a.jsonl,0.5*b.jsonl'),
    await said('a.jsonl,a.jsonl'),
    await said(''),
  ]).toMatchInlineSnapshot(`
    [
      "Cannot read the data "gsm8k": it is neither a data file nor a dataset of the hub nor proc/TASK nor samples:FOLDER.",
      "Cannot read the data "0*a.jsonl": the weight must be a number above 0.",
      "Cannot read the data "0.5*a.jsonl,0.5*b.jsonl": weights need a number of supervised tokens to divide (--tokens).",
      "Cannot read the data "a.jsonl,a.jsonl": a.jsonl is named twice.",
      "Cannot read the data "": it is neither a data file nor a dataset of the hub nor proc/TASK nor samples:FOLDER.",
    ]
  `);
});

test('shares add up exactly and are less than one token from their weight', () => {
  const weights = fc.array(fc.double({ min: 0.001, max: 10, noNaN: true }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e7 }), weights, (tokens, all) => {
      const named = all.map((weight, index) => ({ source: `s${index}`, weight }));
      const parts = divideTokens(tokens, named);
      expect(parts.reduce((sum, part) => sum + part.tokens, 0)).toBe(tokens);
      const whole = all.reduce((sum, weight) => sum + weight, 0);
      for (const { source, weight } of named) {
        const share = parts.find((part) => part.source === source)?.tokens ?? 0;
        expect(Math.abs(share - (tokens * weight) / whole)).toBeLessThan(1 + 1e-6);
      }
    }),
  );
});
