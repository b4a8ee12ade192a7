import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import type { ModelConfig } from '../checkpoint.ts';
import { openCheckpoint } from '../open-checkpoint.ts';
import { applyTemplate, defaultTemplate } from './apply-template.ts';

const config = { eosTokens: [7], vocabulary: 400 } as unknown as ModelConfig;
const apply = (special: string[], name: Parameters<typeof applyTemplate>[1], eos?: string, ends = config) => {
  const { tokenizer, tokenizerJson } = byteLevelTokenizer(special);
  const tokenizerConfig = eos === undefined ? {} : { eos_token: eos };
  const given = applyTemplate('m', name, {
    tokenizer,
    tokenizerFiles: { tokenizerJson, tokenizerConfig },
    config: ends,
  });
  return { ...given, id: (token: string) => tokenizer.tokenId(token) };
};

describe('a template by name', () => {
  test('its stop token ends texts from then on, beside the model’s own', () => {
    const { config: given, id } = apply(['<|im_start|>', '<|im_end|>'], 'chatml');
    expect(given.eosTokens).toEqual([7, id('<|im_end|>')]);
    expect(apply(['</s>'], 'zephyr', '</s>').config.eosTokens).toHaveLength(2);
  });

  test('a model that names its end only in config.json gets it as eos_token, which templates write', () => {
    const { tokenizer } = byteLevelTokenizer(['</s>']);
    const ends = { ...config, eosTokens: [tokenizer.tokenId('</s>')!] };
    const given = apply(['</s>'], 'alpaca', undefined, ends);
    expect(given.tokenizerFiles.tokenizerConfig['eos_token']).toBe('</s>');
    expect(given.config.eosTokens).toEqual(ends.eosTokens);
  });

  test('missing tokens are named, with the templates that fit', () => {
    expect(() => apply(['<|im_start|>', '<|im_end|>', '<|eot_id|>'], 'llama-3')).toThrow(
      'The template llama-3 needs the special tokens <|start_header_id|>, <|end_header_id|>, which the tokenizer of m does not have.',
    );
    try {
      apply([], 'gemma');
    } catch (error) {
      expect(error).toMatchObject({ remedy: 'Templates that fit it: mistral, zephyr, alpaca, plain.' });
    }
    expect(() => apply([], 'plain', undefined, { ...config, eosTokens: [] })).toThrow('but m has none');
  });

  test('by default ChatML where its tokens are there, else headings', () => {
    expect(defaultTemplate(byteLevelTokenizer(['<|im_start|>', '<|im_end|>']).tokenizer)).toBe('chatml');
    expect(defaultTemplate(byteLevelTokenizer(['<|im_start|>']).tokenizer)).toBe('plain');
  });
});

test('an opened model has the template in its prompts, its files and its fingerprint', async () => {
  const ref = fileURLToPath(new URL('../../../models/seedling', import.meta.url));
  const own = await openCheckpoint({ ref });
  const named = await openCheckpoint({ ref, template: 'alpaca' });
  expect([own.chatTemplate?.name, named.chatTemplate?.name]).toEqual(['model', 'alpaca']);
  expect(
    named.chatTemplate?.render([{ role: 'user', content: '1 + 1?' }], { addGenerationPrompt: true }),
  ).toContain('### Instruction:\n1 + 1?\n\n### Response:\n');
  expect(named.tokenizerFiles.chatTemplate).toBe(named.chatTemplate?.source);
  expect(named.fingerprint).not.toBe(own.fingerprint);
  await own.close();
  await named.close();
});
