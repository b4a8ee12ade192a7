import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteLevelTokenizer } from '../../test/support/tiny-tokenizer.ts';
import { loadSource } from './load-source.ts';
import { trainingTemplate } from './render/stand-in-template.ts';

test('every example is of the row that it names, whatever rows are dropped and in whatever order it is asked for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-load-'));
  const { tokenizer } = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']);
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }).filter((kept) => kept.includes(true)),
        fc.nat(),
        async (kept, from) => {
          const lines = kept.map((answered, at) =>
            JSON.stringify({ question: `q${at + 1}`, answer: answered ? `a${at + 1}` : null }),
          );
          await writeFile(join(folder, 'rows.jsonl'), `${lines.join('\n')}\n`);
          const source = await loadSource(
            'rows',
            { file: 'rows.jsonl', format: 'question-answer' },
            { rowLength: 64, baseFolder: folder },
            { tokenizer },
            trainingTemplate(tokenizer, undefined),
          );
          expect([source.rows, source.size]).toEqual([kept.length, kept.filter(Boolean).length]);
          for (let step = 0; step < source.size; step++) {
            const { row, ids, learns } = source.examples((from + step) % source.size)[0]!;
            expect(source.rowOf((from + step) % source.size)).toBe(row);
            expect(kept[row - 1]).toBe(true);
            expect(learns).toBe(tokenizer.encode(`a${row}`).length + 1);
            expect(tokenizer.decode([...ids])).toContain(`a${row}<|im_end|>`);
            expect(source.columns(row)).toEqual({
              messages: [
                { role: 'user', content: `q${row}` },
                { role: 'assistant', content: `a${row}` },
              ],
            });
          }
          // Asked for again, a row is not counted again.
          expect(source.examples(0)).toEqual(source.examples(0));
          expect(source.counts).toMatchObject({
            rendered: source.size,
            emptyAnswers: kept.length - source.size,
          });
          source.close();
        },
      ),
      { numRuns: 40 },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
