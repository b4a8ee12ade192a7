import { expect, test } from 'vitest';
import { answerCounts } from '../../../test/support/answer-counts.ts';
import { CHAT_RENDERS, namedTemplate, writtenTemplate } from '../../../test/support/chat-renders.ts';
import { renderRow } from '../../../test/support/last-row.ts';
import { byteLevelTokenizer, metaspaceTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import type { TemplateName } from '../../checkpoint/templates/templates.ts';
import type { ChatMessage } from '../../engine/engine.ts';

const SPECIAL = CHAT_RENDERS['extra tokens'];

test('a prompt has the tokens that it has alone, where a border would fall inside a token or merge otherwise', () => {
  const { tokenizer } = byteLevelTokenizer(SPECIAL);
  const taught = (name: TemplateName, content: string) => {
    const messages: ChatMessage[] = [
      { role: 'user', content: 'q' },
      { role: 'assistant', content },
    ];
    const used = namedTemplate(name);
    const row = renderRow(messages, used, tokenizer);
    const prompt = tokenizer.encode(used.render(messages.slice(0, 1), { addGenerationPrompt: true }));
    expect([...row.ids].slice(0, prompt.length)).toEqual(prompt);
    expect(answerCounts(row)).toMatchObject({ straddled: 0, promptDiffers: 0 });
    return [...row.ids].filter((_, index) => row.supervised[index] === 1).map((id) => tokenizer.decode([id]));
  };
  // Header and answer would share a token of two line feeds.
  expect(taught('chatml', '\n\n12')).toEqual(['\n', '\n', '12', '<|im_end|>']);
  // The header's two line feeds would be parted before a word.
  expect(taught('llama-3', 'a')).toEqual(['a', '<|eot_id|>']);
});

test('where parts do not spell the whole, a token on the border is not supervised, and counted', () => {
  const { tokenizer } = metaspaceTokenizer(SPECIAL);
  const used = writtenTemplate(
    `{% for m in messages %}{% if m.role == 'user' %}{{ m.content + ' h' }}{% else %}{{ m.content + '</s>' }}{% endif %}{% endfor %}`,
  );
  const row = renderRow(
    [
      { role: 'user', content: 'q' },
      { role: 'assistant', content: 'ello' },
    ],
    used,
    tokenizer,
  );
  expect(answerCounts(row)).toMatchObject({ straddled: 1, promptDiffers: 1 });
  expect(tokenizer.decode([...row.ids].filter((_, index) => row.supervised[index] === 1))).toBe('o</s>');
});

test('a BOS that the tokenizer writes before every prompt is there in training too, once', () => {
  const messages: ChatMessage[] = [
    { role: 'user', content: 'q' },
    { role: 'assistant', content: 'a' },
  ];
  const { tokenizer } = byteLevelTokenizer(SPECIAL, '<s>');
  for (const used of [namedTemplate('chatml'), namedTemplate('llama-3')]) {
    const row = renderRow(messages, used, tokenizer);
    const prompt = used.render(messages.slice(0, 1), { addGenerationPrompt: true });
    const prompted = tokenizer.encode(prompt.replace('<s>', ''), { addSpecial: true });
    expect([...row.ids].slice(0, prompted.length)).toEqual(prompted);
    expect(prompted.filter((id) => id === tokenizer.tokenId('<s>'))).toHaveLength(1);
    expect([...row.supervised].indexOf(1)).toBe(prompted.length);
    expect(row.ids.length - prompted.length).toBe(2);
  }
});
