import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { renderRow } from '../../../test/support/last-row.ts';
import { openCheckpoint } from '../../checkpoint/open-checkpoint.ts';
import type { ChatMessage } from '../../engine/engine.ts';

const model = process.env['CARRYOVER_TEST_MODEL'];
describe.skipIf(!model)('the real model’s template and tokenizer (needs CARRYOVER_TEST_MODEL)', () => {
  const vectors = JSON.parse(
    readFileSync(
      new URL('../../../test/fixtures/smollm2-135m-instruct-q4_1.vectors.json', import.meta.url),
      'utf8',
    ),
  ) as {
    chat: { messages: ChatMessage[]; addGenerationPrompt: boolean; text: string; ids: number[] }[];
    train: { rows: { ids: number[]; mask: number[] }[] };
  };

  test('prompts equal those of transformers, and training rows begin with them', async () => {
    const { tokenizer, chatTemplate, close } = await openCheckpoint({ ref: model! });
    for (const { messages, addGenerationPrompt, text, ids } of vectors.chat) {
      expect(chatTemplate!.render(messages, { addGenerationPrompt })).toBe(text);
      if (!addGenerationPrompt) continue;
      const row = renderRow([...messages, { role: 'assistant', content: 'hello' }], chatTemplate!, tokenizer);
      expect([...row.ids].slice(0, ids.length)).toEqual(ids);
      expect(tokenizer.decode([...row.ids].slice(ids.length))).toBe('hello<|im_end|>');
    }
    await close();
  });

  test('training rows and masks equal those of the reference', async () => {
    const { tokenizer, chatTemplate, close } = await openCheckpoint({ ref: model! });
    for (const { ids, mask } of vectors.train.rows) {
      const [, user, answer] = tokenizer
        .decode(ids)
        .match(/<\|im_start\|>user\n([\s\S]*?)<\|im_end\|>\n<\|im_start\|>assistant\n([\s\S]*)<\|im_end\|>/)!;
      const row = renderRow(
        [
          { role: 'user', content: user! },
          { role: 'assistant', content: answer! },
        ],
        chatTemplate!,
        tokenizer,
      );
      expect([...row.ids]).toEqual(ids);
      expect([...row.supervised]).toEqual(mask);
    }
    await close();
  });
});
