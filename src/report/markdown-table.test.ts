import { expect, test } from 'vitest';
import { markdownTable } from './markdown-table.ts';

test('numbers stand right, names and sentences left', () => {
  expect(
    markdownTable(
      ['Row', 'Name', 'Score', 'Mostly', 'Empty'],
      [
        ['1', 'a|b', '−0.5', '1.0', ''],
        ['2', 'c\nd', '+12', 'none', ''],
        ['3', 'e', '3 of 4', '2.0', ''],
      ],
    ),
  ).toMatchInlineSnapshot(`
    "| Row | Name | Score | Mostly | Empty |
    |---|---|--:|--:|---|
    | 1 | a\\|b | −0.5 | 1.0 |  |
    | 2 | c d | +12 | none |  |
    | 3 | e | 3 of 4 | 2.0 |  |"
  `);
});
