import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SeenRows } from './seen-rows.ts';

it('tells source and row of the first row that says the same, whatever rows were not shown to it', () => {
  // A source is a list of rows; of each a text, and whether it is looked for at all.
  const source = fc.array(
    fc.record({ text: fc.constantFrom('a', 'b', 'c', 'd', 'e'), asked: fc.boolean() }),
    {
      maxLength: 8,
    },
  );
  fc.assert(
    fc.property(fc.array(source, { maxLength: 5 }), (sources) => {
      const seen = new SeenRows({});
      const first = new Map<string, { source: number; row: number }>();
      for (const [place, rows] of sources.entries()) {
        seen.begin();
        for (const [index, { text, asked }] of rows.entries()) {
          if (!asked) continue;
          const here = { source: place, row: index + 1 };
          const found = seen.find([{ side: 'question', text }], here.row);
          const known = first.get(text);
          expect(found).toEqual(known && { kind: 'exact', similarity: 1, ...known });
          first.set(text, known ?? here);
        }
      }
    }),
  );
});
