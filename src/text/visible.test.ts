import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cells, visible } from './visible.ts';

describe('visible text', () => {
  test.each([
    ['a b', 'a·b'],
    ['\n\n', '⏎⏎'],
    ['\ta\r', '⇥a␍'],
    ['\u001b[31mred', '<U+001B>[31mred'],
    ['\u202eabc', '<U+202E>abc'],
    ['\u200b', '<U+200B>'],
    ['\u00a0', '<U+00A0>'],
    ['\ud800', '<U+D800>'],
    ['naïve 你好 🙂', 'naïve·你好·🙂'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('holds nothing that a terminal obeys, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Z}\p{Cs}]/u);
      }),
    );
  });
});

test.each([
  ['abc', 3],
  ['你好', 4],
  ['🙂', 2],
  ['e\u0301', 1],
  ['⏎·', 2],
])('%j takes %i cells', (text, width) => {
  expect(cells(text)).toBe(width);
});
