import { expect, test } from 'vitest';
import { convert, row, SPEC, said } from '../../../test/support/converted-rows.ts';
import { chooseFormat } from './choose-format.ts';

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
