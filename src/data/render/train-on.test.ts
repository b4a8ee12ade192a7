import { expect, test } from 'vitest';
import { CHAT_RENDERS, namedTemplate } from '../../../test/support/chat-renders.ts';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import type { ChatMessage } from '../../engine/engine.ts';
import { renderRows } from './render.ts';

test('where a template shows earlier answers otherwise, each asked for has an example of its own, and no other', () => {
  const { tokenizer } = byteLevelTokenizer(CHAT_RENDERS['extra tokens']);
  const messages: ChatMessage[] = ['one', 'two', 'three'].flatMap((said) => [
    { role: 'user', content: 'q' },
    { role: 'assistant', content: `<think>\nhm\n</think>\n\n${said}` },
  ]);
  // Qwen's template shows the first two without their thoughts.
  const render = (trainOn: 'assistant' | 'last') =>
    renderRows(messages, namedTemplate('qwen-thinking'), tokenizer, trainOn);
  const [all, last] = [render('assistant'), render('last')];
  expect(all.map(({ rewritten }) => rewritten)).toEqual([0, 0, 0]);
  expect(last).toHaveLength(1);
  expect(last[0]!.rewritten).toBe(0);
  expect(last[0]!.supervised).toEqual(all.at(-1)!.supervised);
});
