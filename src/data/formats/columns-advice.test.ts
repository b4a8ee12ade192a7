import { expect, test } from 'vitest';
import type { SourceRow } from '../sources/row.ts';
import { chooseFormat } from './choose-format.ts';

const row = (values: Record<string, unknown>): SourceRow => ({ values, file: 'rows.jsonl', row: 3, line: 4 });
function said(values: Record<string, unknown>): string {
  try {
    return chooseFormat({ file: 'rows.jsonl' }, row(values)).name;
  } catch (error) {
    return String(error);
  }
}

test('a known column of the wrong kind is named', () => {
  expect(said({ question: 42, answer: 'x' })).toContain('column "question" holds a number, not text.');
  expect(said({ question: 'x', answer: ['y'] })).toContain('column "answer" holds a list, not text.');
  expect(said({ instruction: null, output: 'x' })).toContain('column "instruction" holds null, not text.');
  const prompt = [{ role: 'user', content: 'x' }];
  expect(said({ prompt, completion: 'y' })).toContain(
    'column "completion" holds a string, and "prompt" a list of turns.',
  );
});

test('columns are proposed only where names say what they are', () => {
  const proposed = (values: Record<string, unknown>) => /--columns (\S+)\./.exec(said(values))?.[1];
  expect(proposed({ id: 'a', answers: ['x'], problem: 'p', topic: 't', solution: 3 })).toBe(
    'prompt=problem,completion=solution',
  );
  expect(proposed({ prompt: 'p', id: 3, chosen: 'c', rejected: 'r' })).toBe(
    'prompt=prompt,completion=chosen',
  );
  // The wrong choices of SciQ must not be proposed, whatever their place.
  const sciq = { question: 'q', distractor3: 'd', distractor1: 'e', correct_answer: 'a', support: 's' };
  expect(proposed(sciq)).toBe('prompt=question,completion=correct_answer');
  expect(proposed({ Question: 'q', id: 3, Answer: 'a' })).toBe('prompt=Question,completion=Answer');
  for (const values of [
    { p: 'p', id: 3, r: 'r' },
    { question: 'q', id: 3, distractor: 'd' },
    { id: 'i', answer: 'a', topic: 't' },
    { prompt: 'p', id: 3, rejected: 'r' },
  ]) {
    expect(proposed(values)).toBe('prompt=COLUMN,completion=COLUMN');
  }
  expect(said({ p: 'p', id: 3, r: 'r' })).toContain('Columns of text: p, r.');
  expect(said({ prompt: 'p', chosen: [{}], rejected: 'r' })).toContain('No two columns hold text');
});
