import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CHAT_RENDERS, namedTemplate, withExtraTokens } from '../../../test/support/chat-renders.ts';
import { openCheckpoint } from '../open-checkpoint.ts';
import { TEMPLATE_NAMES, TEMPLATES } from './templates.ts';

const cases = (name: string) => CHAT_RENDERS.cases.filter(({ template }) => template === name);
const partOf = ({ conversation, messages }: (typeof CHAT_RENDERS.cases)[number]) => {
  const all = CHAT_RENDERS.conversations[conversation]!;
  return { messages: all.slice(0, messages), addGenerationPrompt: messages < all.length };
};

describe.each(TEMPLATE_NAMES.filter((name) => name !== 'plain'))('%s', (name) => {
  test('writes what transformers writes with the original template', () => {
    expect(cases(name).length).toBeGreaterThan(15);
    for (const one of cases(name)) {
      const { messages, addGenerationPrompt } = partOf(one);
      const text = namedTemplate(name).render(messages, { addGenerationPrompt });
      expect(`${one.conversation}: ${text}`).toBe(`${one.conversation}: ${one.text}`);
    }
  });
});

test('the texts have transformers’ ids with the tokenizer of the model in the box', () => {
  const file = new URL('../../../models/seedling/tokenizer.json', import.meta.url);
  const tokenizer = withExtraTokens(readFileSync(file, 'utf8'));
  for (const { text, ids } of CHAT_RENDERS.cases) expect(tokenizer.encode(text)).toEqual(ids.seedling);
});

const model = process.env['CARRYOVER_TEST_MODEL'];
test.skipIf(!model)('and with the real model’s tokenizer (needs CARRYOVER_TEST_MODEL)', async () => {
  const { tokenizerFiles, close } = await openCheckpoint({ ref: model! });
  const tokenizer = withExtraTokens(tokenizerFiles.tokenizerJson);
  for (const { text, ids } of CHAT_RENDERS.cases) expect(tokenizer.encode(text)).toEqual(ids.smollm2);
  await close();
});

test('mistral keeps the system text in the first question, where the original would move or lose it', () => {
  const { render } = namedTemplate('mistral');
  const messages = CHAT_RENDERS.conversations['system text, two questions']!;
  expect(render(messages, { addGenerationPrompt: false })).toBe(
    '<s>[INST] Be brief.\n\n1 + 1?[/INST] 2</s>[INST] 2 + 2?[/INST] 4</s>',
  );
});

test('the documentation has a row for each, with the tokens that it needs', () => {
  const docs = readFileSync(new URL('../../../docs/rendering.md', import.meta.url), 'utf8').replaceAll(
    '\\|',
    '|',
  );
  for (const name of TEMPLATE_NAMES) {
    const row = docs.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
    expect([...(row?.matchAll(/`(<[^`]*>)`/g) ?? [])].map(([, token]) => token)).toEqual([
      ...TEMPLATES[name].needs,
    ]);
    expect(row).toBeDefined();
  }
});

test('templates that have no place for the output of tools refuse it', () => {
  const messages = CHAT_RENDERS.conversations['tools']!;
  const refusing = TEMPLATE_NAMES.filter((name) => {
    try {
      return namedTemplate(name).render(messages, { addGenerationPrompt: false }) === '';
    } catch (error) {
      expect(String(error)).toContain('no place for the output of tools');
      return true;
    }
  });
  expect(refusing).toEqual(['mistral', 'gemma', 'zephyr', 'alpaca']);
});
