import { expect, test } from 'vitest';
import { CHAT_RENDERS, namedTemplate } from '../../test/support/chat-renders.ts';
import { byteLevelTokenizer } from '../../test/support/tiny-tokenizer.ts';
import type { ChatMessage } from '../engine/engine.ts';
import { renderRow } from './render.ts';

test('answers that nobody asked to be learned are not counted as lost', () => {
  const { tokenizer } = byteLevelTokenizer(CHAT_RENDERS['extra tokens']);
  const messages: ChatMessage[] = ['one', 'two', 'three'].flatMap((said) => [
    { role: 'user', content: 'q' },
    { role: 'assistant', content: `<think>\nhm\n</think>\n\n${said}` },
  ]);
  // Qwen's template shows the first two without their thoughts.
  const render = (trainOn: 'assistant' | 'last') =>
    renderRow(messages, namedTemplate('qwen-thinking'), tokenizer, trainOn);
  expect([render('assistant').rewritten, render('last').rewritten]).toEqual([2, 0]);
  expect(render('last').supervised).toEqual(render('assistant').supervised);
});
