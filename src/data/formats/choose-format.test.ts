import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
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
    ...(result.kind === 'conversation'
      ? { messages: result.messages.map((m) => `${m.role}: ${m.content}`) }
      : result),
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

test('tools, calls and thoughts become text', () => {
  const call = { type: 'function', function: { name: 'add', arguments: { a: 1, b: [2, 'x'] } } };
  const written = { type: 'function', function: { name: 'add', arguments: '{"a": 1}' } };
  expect([
    convert({
      tools: [{ name: 'add', parameters: { a: 'int' } }, '{"name": "subtract"}'],
      messages: [
        { role: 'user', content: 'Add.' },
        { role: 'assistant', content: null, tool_calls: [call, written] },
        { role: 'tool', content: '3' },
        { role: 'assistant', content: 'It is 3.', reasoning_content: 'Easy.' },
      ],
    }),
    convert({
      tools: '[{"name": "add"}]',
      conversations: [
        { from: 'system', value: 'Be brief.' },
        { from: 'human', value: 'Add.' },
        { from: 'function_call', value: '{"name": "add", "arguments": {}}' },
        { from: 'observation', value: '3' },
        { from: 'gpt', value: 'It is 3.' },
      ],
    }),
  ]).toMatchInlineSnapshot(`
    [
      {
        "format": "messages (columns messages)",
        "messages": [
          "system: Tools that may be called, as JSON Schema:
    <tools>
    {"name": "add", "parameters": {"a": "int"}}
    {"name": "subtract"}
    </tools>",
          "user: Add.",
          "assistant: <tool_call>
    {"name": "add", "arguments": {"a": 1, "b": [2, "x"]}}
    </tool_call>
    <tool_call>
    {"name": "add", "arguments": {"a": 1}}
    </tool_call>",
          "tool: 3",
          "assistant: <think>
    Easy.
    </think>

    It is 3.",
        ],
      },
      {
        "format": "sharegpt (columns conversations)",
        "messages": [
          "system: Be brief.

    Tools that may be called, as JSON Schema:
    <tools>
    [{"name": "add"}]
    </tools>",
          "user: Add.",
          "assistant: <tool_call>
    {"name": "add", "arguments": {}}
    </tool_call>",
          "tool: 3",
          "assistant: It is 3.",
        ],
      },
    ]
  `);
  const turns = (turn: object) => ({ messages: [{ role: 'user', content: 'x' }, turn] });
  expect(
    [
      said(turns({ role: 'assistant', content: '', tool_calls: [{}] })),
      said(turns({ role: 'assistant', content: 'y', weight: 0 })),
      said(turns({ role: 'assistant', content: 'y', train: false })),
      said(turns({ role: 'user', content: { y: 1 } })),
    ].join('\n'),
  ).toMatchInlineSnapshot(`
    "rows.jsonl:4: turn 2: "tool_calls" holds a call without a name.
      A call looks like {"function": {"name": "...", "arguments": {...}}}.
    rows.jsonl:4: turn 2: "weight" says that this answer shall not be learned, which is not supported.
      Remove the field where the answer may be learned, and the row where it may not.
    rows.jsonl:4: turn 2: "train" says that this answer shall not be learned, which is not supported.
      Remove the field where the answer may be learned, and the row where it may not.
    rows.jsonl:4: turn 2: "content" holds an object, not text.
      A turn looks like {"role": "user", "content": "..."}."
  `);
});

test('calls, tools and thoughts are kept wherever the writers of data put them', () => {
  const turns = (turn: object, more: object = {}) => ({
    messages: [{ role: 'user', content: 'x' }, turn],
    ...more,
  });
  const of = (turn: object, more?: object) => convert(turns({ role: 'assistant', ...turn }, more));
  const answer = (text: string) => ({ messages: ['user: x', `assistant: ${text}`] });
  const called = 'I look.\n<tool_call>\n{"name": "f", "arguments": {"a": 1}}\n</tool_call>';
  expect(of({ content: 'I look.', function_call: { name: 'f', arguments: '{"a": 1}' } })).toMatchObject(
    answer(called),
  );
  // Null beside tool_calls says that there is none.
  expect(of({ content: 'y', function_call: null, tool_calls: null })).toMatchObject(answer('y'));
  for (const field of ['reasoning_content', 'reasoning', 'thinking']) {
    expect(of({ content: 'y', [field]: ' Hm. ' })).toMatchObject(answer('<think>\nHm.\n</think>\n\ny'));
    expect(of({ content: '<think>Hm.</think>y', [field]: 'Hm.' })).toMatchObject(
      answer('<think>Hm.</think>y'),
    );
    expect(of({ content: 'y', [field]: null })).toMatchObject(answer('y'));
  }
  expect(convert(turns({ role: 'assistant', content: 'y' }, { tools: { name: 'f' } }))).toMatchObject({
    messages: [expect.stringContaining('<tools>\n{"name": "f"}\n</tools>'), 'user: x', 'assistant: y'],
  });
  // Whole numbers beyond 2^53 and dates, as Parquet holds them.
  const given = { id: 2n ** 60n, at: new Date(0) };
  expect(of({ content: '', tool_calls: [{ name: 'f', arguments: given }] })).toMatchObject(
    answer(
      '<tool_call>\n{"name": "f", "arguments": {"id": 1152921504606846976, "at": "1970-01-01T00:00:00.000Z"}}\n</tool_call>',
    ),
  );
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

test('prompt and completion as lists of turns; an answer in the prompt is refused', () => {
  const prompt = [{ role: 'user', content: 'x' }];
  const completion = [{ role: 'assistant', content: 'y' }];
  expect(convert({ prompt, completion, system: 'Be brief.' })).toEqual({
    format: 'prompt-completion (columns prompt, completion)',
    messages: ['system: Be brief.', 'user: x', 'assistant: y'],
  });
  expect(said({ prompt: [...prompt, ...completion, ...prompt], completion })).toContain(
    'the prompt holds an answer, which TRL does not learn and training here would',
  );
  const format = chooseFormat(SPEC, row({ prompt, completion }));
  expect(() => format.convert(row({ prompt, completion: 'y' }))).toThrow(
    'column "completion" holds a string, and "prompt" a list of turns.',
  );
});

test('content in parts: texts are joined, other parts are refused by their names', () => {
  const parts = (...content: unknown[]) => ({
    messages: [
      { role: 'user', content },
      { role: 'assistant', content: [{ type: 'text', text: 'y' }] },
    ],
  });
  expect(
    convert(parts({ type: 'text', text: 'a ' }, 'b', { type: 'text', text: '', image_url: null })),
  ).toMatchObject({
    messages: ['user: a b', 'assistant: y'],
  });
  expect(said(parts({ type: 'text', text: 'a' }, { type: 'image_url', image_url: {} }))).toBe(
    'rows.jsonl:4: turn 1: "content" has a part of type "image_url".\n  Only texts can be learned: {"type": "text", "text": "..."}. Leave such rows out.',
  );
  for (const part of [{ type: 'text' }, { text: 'a' }, 3, null])
    expect(said(parts(part))).toContain('turn 1: "content" has a part that is no text.');
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
