import { expect, test } from 'vitest';
import { dataArgument } from './data-argument.ts';

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

test('files of a dataset by their path or pattern, and by a weight with them', async () => {
  const sources = async (text: string, tokens?: number) => (await dataArgument(text, tokens)).sources;
  expect(await sources('org/name:rows.json')).toEqual({
    'org/name:rows.json': { dataset: 'org/name', files: 'rows.json' },
  });
  expect(Object.values(await sources('2*org/name:main/test-*,a.jsonl', 30))).toEqual([
    { dataset: 'org/name', files: 'main/test-*' },
    { file: 'a.jsonl' },
  ]);
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
    await said('0.0001*a.jsonl,1*b.jsonl', 100),
    await said('-'),
    await said('folder/*.jsonl'),
  ]).toMatchInlineSnapshot(`
    [
      "Cannot read the data "gsm8k": it is neither a data file nor a mixture file nor a dataset of the hub nor proc/TASK nor samples:FOLDER.",
      "Cannot read the data "0*a.jsonl": the weight must be a number above 0.",
      "Cannot read the data "0.5*a.jsonl,0.5*b.jsonl": weights need a number of supervised tokens to divide (--tokens).",
      "Cannot read the data "a.jsonl,a.jsonl": a.jsonl is named twice.",
      "Cannot read the data "": it is neither a data file nor a mixture file nor a dataset of the hub nor proc/TASK nor samples:FOLDER.",
      "Cannot read the data "0.0001*a.jsonl,1*b.jsonl": of 100 tokens, a.jsonl would get none.",
      "-: This is a pipe or a device, not a file.",
      "Cannot read the data "folder/*.jsonl": it is a pattern, and patterns are only known in repositories of the hub.",
    ]
  `);
});
