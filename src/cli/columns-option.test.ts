import { expect, test } from 'vitest';
import { columnsOption } from './columns-option.ts';

test('columns on the command line', () => {
  expect(columnsOption('prompt=problem,completion=the solution')).toEqual({
    prompt: 'problem',
    completion: 'the solution',
  });
  expect(columnsOption('completion=a, prompt=q, system=s')).toEqual({
    prompt: 'q',
    completion: 'a',
    system: 's',
  });
  for (const text of [
    '',
    'problem',
    'prompt=q',
    'prompt=q,answer=a',
    'prompt=q,completion=',
    'prompt=q,prompt=r,completion=a',
  ])
    expect(() => columnsOption(text)).toThrow('not prompt=COLUMN,completion=COLUMN');
});
