import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convert, row, SPEC, said } from '../../../test/support/converted-rows.ts';
import { chooseFormat } from './choose-format.ts';

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
        "format": "alpaca (columns instruction, input, output)",
        "messages": [
          "user: Add

    1 2",
          "assistant: 3",
        ],
      },
      {
        "format": "alpaca (columns instruction, input, output)",
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
      said({ question: 'q', answer: true }, { ...SPEC, format: 'question-answer' }),
      said({ question: 'q' }, { ...SPEC, format: 'question-answer' }),
      said({ messages: 'text' }, { ...SPEC, format: 'messages' }),
      said({ messages: {} }, { ...SPEC, format: 'messages' }),
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
      Say which columns to use: in a study columns: { prompt: problem, completion: solution }, on the command line --columns prompt=problem,completion=solution. Known formats: messages, sharegpt, alpaca, prompt-completion, question-answer, text.
    rows.jsonl:4: column "answer" holds true, which is no text.
      Write the word that shall be learned, in quotes: "yes", "True" and "correct" are different answers.
    rows.jsonl:4: there is no column "answer".
      Columns of this row: question. Every row needs text there.
    rows.jsonl:4: column "messages" holds a string, not a list of turns.
      A turn looks like {"role": "user", "content": "..."}.
    rows.jsonl:4: column "messages" holds an object, not a list of turns.
      A turn looks like {"role": "user", "content": "..."}.
    rows.jsonl:4: no turn of this conversation is an assistant’s, so there is nothing to learn.
      Remove the row or add the answer.
    rows.jsonl:4: turn 1: the role "toString" is not known.
      Known roles: system, user, human, assistant, gpt, chatgpt, model, tool, observation, function, function_response, function_call.
    rows.jsonl:4: turn 1: "content" holds null, not text.
      A turn looks like {"role": "user", "content": "..."}.
    rows.jsonl:4: column "input" holds a number, not text.
      Leave it out or write text.
    rows.jsonl: A source states both a format and columns.
      Keep one of them: columns are for rows of no known format."
  `);
});

test('a blank input of alpaca is none, and a conversation has one system turn: its own before that of a column', () => {
  expect(said({ instruction: 'Add', input: ' \n', output: '3' })).toContain('"user: Add","assistant: 3"');
  const messages = [
    { role: 'system', content: 'own' },
    { role: 'user', content: 'x' },
    { role: 'assistant', content: 'y' },
  ];
  expect(said({ messages, system: 'beside' })).toContain('["system: own","user: x","assistant: y"]');
});

test('plain text is recognised where no column speaks of questions or answers', () => {
  expect(said({ id: 7, text: 'Once.', url: 'u' })).toBe(
    '{"format":"text (columns text)","kind":"text","text":"Once."}',
  );
  expect(said({ text: ' \n' })).toContain('"kind":"dropped","reason":"empty-answer"');
  expect(said({ text: 'Once.', label: 'story' })).toContain('in no known format');
});

test('an answer that is null or NaN is an empty one: the row is dropped and counted', () => {
  const dropped = expect.objectContaining({ kind: 'dropped', reason: 'empty-answer' });
  expect([
    convert({ instruction: 'x', output: null }, { ...SPEC, format: 'alpaca' }),
    convert({ prompt: 'x', completion: Number.NaN }, { ...SPEC, format: 'prompt-completion' }),
    convert({
      messages: [
        { role: 'user', content: 'x' },
        { role: 'assistant', content: null },
      ],
    }),
    convert({ text: null }, { ...SPEC, format: 'text' }),
  ]).toEqual([dropped, dropped, dropped, dropped]);
});

test('the first row of a source may be the one without an answer', () => {
  const missing = [
    { instruction: 'x', output: null },
    { prompt: 'x', completion: Number.NaN },
    { question: 'x', answer: null },
    { text: null },
  ];
  expect(missing.map((values) => said(values))).toEqual([
    '{"format":"alpaca (columns instruction, output)","kind":"dropped","reason":"empty-answer"}',
    '{"format":"prompt-completion (columns prompt, completion)","kind":"dropped","reason":"empty-answer"}',
    '{"format":"question-answer (columns question, answer)","kind":"dropped","reason":"empty-answer"}',
    '{"format":"text (columns text)","kind":"dropped","reason":"empty-answer"}',
  ]);
  expect(said({ messages: [] })).toContain('column "messages" holds no turns');
});

test('one empty answer drops its row, wherever in the conversation it is', () => {
  const turns = (...answers: string[]) => ({
    messages: answers.flatMap((content) => [
      { role: 'user', content: 'x' },
      { role: 'assistant', content },
    ]),
  });
  expect(
    ['', ' \n'].flatMap((empty) => [turns(empty, 'y'), turns('y', empty)]).map((row) => said(row)),
  ).toEqual(Array.from({ length: 4 }, () => expect.stringContaining('"reason":"empty-answer"')));
});

describe('a column with a part of the question that the format would leave out', () => {
  const pairs = [
    { instruction: 'x', output: 'y' },
    { prompt: 'x', completion: 'y' },
    { question: 'x', answer: 'y' },
  ];
  test.each(['choices', 'options', 'context', 'passage', 'history'])('%s is refused', (column) => {
    for (const pair of pairs) {
      expect(said({ ...pair, [column]: ['a', 'b'] })).toContain(
        `column "${column}" holds a part of the question`,
      );
      expect(said({ ...pair, [column]: 'a' })).toContain(`column "${column}" holds a part of the question`);
    }
  });

  test('is no fault where it is empty, or the columns are stated', () => {
    for (const pair of pairs) {
      const [whole, ...others] = ['', null, Number.NaN, []].map((context) => said({ ...pair, context }));
      expect(others).toEqual([whole, whole, whole]);
      expect(whole).toContain('"user: x","assistant: y"');
    }
    const stated = { ...SPEC, columns: { prompt: 'question', completion: 'answer' } };
    expect(said({ question: 'x', choices: ['a'], answer: 'y' }, stated)).toContain('"user: x"');
  });
});

test('a stated column that the first row has not is misspelt', () => {
  const columns = { prompt: 'q', completion: 'a', system: 's' };
  for (const key of ['prompt', 'completion', 'system'] as const) {
    expect(said({ q: 'x', a: 'y', s: 'z' }, { ...SPEC, columns: { ...columns, [key]: 'typo' } })).toBe(
      'rows.jsonl:4: there is no column "typo".\n  Columns of this row: q, a, s. Every row needs text there.',
    );
  }
  expect(said({ q: 'x', a: 'y', s: null }, { ...SPEC, columns })).toContain('["user: x","assistant: y"]');
});

test('a number as an answer is its digits, where JSON has not changed them', () => {
  const answer = (value: unknown): string => said({ question: '1 + 1?', answer: value });
  for (const [value, digits] of [
    [2, '2'],
    [-0.5, '-0.5'],
    [2n ** 60n, '1152921504606846976'],
  ])
    expect(answer(value)).toContain(
      `"question-answer (columns question, answer)","messages":["user: 1 + 1?","assistant: ${digits}"]`,
    );
  for (const value of [2 ** 60, 1e-9, 1e300, Number.POSITIVE_INFINITY])
    expect(answer(value)).toMatch(
      /"answer" holds a number whose digits are lost .* 2\^53 - 1.*\n.*in quotes/,
    );
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true })), (value) => {
      const told = /"assistant: (.*)"/.exec(answer(value))?.[1];
      if (told !== undefined)
        expect([told, Object.is(Number(told), value === 0 ? 0 : value)]).toEqual([told, true]);
    }),
  );
  expect(answer(true)).toContain('holds true, which is no text');
  expect(said({ question: 3, answer: 2 })).toContain('column "question" holds a number, not text.');
});

test('an empty question is dropped and counted, unless a system text asks', () => {
  const dropped = '"kind":"dropped","reason":"empty-question"';
  expect(said({ question: ' \n', answer: 'y' })).toContain(dropped);
  expect(said({ instruction: '', input: '', output: 'y' })).toContain(dropped);
  expect(said({ instruction: '', input: 'i', output: 'y' })).toContain('user: ');
  expect(said({ prompt: '', completion: 'y', system: 'Tell a joke.' })).toContain(
    '["system: Tell a joke.","user: ","assistant: y"]',
  );
  expect(said({ prompt: '', completion: 'y', system: ' ' })).toContain(dropped);
  const turns = (...texts: string[]) =>
    said({
      messages: texts.map((content, index) => ({ role: index % 2 ? 'assistant' : 'user', content })),
      system: 's',
    });
  expect(turns('', 'y', '', 'z')).toContain(dropped);
  expect(turns('', 'y', 'x', 'z', '')).toContain('"messages"');
  const opened = [{ role: 'assistant', content: 'y' }];
  expect(said({ messages: opened })).toContain('["assistant: y"]');
  expect(said({ messages: [{ role: 'system', content: 's' }, ...opened] })).toContain('"system: s"');
});

test('a row in another format than the source says so', () => {
  const format = chooseFormat(SPEC, row({ instruction: 'x', output: 'y' }));
  expect(() => format.convert(row({ messages: [{ role: 'user', content: 'x' }] }))).toThrow(
    'this row is in the format messages, the source in the format alpaca.',
  );
});
