import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import { prepareStage } from '../prepare-stage.ts';
import { renderText } from './plain-text.ts';
import { RowFault } from './row-fault.ts';

const SPECIAL = ['<s>', '</s>', '<|im_start|>', '<|im_end|>'];

test('a text is learned from its first token to its end, and what stands before it is not', () => {
  for (const bos of ['<s>', undefined]) {
    const { tokenizer } = byteLevelTokenizer(SPECIAL, bos);
    const end = tokenizer.tokenId('</s>')!;
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (text) => {
        const plain = tokenizer.encode(text);
        const { ids, supervised, answers } = renderText(text, tokenizer, [end]);
        expect([...ids]).toEqual([...(bos ? [tokenizer.tokenId(bos)] : []), ...plain, end]);
        // Without a token before it the first one has nothing to be predicted from.
        expect([...supervised]).toEqual([0, ...Array<number>(ids.length - 1).fill(1)]);
        expect(answers).toEqual([
          {
            ...{ from: 1, to: ids.length, stops: true },
            ...{ straddled: false, promptDiffers: false, inserted: false },
          },
        ]);
      }),
    );
  }
  expect(() => renderText('x', byteLevelTokenizer(SPECIAL).tokenizer, [])).toThrow(
    'The model has no end-of-text token to end a plain text with.',
  );
});

test('a text that the tokenizer cannot spell is a fault of the row', () => {
  const { tokenizer } = byteLevelTokenizer(SPECIAL);
  const deaf = { ...tokenizer, encode: (text: string) => tokenizer.encode(text.replaceAll('\u0007', '')) };
  const end = tokenizer.tokenId('</s>')!;
  expect(() => renderText('a bell\u0007', deaf, [end])).toThrow(RowFault);
  expect(renderText('a bell', deaf, [end]).ids.at(-1)).toBe(end);
});

test('a stage of plain text supervises all of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-text-'));
  try {
    const rows = ['Once upon a time.', 'The end.'].map((text) => `${JSON.stringify({ text, url: 'u' })}\n`);
    await writeFile(join(folder, 'corpus.jsonl'), rows.join(''));
    const { tokenizer } = byteLevelTokenizer(SPECIAL, '<s>');
    const receipt = await prepareStage(
      {
        sources: { corpus: { file: 'corpus.jsonl' } },
        baseFolder: folder,
        seed: 1,
        rowLength: 64,
        batches: { rowsPerStep: 1 },
      },
      {
        tokenizer,
        chatTemplate: undefined,
        eosTokens: [tokenizer.tokenId('</s>')!],
        folder: join(folder, 'out'),
      },
    );
    expect(receipt.sources[0]).toMatchObject({ format: 'text', formatFrom: 'columns text', examples: 2 });
    // All but the two beginnings of text.
    expect(receipt.supervisedTokens).toBe(receipt.tokens - 2);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
