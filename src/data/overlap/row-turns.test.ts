import { expect, it } from 'vitest';
import { chooseFormat } from '../formats/choose-format.ts';
import type { SourceRow } from '../sources/row.ts';
import { rowTurns } from './row-turns.ts';

const row = (values: SourceRow['values']): SourceRow => ({ values, file: 'rows.jsonl', row: 1 });
const sides = (values: SourceRow['values']): string[] => {
  const format = chooseFormat({ file: 'rows.jsonl' }, row(values));
  return rowTurns(row(values), format).map(({ side, text }) => `${side}: ${text}`);
};

it('what the model is given is a question, what it or a tool says is an answer', () => {
  const messages = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'How warm is it?' },
    { role: 'assistant', content: 'I look.' },
    { role: 'tool', content: '21' },
    { role: 'assistant', content: 'Warm.' },
  ];
  expect(sides({ messages })).toEqual([
    'question: Be brief.',
    'question: How warm is it?',
    'answer: I look.',
    'answer: 21',
    'answer: Warm.',
  ]);
});

it('a row that is no conversation is compared with every text in it, however deep', () => {
  const deep = { id: 7, parts: [{ text: 'one' }, ['two', ' ']], bytes: new Uint8Array([65]), none: null };
  expect(rowTurns(row(deep), undefined).map(({ side, text }) => `${side}: ${text}`)).toEqual([
    'question: one',
    'question: two',
  ]);
  expect(sides({ question: 'Why?', answer: null })).toEqual(['question: Why?']);
});

it('of a plain text what is learned counts: copies from two addresses are the same', () => {
  expect(sides({ text: 'It rains.', url: 'https://a.example' })).toEqual(['question: It rains.']);
});
