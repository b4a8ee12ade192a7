import { describe, expect, test } from 'vitest';
import { CHAT_RENDERS, namedTemplate } from '../../../test/support/chat-renders.ts';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import type { ChatMessage } from '../../engine/engine.ts';
import { cells } from '../../text/visible.ts';
import { renderRows, rowRoles } from '../render/render.ts';
import { trainingTemplate } from '../render/stand-in-template.ts';
import { inspectRow } from './inspect-source.ts';
import { legendText, rowText } from './row-text.ts';
import type { ShownDocument, ShownRow } from './shown-row.ts';

const { tokenizer } = byteLevelTokenizer(CHAT_RENDERS['extra tokens']);
const template = trainingTemplate(tokenizer, namedTemplate('chatml'));
const CONVERSATION: readonly ChatMessage[] = [
  { role: 'system', content: 'Be\tkind.' },
  { role: 'user', content: 'hello 🙂?' },
  { role: 'assistant', content: 'hello!\n\n12' },
  { role: 'user', content: 'más' },
  { role: 'assistant', content: '你' },
];
const rendering = { tools: { tokenizer }, template, trainOn: 'assistant', rowLength: 512 } as const;
const [example] = inspectRow(
  'chats',
  { row: 7, converted: { kind: 'conversation', messages: CONVERSATION } },
  rendering,
) as [ShownDocument];
const plain = { width: 72, colours: false };
const golden = (name: string) => `../../../test/golden/inspect/${name}.txt`;

/** Two documents and padding: what a step holds. */
const packed: ShownRow = {
  documents: [
    { ...example, epoch: 1 },
    { ...example, row: 12, epoch: 2, tokens: example.tokens.slice(0, 5) },
  ],
  padding: 6,
};

describe('rows in the terminal', () => {
  test('with marks alone', async () => {
    const lines = [...rowText(packed, 'packed row 1', plain), '', ...legendText([packed], plain)];
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(golden('row-plain'));
  });

  test('with colours over the same marks', async () => {
    const look = { ...plain, colours: true };
    const lines = [...rowText(packed, 'packed row 1', look), '', ...legendText([packed], look)];
    await expect(`${lines.join('\n').replaceAll('\u001b', '\\e')}\n`).toMatchFileSnapshot(
      golden('row-colours'),
    );
    // Colours add nothing and take nothing away.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
    const bare = lines.join('\n').replace(/\u001b\[[0-9;]*m/g, '');
    expect(bare).toBe(
      [...rowText(packed, 'packed row 1', plain), '', ...legendText([packed], plain)].join('\n'),
    );
  });

  test('with ids, every token has its own', () => {
    const text = rowText({ documents: [example], padding: 0 }, 'row', { ...plain, ids: true }).join('\n');
    for (const { id } of example.tokens) expect(text).toMatch(new RegExp(` ${id}(?:│|$)`, 'm'));
  });

  test.each([40, 80, 200])('fits %i columns', (width) => {
    const lines = rowText({ documents: [example], padding: 0 }, 'row', { width, colours: false });
    // Counts and titles are sentences; tokens must fit.
    for (const line of lines.filter((one) => /^[* ] {2,5}\d/.test(one)))
      expect(cells(line)).toBeLessThanOrEqual(width);
  });
});

describe('what is shown is what is trained', () => {
  test('ids, mask and roles are those of the renderer', () => {
    const { ids, supervised } = renderRows(CONVERSATION, template.template, tokenizer)[0]!;
    expect(example.tokens.map(({ id }) => id)).toEqual([...ids]);
    expect(example.tokens.map((token) => Number(token.supervised))).toEqual([...supervised]);
    expect(example.tokens.map(({ role }) => role)).toEqual(
      rowRoles(CONVERSATION, template.template, tokenizer),
    );
    expect(
      example.tokens
        .filter(({ supervised: taught }) => taught)
        .map(({ text }) => text)
        .join(''),
    ).toBe('hello!\n\n12<|im_end|>你<|im_end|>');
  });

  test('plain text is supervised throughout, up to the end-of-text token', () => {
    const end = tokenizer.encode('<|im_end|>')[0]!;
    const tools = { tokenizer, eosTokens: [end] };
    const row = { row: 1, converted: { kind: 'text', text: 'hello you' } } as const;
    const { tokens } = inspectRow('books', row, { ...rendering, tools })[0]!;
    expect(tokens.map(({ text }) => text).join('')).toBe('hello you<|im_end|>');
    expect(new Set(tokens.slice(0, -1).map(({ role }) => role))).toEqual(new Set(['text']));
    expect(tokens.at(-1)).toMatchObject({ role: 'stop', supervised: true, special: true });
    expect(tokens.map(({ supervised }) => supervised)).toEqual(tokens.map((_, index) => index > 0));
  });

  test('a row that would be left out says so', () => {
    const [short] = inspectRow(
      'chats',
      { row: 7, converted: { kind: 'conversation', messages: CONVERSATION } },
      { ...rendering, rowLength: 8 },
    );
    expect(short?.note).toBe('longer than a packed row may be: 8');
    const [exact] = inspectRow(
      'chats',
      { row: 7, converted: { kind: 'conversation', messages: CONVERSATION } },
      { ...rendering, rowLength: short!.length },
    );
    expect(exact).not.toHaveProperty('note');
    const [open] = inspectRow(
      'chats',
      { row: 7, converted: { kind: 'conversation', messages: CONVERSATION, unanswered: 1 } },
      rendering,
    );
    expect(open?.note).toBe('1 turn behind the last answer left out');
    const empty = inspectRow(
      'chats',
      { row: 8, converted: { kind: 'dropped', reason: 'empty-answer' } },
      rendering,
    );
    expect(rowText({ documents: empty, padding: 0 }, 'row 8', plain).join('\n')).toContain(
      'chats row 8: left out, an answer is empty',
    );
  });
});
