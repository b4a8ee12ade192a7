import { expect, test } from 'vitest';
import type { SourceSpec } from '../source-spec.ts';
import type { SourceRow } from '../sources/row.ts';
import { chooseFormat } from './choose-format.ts';

const SPEC: SourceSpec = { file: 'rows.jsonl' };
const row = (values: Record<string, unknown>): SourceRow => ({ values, file: 'rows.jsonl', row: 3, line: 4 });
function convert(values: Record<string, unknown>, spec = SPEC): unknown {
  const format = chooseFormat(spec, row(values));
  const result = format.convert(row(values));
  return {
    format: `${format.name} (${format.from})`,
    ...(result.kind === 'dropped'
      ? result
      : { messages: result.messages.map((m) => `${m.role}: ${m.content}`) }),
  };
}
function said(values: Record<string, unknown>, spec = SPEC): string {
  try {
    return JSON.stringify(convert(values, spec));
  } catch (error) {
    return String(error);
  }
}

test('every format is recognised from its columns', () => {
  const turns = [
    { role: 'user', content: 'hi' },
    { role: 'assistant', content: 'hello' },
  ];
  const shared = [
    { from: 'system', value: 'be brief' },
    { from: 'human', value: 'hi' },
    { from: 'gpt', value: 'hello' },
    { from: 'human', value: 'nobody answers this' },
  ];
  expect([
    convert({ prompt: 'hi', messages: turns }),
    convert({ conversations: shared }),
    convert({ conversations: turns, system: 'be brief' }),
    convert({ instruction: 'Add', input: '1 2', output: '3', text: 'whole' }),
    convert({ instruction: 'Add', input: '', output: '3' }),
    convert({ instruction: 'Add', output: ' ' }),
    convert({ prompt: 'p', completion: 'c' }),
    convert({ question: 'q', answer: 'a' }),
    convert(
      { problem: 'q', solution: 'a' },
      { ...SPEC, columns: { prompt: 'problem', completion: 'solution' } },
    ),
    convert({ s: 'x', q: 'q', a: 'a' }, { ...SPEC, columns: { prompt: 'q', completion: 'a', system: 's' } }),
  ]).toMatchInlineSnapshot(`
    [
      {
        "format": "messages (columns messages)",
        "messages": [
          "user: hi",
          "assistant: hello",
        ],
      },
      {
        "format": "sharegpt (columns conversations)",
        "messages": [
          "system: be brief",
          "user: hi",
          "assistant: hello",
        ],
      },
      {
        "format": "messages (columns conversations)",
        "messages": [
          "system: be brief",
          "user: hi",
          "assistant: hello",
        ],
      },
      {
        "format": "alpaca (columns instruction, output)",
        "messages": [
          "user: Add

    1 2",
          "assistant: 3",
        ],
      },
      {
        "format": "alpaca (columns instruction, output)",
        "messages": [
          "user: Add",
          "assistant: 3",
        ],
      },
      {
        "format": "alpaca (columns instruction, output)",
        "kind": "dropped",
        "reason": "empty-answer",
      },
      {
        "format": "prompt-completion (columns prompt, completion)",
        "messages": [
          "user: p",
          "assistant: c",
        ],
      },
      {
        "format": "question-answer (columns question, answer)",
        "messages": [
          "user: q",
          "assistant: a",
        ],
      },
      {
        "format": "columns (stated)",
        "messages": [
          "user: q",
          "assistant: a",
        ],
      },
      {
        "format": "columns (stated)",
        "messages": [
          "system: x",
          "user: q",
          "assistant: a",
        ],
      },
    ]
  `);
});

test('errors name the place, what is wrong and the remedy', () => {
  expect(
    [
      said({ problem: 'q', solution: 'a' }),
      said({ question: 'q', answer: 7 }, { ...SPEC, format: 'question-answer' }),
      said({ question: 'q' }, { ...SPEC, format: 'question-answer' }),
      said({ messages: 'text' }, { ...SPEC, format: 'messages' }),
      said({ messages: [{ role: 'user', content: 'x' }] }),
      said({ messages: [{ role: 'toString', content: 'x' }] }),
      said({ messages: [{ role: 'user', content: null }] }),
      said({ instruction: 'x', output: 'y', input: 3 }),
      said(
        { instruction: 'x', output: 'y' },
        { ...SPEC, format: 'alpaca', columns: { prompt: 'a', completion: 'b' } },
      ),
    ].join('\n'),
  ).toMatchInlineSnapshot(`
    "rows.jsonl:4: the columns problem, solution are in no known format.
      Say which columns to use: in a study columns: { prompt: problem, completion: solution }, with carryover train --columns prompt=problem,completion=solution. Known formats: messages, sharegpt, alpaca, prompt-completion, question-answer.
    rows.jsonl:4: column "answer" holds a number, not text.
      Columns of this row: question, answer. Every row needs text there.
    rows.jsonl:4: there is no column "answer".
      Columns of this row: question. Every row needs text there.
    rows.jsonl:4: column "messages" holds a string, not a list of turns.
      A turn looks like {"role": "user", "content": "..."}.
    rows.jsonl:4: no turn of this conversation is an assistant’s, so there is nothing to learn.
      Remove the row or add the answer.
    rows.jsonl:4: turn 1: the role "toString" is not known.
      Known roles: system, user, human, assistant, gpt, chatgpt, model, tool, observation.
    rows.jsonl:4: turn 1: "content" holds null, not text.
      A turn looks like {"role": "user", "content": "..."}.
    rows.jsonl:4: column "input" holds a number, not text.
      Leave it out or write text.
    rows.jsonl: A source states both a format and columns.
      Keep one of them: columns are for rows of no known format."
  `);
});
