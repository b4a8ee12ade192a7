import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChatMessage } from '../../engine/engine.ts';
import { FORMAT_NAMES, type FormatName } from '../source-spec.ts';
import { chooseFormat } from './choose-format.ts';
import { writeRow } from './write-row.ts';

const row = (values: Record<string, unknown>) => ({ values, file: 'rows.jsonl', row: 3, line: 4 });
const words = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => `x${text}`);

/** Written in a format and read again. */
function again(format: FormatName, messages: readonly ChatMessage[]): unknown {
  const values = writeRow(format, { kind: 'conversation', messages }, row({}));
  return chooseFormat({ file: 'rows.jsonl' }, row(values)).convert(row(values));
}

test('whatever is written is recognised and read as the same conversation', () => {
  const turns = fc.record({ system: fc.option(words), question: words, answer: words });
  fc.assert(
    fc.property(turns, fc.constantFrom(...FORMAT_NAMES), ({ system, question, answer }, format) => {
      fc.pre(format !== 'text' && !(format === 'question-answer' && system !== null));
      const messages: ChatMessage[] = [
        ...(system === null ? [] : [{ role: 'system' as const, content: system }]),
        { role: 'user', content: question },
        { role: 'assistant', content: answer },
      ];
      expect(again(format, messages)).toEqual({ kind: 'conversation', messages });
    }),
  );
});

test('conversations of any length go into the formats that have room for them', () => {
  const turn = fc.record({
    role: fc.constantFrom<ChatMessage['role']>('user', 'assistant', 'tool'),
    content: words,
  });
  fc.assert(
    fc.property(
      fc.array(turn, { maxLength: 6 }),
      fc.constantFrom<FormatName>('messages', 'sharegpt'),
      (turns, format) => {
        const messages: ChatMessage[] = [...turns, { role: 'assistant', content: 'last' }];
        expect(again(format, messages)).toEqual({ kind: 'conversation', messages });
      },
    ),
  );
});

test('what a format has no room for', () => {
  const said = (format: FormatName, messages: readonly ChatMessage[] | string): string => {
    const kept =
      typeof messages === 'string'
        ? { kind: 'text' as const, text: messages }
        : { kind: 'conversation' as const, messages };
    try {
      return JSON.stringify(writeRow(format, kept, row({})));
    } catch (error) {
      return String(error);
    }
  };
  const ask: ChatMessage = { role: 'user', content: 'q' };
  const answer: ChatMessage = { role: 'assistant', content: 'a' };
  expect(
    [
      said('alpaca', [ask, answer, ask, answer]),
      said('prompt-completion', [answer]),
      said('question-answer', [{ role: 'system', content: 's' }, ask, answer]),
      said('text', [ask, answer]),
      said('messages', 'Once.'),
      said('text', 'Once.'),
    ].join('\n'),
  ).toMatchInlineSnapshot(`
    "rows.jsonl:4: this row has other turns than one question and one answer.
      Choose a format of whole conversations: --to messages or --to sharegpt.
    rows.jsonl:4: this row has other turns than one question and one answer.
      Choose a format of whole conversations: --to messages or --to sharegpt.
    rows.jsonl:4: this row has a system turn, for which the format has no column.
      Choose a format of whole conversations: --to messages or --to sharegpt.
    rows.jsonl:4: this row is a conversation, which is no plain text before a model’s template is known.
      Choose another format (--to messages): training renders it with the model’s own template.
    rows.jsonl:4: this row is plain text and no conversation.
      Choose --to text.
    {"text":"Once."}"
  `);
});
