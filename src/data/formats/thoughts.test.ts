/** Thoughts of answers, in a field of their own and in tags: none is lost without a word. */
import { expect, test } from 'vitest';
import { chooseFormat } from './choose-format.ts';

function said(turn: Record<string, unknown>): string {
  const messages = [
    { role: 'user', content: 'x' },
    { role: 'assistant', ...turn },
  ];
  const row = { values: { messages }, file: 'rows.jsonl', row: 3, line: 4 };
  try {
    const converted = chooseFormat({ file: 'rows.jsonl' }, row).convert(row);
    return converted.kind === 'conversation' ? converted.messages.at(-1)!.content : JSON.stringify(converted);
  } catch (error) {
    return String(error);
  }
}

const EMPTY = '{"kind":"dropped","reason":"empty-answer"}';

test('different thoughts in two places are an error that names both', () => {
  expect(said({ content: 'y', reasoning_content: 'a', thinking: 'b' })).toMatchInlineSnapshot(`
    "rows.jsonl:4: turn 2: "reasoning_content" and "thinking" hold different thoughts: which are meant?
      Keep the ones that shall be learned, and remove the others."
  `);
  for (const content of ['<think>b</think>y', 'b</think>y', '<think>a', 'So <think>a</think>y']) {
    expect(said({ content, reasoning: 'a' })).toContain(
      'turn 2: "reasoning" and the <think> of "content" hold different thoughts',
    );
  }
});

test('the same thoughts in two places are written once', () => {
  expect(said({ content: 'y', reasoning_content: 'a', reasoning: ' a\n' })).toBe('<think>\na\n</think>\n\ny');
  for (const content of ['<think>\na\n</think>\n\ny', 'a</think>y']) {
    expect(said({ content, reasoning: 'a' })).toBe(content);
  }
});

test('thoughts without an answer are an empty answer', () => {
  for (const turn of [
    { content: '', reasoning_content: 'a' },
    { content: null, thinking: 'a' },
    { content: ' \n', reasoning: 'a' },
    { content: '<think>a</think>' },
    { content: 'a\n</think>\n' },
    { content: '\n<think>\na\n</think>\n\n' },
  ]) {
    expect(said(turn)).toBe(EMPTY);
  }
  for (const content of [
    'Well. <think>a</think>',
    '<think>a</think>y<think>b</think>',
    'seven y',
    '</think>y',
  ]) {
    expect(said({ content })).toBe(content);
  }
  const call = { function: { name: 'f', arguments: {} } };
  expect(said({ content: '', reasoning: 'a', tool_calls: [call] })).toBe(
    '<think>\na\n</think>\n\n<tool_call>\n{"name": "f", "arguments": {}}\n</tool_call>',
  );
});
