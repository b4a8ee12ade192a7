import { expect, test } from 'vitest';
import { converted } from './conversation.ts';

test('turns behind the last answer are left out and told', () => {
  const row = { values: {}, file: 'rows.jsonl', row: 1 };
  const answered = [
    { role: 'user', content: 'x' },
    { role: 'assistant', content: 'y' },
  ] as const;
  expect(converted(answered, row)).toEqual({ kind: 'conversation', messages: answered });
  const open = [{ role: 'tool', content: 'z' } as const, { role: 'user', content: '' } as const];
  expect(converted([...answered, ...open], row)).toEqual({
    kind: 'conversation',
    messages: answered,
    unanswered: 2,
  });
});
