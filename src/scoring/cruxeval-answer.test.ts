import { expect, it } from 'vitest';
import { readAssertion } from './cruxeval-answer.ts';

it.each([
  ['the form of the prompt', '[ANSWER]\nassert f(1) == [2]\n[/ANSWER]', '1', '[2]'],
  ['a bracket in a comment', 'f([1, # one :)\n 2]) == 3', '[1, # one :)\n 2]', '3'],
  ['an apostrophe in a comment', "f(1) == [2, # that's it\n 3]", '1', "[2, # that's it\n 3]"],
  ['a hash inside a text', "f('#)') == '#'", "'#)'", "'#'"],
  ['a comment that never ends', 'f(1 # ) == 2', null, null],
  ['an apostrophe in words behind the value', "f(1) == (2) that's it", '1', '(2)'],
  ['a text that never ends', "f('a) == 2", null, null],
  ['a value alone', '[ANSWER]5[/ANSWER]', null, '5'],
])('reads %s', (_name, text, call, value) => {
  expect(readAssertion(text)).toEqual({ call, value });
});
