import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerCounts } from '../../../test/support/answer-counts.ts';
import { CHAT_RENDERS, namedTemplate, writtenTemplate } from '../../../test/support/chat-renders.ts';
import { renderRow } from '../../../test/support/last-row.ts';
import { byteLevelTokenizer, metaspaceTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import { TEMPLATE_NAMES, type TemplateName } from '../../checkpoint/templates/templates.ts';
import type { ChatMessage } from '../../engine/engine.ts';
import { renderRows } from './render.ts';

/** The text that a template shall give, written by hand: pieces that are supervised and pieces that are not. */
type Pieces = (messages: readonly ChatMessage[]) => (string | { readonly learn: string })[];

/** Every message in a frame of its own, whose end is supervised after an answer. */
const framed =
  (frame: (role: string, content: string) => readonly [string, string, string]): Pieces =>
  (messages) =>
    messages.flatMap(({ role, content }) => {
      const [before, text, after] = frame(role, content);
      return role === 'assistant' ? [before, { learn: text }, after] : [before + text + after];
    });

/** Qwen 3 without thoughts: an empty pair of tags before the last answer, and no other answer is supervised. */
const qwen: Pieces = (messages) =>
  messages.flatMap(({ role, content }, index) => {
    if (index < messages.length - 1) return [`<|im_start|>${role}\n${content}<|im_end|>\n`];
    const said = `${content.replace(/^\n+/, '')}<|im_end|>`;
    return ['<|im_start|>assistant\n<think>\n\n</think>\n\n', { learn: said }, '\n'];
  });

/** The system text moves into the first question. */
const merged = (messages: readonly ChatMessage[]): readonly ChatMessage[] => {
  const [first, second, ...rest] = messages;
  if (first?.role !== 'system' || !second) return messages;
  return [{ role: 'user', content: `${first.content}\n\n${second.content}` }, ...rest];
};
const chatml = framed((role, content) => [`<|im_start|>${role}\n`, `${content}<|im_end|>`, '\n']);

const CASES: Readonly<Record<TemplateName, Pieces>> = {
  chatml,
  'llama-3': (messages) => [
    '<s>',
    ...framed((role, content) => [
      `<|start_header_id|>${role}<|end_header_id|>\n\n`,
      `${content.trim()}<|eot_id|>`,
      '',
    ])(messages),
  ],
  mistral: (messages) => [
    '<s>',
    ...merged(messages).map(({ role, content }) =>
      role === 'assistant' ? { learn: ` ${content.trim()}</s>` } : `[INST] ${content}[/INST]`,
    ),
  ],
  qwen,
  'qwen-thinking': qwen,
  'qwen-2.5': (messages) =>
    messages[0]?.role === 'system'
      ? chatml(messages)
      : chatml([
          {
            role: 'system',
            content: 'You are Qwen, created by Alibaba Cloud. You are a helpful assistant.',
          },
          ...messages,
        ]),
  gemma: (messages) => {
    const [first] = messages;
    const system = first?.role === 'system' ? `${first.content}\n\n` : '';
    let before = system;
    return [
      '<s>',
      ...(system === '' ? messages : messages.slice(1)).flatMap(({ role, content }) => {
        const text = `${before}${content.trim()}<end_of_turn>`;
        before = '';
        return role === 'assistant'
          ? ['<start_of_turn>model\n', { learn: text }, '\n']
          : [`<start_of_turn>user\n${text}\n`];
      }),
    ];
  },
  zephyr: framed((role, content) => [`<|${role}|>\n`, `${content}</s>`, '\n']),
  alpaca: (messages) => [
    ...(messages[0]?.role === 'system'
      ? []
      : [
          'Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n',
        ]),
    ...messages.flatMap(({ role, content }) => {
      if (role === 'assistant') return ['### Response:\n', { learn: `${content}</s>` }, '\n\n'];
      return [role === 'system' ? `${content}\n\n` : `### Instruction:\n${content}\n\n`];
    }),
  ],
  plain: framed((role, content) => [
    `### ${role[0]!.toUpperCase()}${role.slice(1)}:\n`,
    role === 'assistant' ? `${content}</s>` : content,
    '\n\n',
  ]),
};

const SPECIAL = CHAT_RENDERS['extra tokens'];

/** Texts that provoke merges across borders: spaces and line feeds at the ends, letters that merge, other scripts. */
const words = fc.array(
  fc.constantFrom('hello', 'a', ' a', '  ', '\n', '\n\n', '12', ' ', 'é', '日本', '🙂', '\t', '.'),
  { minLength: 1, maxLength: 8 },
);
const said = words.map((parts) => parts.join('')).filter((text) => text.trim() !== '');
const conversation = fc
  .tuple(fc.option(said), fc.array(fc.tuple(said, said), { minLength: 1, maxLength: 3 }))
  .map(([system, turns]): ChatMessage[] => [
    ...(system === null ? [] : [{ role: 'system' as const, content: system }]),
    ...turns.flatMap(([user, assistant]): ChatMessage[] => [
      { role: 'user', content: user },
      { role: 'assistant', content: assistant },
    ]),
  ]);

/** Answers with thoughts, outputs of tools, an empty system text, text that looks like a template's. */
const content = fc.oneof(
  said,
  fc.constantFrom(
    '[INST ] x',
    '### Response:\nx',
    'a </s',
    '<|im_end',
    'x\u00a0',
    '\u2003x',
    'e\u0301',
    '👩‍🚀 ',
    '</tool_response>',
  ),
);
const thought = fc
  .tuple(said, content)
  .map(([before, after]) => `<think>\n${before.trim()}\n</think>\n\n${after.trim()}`);
const turnsOf = (tools: boolean, thoughts: boolean) =>
  fc
    .tuple(
      fc.option(fc.oneof(content, fc.constant(''))),
      fc.array(
        fc.tuple(
          content,
          fc.array(fc.tuple(thoughts ? fc.oneof(content, thought) : content, content), {
            maxLength: tools ? 2 : 0,
          }),
          thoughts ? fc.oneof(content, thought) : content,
        ),
        { minLength: 1, maxLength: 4 },
      ),
    )
    .map(([system, turns]): ChatMessage[] => [
      ...(system === null ? [] : [{ role: 'system' as const, content: system }]),
      ...turns.flatMap(([user, calls, assistant]): ChatMessage[] => [
        { role: 'user', content: user },
        ...calls.flatMap(([call, output]): ChatMessage[] => [
          { role: 'assistant', content: call },
          { role: 'tool', content: output },
        ]),
        { role: 'assistant', content: assistant },
      ]),
    ]);
const turnsWithoutTools = turnsOf(false, true);
const turnsWithTools = turnsOf(true, false);
const turnsWithThoughts = turnsOf(true, true);

describe.each(TEMPLATE_NAMES)('%s', (name) => {
  const pieces = CASES[name];
  const used = namedTemplate(name);
  const { tokenizer, byteLengths } = byteLevelTokenizer(SPECIAL);

  test('exactly the answers and their stop tokens are supervised', () => {
    fc.assert(
      fc.property(conversation, (messages) => {
        const rows = renderRows(messages, used, tokenizer);
        for (const row of rows) {
          const own = messages.slice(0, row.messages);
          const all = pieces(own);
          const text = all.map((piece) => (typeof piece === 'string' ? piece : piece.learn)).join('');
          expect(used.render(own, { addGenerationPrompt: false })).toBe(text);
          const ids = [...row.ids];
          expect(text.startsWith(tokenizer.decode(ids))).toBe(true);
          // Earlier answers belong to earlier rows.
          let before = all.filter((piece) => typeof piece !== 'string').length - row.answers.length;
          // By bytes, not by borders: a token is supervised when every byte of it is in an answer.
          const learn = Buffer.concat(
            all.map((piece) => {
              const taught = typeof piece !== 'string' && before-- <= 0;
              return Buffer.alloc(
                Buffer.byteLength(typeof piece === 'string' ? piece : piece.learn),
                Number(taught),
              );
            }),
          );
          let at = 0;
          const mask = ids.map((id) => {
            const bytes = learn.subarray(at, at + byteLengths[id]!);
            at += bytes.length;
            return Number(bytes.every((byte) => byte === 1));
          });
          expect([...row.supervised]).toEqual(mask);
          expect(learn.subarray(at).includes(1)).toBe(false);
          expect(answerCounts(row)).toMatchObject({ straddled: 0, promptDiffers: 0, rewritten: 0 });
          expect(row.supervised.at(-1)).toBe(1);
          expect(row.answers.every(({ stops }) => stops)).toBe(true);
          expect(answerCounts(row).inserted).toBe(name === 'qwen-thinking' ? row.answers.length : 0);
        }
        const answers = messages.filter((message) => message.role === 'assistant').length;
        expect(rows.reduce((sum, row) => sum + row.answers.length, 0)).toBe(answers);
      }),
      { numRuns: 150 },
    );
  });

  test('every answer is supervised once, behind exactly the prompt that asks for it: text and ids', () => {
    const turns = name === 'qwen' ? turnsWithTools : turnsWithThoughts;
    const plainTurns = ['mistral', 'gemma', 'zephyr', 'alpaca'].includes(name);
    fc.assert(
      fc.property(plainTurns ? turnsWithoutTools : turns, (messages) => {
        const taught: number[] = [];
        for (const row of renderRows(messages, used, tokenizer)) {
          const own = messages.slice(0, row.messages);
          const numbers = own.flatMap(({ role }, at) => (role === 'assistant' ? [at] : []));
          let behind = 0;
          for (const [index, number] of numbers.slice(-row.answers.length).entries()) {
            const { from, to } = row.answers[index]!;
            const prompt = used.render(own.slice(0, number), { addGenerationPrompt: true });
            const ids = tokenizer.encode(prompt);
            expect([...row.ids.subarray(0, ids.length)]).toEqual(ids);
            const thoughtless = name === 'qwen-thinking' && !own[number]!.content.includes('</think>');
            expect(tokenizer.decode([...row.ids.subarray(ids.length, from)])).toBe(
              thoughtless ? '<think>\n\n</think>\n\n' : '',
            );
            const written = used.render(own.slice(0, number + 1), { addGenerationPrompt: false });
            expect(tokenizer.decode([...row.ids.subarray(0, to)])).toBe(written.trimEnd());
            expect(row.supervised.subarray(behind, from).includes(1)).toBe(false);
            expect(row.supervised.subarray(from, to).includes(0)).toBe(false);
            behind = to;
            taught.push(number);
          }
          expect(behind).toBe(row.ids.length);
          expect(answerCounts(row)).toMatchObject({ straddled: 0, promptDiffers: 0, rewritten: 0 });
        }
        expect(taught).toEqual(messages.flatMap(({ role }, at) => (role === 'assistant' ? [at] : [])));
      }),
      { numRuns: 150 },
    );
  });

  test('trained on the last answer or on all text: the same tokens, another mask', () => {
    fc.assert(
      fc.property(conversation, (messages) => {
        const every = renderRows(messages, used, tokenizer);
        const [last, ...others] = renderRows(messages, used, tokenizer, 'last');
        const all = renderRows(messages, used, tokenizer, 'all');
        expect(others).toEqual([]);
        expect(last!.ids).toEqual(every.at(-1)!.ids);
        const { from, to } = every.at(-1)!.answers.at(-1)!;
        expect([...last!.supervised]).toEqual([...last!.ids].map((_, at) => Number(at >= from && at < to)));
        expect(last!.answers).toEqual(every.at(-1)!.answers.slice(-1));
        expect(all.map(({ ids }) => ids)).toEqual(every.map(({ ids }) => ids));
        for (const [index, { supervised }] of all.entries()) {
          const start = supervised.indexOf(1);
          expect(supervised.subarray(start).includes(0)).toBe(false);
          expect(start).toBeLessThanOrEqual(every[index]!.answers[0]!.from);
          if (index === 0) expect(start).toBe(1);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('with a tokenizer that marks spaces, the supervised tokens spell the answers', () => {
    const spaces = metaspaceTokenizer(SPECIAL);
    fc.assert(
      fc.property(conversation, (messages) => {
        const rows = renderRows(messages, used, spaces.tokenizer);
        fc.pre(rows.every((row) => answerCounts(row).straddled === 0));
        const learnt = rows.map(({ ids, supervised }) =>
          spaces.tokenizer.decode([...ids].filter((_, index) => supervised[index] === 1)),
        );
        const answers = rows.flatMap(({ messages: own, answers: { length } }) =>
          pieces(messages.slice(0, own))
            .flatMap((piece) => (typeof piece === 'string' ? [] : [piece.learn]))
            .slice(-length),
        );
        // Decoding drops spaces at the beginnings of its pieces.
        expect(learnt.join('').replaceAll(' ', '')).toBe(answers.join('').replaceAll(' ', ''));
      }),
      { numRuns: 60 },
    );
  });
});

test('all text of a conversation in several rows: every turn is supervised once, answers as they are asked for', () => {
  const { tokenizer } = byteLevelTokenizer(SPECIAL);
  const messages: ChatMessage[] = [
    { role: 'system', content: 'S' },
    { role: 'user', content: 'u1' },
    { role: 'assistant', content: '<think>\nt1\n</think>\n\na1' },
    { role: 'user', content: 'u2' },
    { role: 'assistant', content: 'a2' },
    { role: 'tool', content: 'w' },
    { role: 'assistant', content: '<think>\nt3\n</think>\n\na3' },
  ];
  const learnt = (trainOn: 'all' | 'assistant') =>
    renderRows(messages, namedTemplate('qwen-thinking'), tokenizer, trainOn).map(({ ids, supervised }) =>
      tokenizer.decode([...ids].filter((_, at) => supervised[at] === 1)),
    );
  expect(learnt('assistant')).toEqual([
    '<think>\nt1\n</think>\n\na1<|im_end|>',
    'a2<|im_end|>',
    '<think>\nt3\n</think>\n\na3<|im_end|>',
  ]);
  expect(learnt('all')).toEqual([
    'system\nS<|im_end|>\n<|im_start|>user\nu1<|im_end|>\n<|im_start|>assistant\n<think>\nt1\n</think>\n\na1<|im_end|>',
    'u2<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\na2<|im_end|>',
    'w\n</tool_response><|im_end|>\n<|im_start|>assistant\n<think>\nt3\n</think>\n\na3<|im_end|>',
  ]);
});

describe('what is refused', () => {
  const chat: ChatMessage[] = [
    { role: 'user', content: 'hi' },
    { role: 'assistant', content: 'hello' },
    { role: 'user', content: 'more' },
    { role: 'assistant', content: 'done' },
  ];
  const { tokenizer } = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']);
  const refused = (source: string) => {
    try {
      return `${renderRow(chat, writtenTemplate(source), tokenizer).answers.length} answers`;
    } catch (error) {
      return String(error);
    }
  };
  const chatml = (assistant: string, prompt = '<|im_start|>assistant\\n') =>
    `{% for message in messages %}{% if message['role'] == 'assistant' %}${assistant}{% else %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '${prompt}' }}{% endif %}`;

  test('messages say which turn, what the template does and what to do', () => {
    expect(
      [
        refused(chatml(`{{ '<|im_start|>assistant\\n' + message['content'] + '<|im_end|>\\n' }}`)),
        refused(
          chatml(
            `{{ '<|im_start|>assistant\\n' + message['content'] + '<|im_end|>\\n' }}`,
            '<|im_start|>model\\n',
          ),
        ),
        refused(chatml(`{{ '<|im_start|>assistant\\n' + message['content'] + '\\n' }}`)),
        refused(chatml(`{{ '<|im_start|>assistant\\n' + message['content'] | upper + '<|im_end|>\\n' }}`)),
        refused(
          chatml(
            `{{ '<|im_start|>assistant\\n' + message['content'] + ('<|im_end|>' if loop.last else '\\n<|im_start|>') }}`,
          ),
        ),
      ].join('\n'),
    ).toMatchInlineSnapshot(`
      "2 answers
      turn 4: the prompt for this answer is not a beginning of the training text.
        The chat template does not fit this row: expected "m_end|>\\n<|im_start|>model\\n" where it writes "m_end|>\\n<|im_start|>assistant\\ndone<|im_e". Use another chat template (training.template in a study, --template of train), or change the row.
      turn 4: the template writes nothing after an answer, so a model would never learn to stop.
        The chat template does not fit this row: expected "tart|>assistant\\ndone" where it writes "tart|>assistant\\ndone\\n". Use another chat template (training.template in a study, --template of train), or change the row.
      turn 4: the template leaves out or changes the text of this answer.
        The chat template does not fit this row: expected "m_start|>assistant\\n(the answer)" where it writes "m_start|>assistant\\nCARRYOVER<|im_end|>". Use another chat template (training.template in a study, --template of train), or change the row.
      1 answers"
    `);
  });
});
