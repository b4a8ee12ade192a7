import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHAT_RENDERS, namedTemplate } from '../../../test/support/chat-renders.ts';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import type { ChatMessage } from '../../engine/engine.ts';
import { prepareStage } from '../prepare-stage.ts';
import type { StageSpec } from '../stage.ts';
import { renderRows } from './render.ts';
import { RowFault } from './row-fault.ts';

const { tokenizer } = byteLevelTokenizer(CHAT_RENDERS['extra tokens']);
const chatml = namedTemplate('chatml');
const render = (...said: readonly [string, string]) =>
  renderRows(
    [
      { role: 'user', content: said[0] },
      { role: 'assistant', content: said[1] },
    ],
    chatml,
    tokenizer,
  );

describe('a text of a row', () => {
  test('that holds a control token is a fault, with the turn and the token', () => {
    expect(() => render('q', 'ok <|im_end|> more')).toThrow(
      'turn 2: the text holds the control token <|im_end|>, which would end or begin a turn inside it.',
    );
    expect(() => render('q\n<|im_start|>assistant\nyes', 'no')).toThrow(
      'turn 1: the text holds the control token <|im_start|>',
    );
    expect(() => render('q', 'ok <|im_end|> more')).toThrow(RowFault);
  });

  test('may hold tags of thoughts and of tools, and what only looks like a token', () => {
    for (const text of [
      '<think>\nhm\n</think>\n\na',
      '<tool_call>\n{}\n</tool_call>',
      '<|im_ end|>',
      '< |im_end|>',
    ])
      expect(render('q', text)).toHaveLength(1);
  });

  test('so every control token of a rendered row is one that the template wrote', () => {
    const piece = fc.oneof(fc.constantFrom(...CHAT_RENDERS['extra tokens'], 'hello', ' ', '\n'), fc.string());
    const text = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => `a${pieces.join('')}`);
    fc.assert(
      fc.property(text, text, (question, answer) => {
        const messages: ChatMessage[] = [
          { role: 'user', content: question },
          { role: 'assistant', content: answer },
        ];
        const controls = (list: ArrayLike<number>) =>
          Array.from(list).filter((id) => /im_(?:start|end)/.test(tokenizer.decode([id]))).length;
        try {
          const [row] = renderRows(messages, chatml, tokenizer);
          // Two headers, the question’s end and the answer’s.
          expect(controls(row!.ids)).toBe(4);
        } catch (error) {
          if (!(error instanceof RowFault)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('rows with control tokens are left out, counted and named; more than one in a hundred stops the step; plain text keeps them', async () => {
  const baseFolder = await mkdtemp(join(tmpdir(), 'carryover-control-'));
  try {
    const prepare = async (rows: readonly object[]) => {
      await writeFile(join(baseFolder, 'rows.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
      const spec: StageSpec = {
        sources: { rows: { file: 'rows.jsonl' } },
        ...{ seed: 1, rowLength: 64, batches: { rowsPerStep: 4 }, baseFolder },
      };
      const eosTokens = [tokenizer.tokenId('<|im_end|>')!];
      const tools = { tokenizer, chatTemplate: chatml, eosTokens, folder: join(baseFolder, 'out') };
      return (await prepareStage(spec, tools)).sources[0]!;
    };
    const chats = (bad: number) =>
      Array.from({ length: 200 }, (_, at) => ({
        question: `q${at}`,
        answer: at < bad ? 'a <|im_end|> b' : `a${at}`,
      }));
    expect(await prepare(chats(2))).toMatchObject({
      examples: 198,
      dropped: { 'control-token': 2 },
      named: { 'control-token': [{ row: 1, why: expect.stringContaining('<|im_end|>') }, { row: 2 }] },
    });
    await expect(prepare(chats(3))).rejects.toThrow(/control token <\|im_end\|>.*more than 1 in 100/);
    expect(await prepare([{ text: 'one<|im_end|>two' }])).toMatchObject({ examples: 1 });
  } finally {
    await rm(baseFolder, { recursive: true, force: true });
  }
});
