/** Conversations whose template shows earlier answers otherwise, from a file to the examples of a stage. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHAT_RENDERS, namedTemplate } from '../../../test/support/chat-renders.ts';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import { inspectRow } from '../inspect/inspect-source.ts';
import { prepareStage, takeParts } from '../prepare-stage.ts';
import { namedRowTable } from '../receipt/named-row-table.ts';
import { lossTexts } from '../receipt/receipt-text.ts';
import type { StageSpec } from '../stage.ts';
import { trainingTemplate } from './stand-in-template.ts';

const { tokenizer } = byteLevelTokenizer(CHAT_RENDERS['extra tokens']);
const chatTemplate = namedTemplate('qwen-thinking');
const ROWS = 12;
const TURNS = 3;

/** Row r asks `r.1`, `r.2`, `r.3`; every answer is thought about. */
const rows = Array.from({ length: ROWS }, (_, row) => ({
  messages: Array.from({ length: TURNS }, (_, turn) => [
    { role: 'user', content: `q ${row}.${turn}` },
    { role: 'assistant', content: `<think>\nt ${row}.${turn}\n</think>\n\na ${row}.${turn}` },
  ]).flat(),
}));

async function stage(changes: Partial<StageSpec> = {}): Promise<StageSpec> {
  const baseFolder = await mkdtemp(join(tmpdir(), 'carryover-expanded-'));
  await writeFile(join(baseFolder, 'chats.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
  return {
    sources: { chats: { file: 'chats.jsonl', maxEpochs: 2 } },
    ...{ seed: 3, rowLength: 256, batches: { rowsPerStep: 4 }, baseFolder },
    ...changes,
  };
}

const prepare = async (spec: StageSpec) =>
  prepareStage(spec, { tokenizer, chatTemplate, folder: join(spec.baseFolder!, 'out') });

const taughtBy = (ids: Int32Array, supervised: Uint8Array) =>
  tokenizer.decode([...ids].filter((_, at) => supervised[at] === 1));

const select = async (spec: StageSpec) => {
  const [taken] = await takeParts(spec, { tokenizer, chatTemplate });
  const { selection, source } = taken!;
  const examples = Array.from({ length: selection.size }, (_, item) => ({
    ...selection.example(item),
    epoch: selection.epoch(item),
  }));
  source.close();
  return { examples, epochs: selection.epochs, rows: selection.rows, learns: selection.supervisedTokens };
};

describe('a conversation whose earlier answers are shown without their thoughts', () => {
  test('is an example for every answer, each taught once an epoch, in the order of the conversation', async () => {
    const { examples, epochs, rows, learns } = await select(await stage());
    expect([examples.length, epochs, rows]).toEqual([ROWS * TURNS, 1, ROWS]);
    const taught = examples.map(({ ids, supervised }) => taughtBy(ids, supervised));
    expect(new Set(taught).size).toBe(ROWS * TURNS);
    for (const [at, { row }] of examples.entries()) {
      const name = `${row - 1}.${at % TURNS}`;
      expect(taught[at]).toBe(`<think>\nt ${name}\n</think>\n\na ${name}<|im_end|>`);
    }
    expect(learns).toBe(examples.reduce((sum, example) => sum + example.learns, 0));
  });

  test('counts in the receipt, and is said', async () => {
    const { sources, examples } = await prepare(await stage());
    expect(examples).toBe(ROWS * TURNS);
    const counts = { expanded: ROWS * (TURNS - 1), overlongAnswers: 0, rewritten: 0, turns: ROWS * TURNS };
    expect(sources[0]).toMatchObject({ rows: ROWS, ...counts, inserted: 0 });
    expect(lossTexts(sources)).toEqual([
      '24 answers in an example of its own: the template or the tokenizer shows it otherwise once the conversation goes on',
    ]);
    const last = await prepare(await stage({ trainOn: 'last' }));
    expect(last.sources[0]).toMatchObject({ expanded: 0, turns: ROWS });
    expect(last.examples).toBe(ROWS);
  });

  test.each([
    // The same questions with ever longer answers: the later examples are too long from their question on.
    ['truncate', 130],
    ['drop', 130],
  ] as const)('%s: named rows, counts and account speak of the same answers', async (overlong, rowLength) => {
    const spec = await stage({ overlong, rowLength });
    const grown = rows.map(({ messages }, row) => ({
      messages: messages.map(({ role, content }, at) => ({
        role,
        content: at === 4 ? content + 'z'.repeat(row * 20) : content,
      })),
    }));
    await writeFile(
      join(spec.baseFolder!, 'chats.jsonl'),
      grown.map((row) => JSON.stringify(row)).join('\n'),
    );
    const [source] = (await prepare(spec)).sources;
    const { truncated, overlongAnswers, cutAnswers, named = {} } = source!;
    const answersNamed = (named['overlong-answer'] ?? []).reduce((sum, { answers }) => sum + answers!, 0);
    expect(named.truncated ?? []).toHaveLength(truncated);
    expect(answersNamed).toBe(overlongAnswers);
    expect(cutAnswers).toBe(truncated);
    expect(overlongAnswers).toBeGreaterThan(0);
    const told = namedRowTable([source!]).rows.map(([, , , why]) => why);
    expect(told.filter((why) => why!.startsWith('cut '))).toHaveLength(truncated);
    expect(truncated).toBeLessThan(2);
  });

  test('meets a budget exactly: parts that meet inside a conversation share its answers', async () => {
    const all = await select(await stage());
    const tokens = all.learns;
    for (const border of [1, 17, 100, tokens - 3]) {
      const spec = await stage();
      const part = async (from: number, length: number) =>
        select({ ...spec, parts: [{ source: 'chats', from, tokens: length }] });
      const [first, second] = [await part(0, border), await part(border, tokens - border)];
      expect([first.learns, second.learns]).toEqual([border, tokens - border]);
      const seen = [...first.examples, ...second.examples].reduce((sum, { learns }) => sum + learns, 0);
      expect(seen).toBe(tokens);
    }
    // A second epoch begins when every answer has been taught.
    const more = await select({
      ...(await stage()),
      parts: [{ source: 'chats', from: 0, tokens: tokens + 5 }],
    });
    expect(more.examples.filter(({ epoch }) => epoch === 0)).toHaveLength(ROWS * TURNS);
    expect(more.epochs).toBe(2);
  });

  test('longer than a packed row it keeps the answers that fit, and counts the others', async () => {
    const lengths = (await select(await stage())).examples.slice(0, TURNS).map(({ ids }) => ids.length);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    const { sources, examples } = await prepare(await stage({ rowLength: lengths[1]! + 2 }));
    expect(examples).toBe(ROWS * 2);
    const counts = { expanded: ROWS * 2, overlongAnswers: ROWS, truncated: 0, turns: ROWS * 2 };
    expect(sources[0]).toMatchObject({ ...counts, dropped: { overlong: 0 } });
    expect(lossTexts(sources)[0]).toBe(
      '12 answers left out: too long for a packed row with the conversation before it',
    );
    await expect(prepare(await stage({ rowLength: lengths[1]! + 2, overlong: 'error' }))).rejects.toThrow(
      `a packed row ${lengths[1]! + 2}`,
    );
  });

  test('is shown as all of its examples', () => {
    const rendering = { tools: { tokenizer }, template: trainingTemplate(tokenizer, chatTemplate) };
    const converted = { kind: 'conversation', messages: rows[0]!.messages } as never;
    const shown = inspectRow(
      'chats',
      { row: 1, converted },
      { ...rendering, trainOn: 'assistant', rowLength: 256 },
    );
    expect(shown.map(({ note }) => note)).toEqual(
      [1, 2, 3].map((number) => `example ${number} of 3 of this row`),
    );
    expect(shown.every(({ tokens }) => tokens.some(({ role }) => role === 'stop'))).toBe(true);
  });
});
