import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHAT_RENDERS, namedTemplate } from '../../test/support/chat-renders.ts';
import { byteLevelTokenizer, metaspaceTokenizer } from '../../test/support/tiny-tokenizer.ts';
import { makeChatTemplate } from '../checkpoint/chat-template.ts';
import { openCheckpoint } from '../checkpoint/open-checkpoint.ts';
import { TEMPLATE_NAMES, type TemplateName } from '../checkpoint/templates/templates.ts';
import type { ChatMessage } from '../engine/engine.ts';
import { renderRow } from './render.ts';
import { trainingTemplate } from './stand-in-template.ts';

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

const template = (source: string) =>
  makeChatTemplate('test', {
    tokenizerJson: '',
    tokenizerConfig: { bos_token: '<bos>', eos_token: '<eos>' },
    chatTemplate: source,
  })!;

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

describe.each(TEMPLATE_NAMES)('%s', (name) => {
  const pieces = CASES[name];
  const used = namedTemplate(name);
  const { tokenizer, byteLengths } = byteLevelTokenizer(SPECIAL);
  const taught = (messages: readonly ChatMessage[]) =>
    pieces(messages).filter((piece) => typeof piece !== 'string').length;

  test('exactly the answers and their stop tokens are supervised', () => {
    fc.assert(
      fc.property(conversation, (messages) => {
        const row = renderRow(messages, used, tokenizer);
        const expected = pieces(messages);
        const text = expected.map((piece) => (typeof piece === 'string' ? piece : piece.learn)).join('');
        expect(used.render(messages, { addGenerationPrompt: false })).toBe(text);
        const ids = [...row.ids];
        expect(text.startsWith(tokenizer.decode(ids))).toBe(true);
        if (row.promptDiffers === 0) {
          const prompt = used.render(messages.slice(0, -1), { addGenerationPrompt: true });
          expect(ids.slice(0, tokenizer.encode(prompt).length)).toEqual(tokenizer.encode(prompt));
        }
        // By bytes, not by borders: a token is supervised when every byte of it is in an answer.
        const learn = Buffer.concat(
          expected.map((piece) =>
            typeof piece === 'string'
              ? Buffer.alloc(Buffer.byteLength(piece), 0)
              : Buffer.alloc(Buffer.byteLength(piece.learn), 1),
          ),
        );
        let at = 0;
        const mask = ids.map((id) => {
          const bytes = learn.subarray(at, at + byteLengths[id]!);
          at += bytes.length;
          return Number(bytes.every((byte) => byte === 1));
        });
        expect([...row.supervised]).toEqual(mask);
        expect(learn.subarray(at).includes(1)).toBe(false);
        expect(row.straddled).toBe(0);
        expect(row.promptDiffers).toBeLessThan(Math.max(1, taught(messages)));
        expect(row.supervised.at(-1)).toBe(1);
        expect(row.answers).toHaveLength(taught(messages));
        expect(row.answers.every(({ stops }) => stops)).toBe(true);
        const answers = messages.filter((message) => message.role === 'assistant').length;
        expect(row.rewritten).toBe(answers - taught(messages));
        expect(row.inserted).toBe(Number(name === 'qwen-thinking'));
      }),
      { numRuns: 150 },
    );
  });

  test('trained on the last answer or on all text: the same tokens, another mask', () => {
    fc.assert(
      fc.property(conversation, (messages) => {
        const every = renderRow(messages, used, tokenizer);
        const last = renderRow(messages, used, tokenizer, 'last');
        const all = renderRow(messages, used, tokenizer, 'all');
        expect([last.ids, all.ids]).toEqual([every.ids, every.ids]);
        const { from, to } = every.answers.at(-1)!;
        expect([...last.supervised]).toEqual([...every.ids].map((_, at) => Number(at >= from && at < to)));
        expect([...all.supervised]).toEqual([...every.ids].map((_, at) => Number(at > 0)));
        expect(last.answers).toEqual(every.answers.slice(-1));
      }),
      { numRuns: 25 },
    );
  });

  test('with a tokenizer that marks spaces, the supervised tokens spell the answers', () => {
    const spaces = metaspaceTokenizer(SPECIAL);
    fc.assert(
      fc.property(conversation, (messages) => {
        const row = renderRow(messages, used, spaces.tokenizer);
        fc.pre(row.straddled === 0);
        const learnt = spaces.tokenizer.decode(
          [...row.ids].filter((_, index) => row.supervised[index] === 1),
        );
        const answers = pieces(messages).map((piece) => (typeof piece === 'string' ? '' : piece.learn));
        // Decoding drops spaces at the beginnings of its pieces.
        expect(learnt.replaceAll(' ', '')).toBe(answers.join('').replaceAll(' ', ''));
      }),
      { numRuns: 60 },
    );
  });
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
      return `${renderRow(chat, template(source), tokenizer).answers.length} answers`;
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

test('a prompt has the tokens that it has alone, where a border would fall inside a token or merge otherwise', () => {
  const { tokenizer } = byteLevelTokenizer(SPECIAL);
  const taught = (name: TemplateName, content: string) => {
    const messages: ChatMessage[] = [
      { role: 'user', content: 'q' },
      { role: 'assistant', content },
    ];
    const used = namedTemplate(name);
    const row = renderRow(messages, used, tokenizer);
    const prompt = tokenizer.encode(used.render(messages.slice(0, 1), { addGenerationPrompt: true }));
    expect([...row.ids].slice(0, prompt.length)).toEqual(prompt);
    expect(row).toMatchObject({ straddled: 0, promptDiffers: 0 });
    return [...row.ids].filter((_, index) => row.supervised[index] === 1).map((id) => tokenizer.decode([id]));
  };
  // Header and answer would share a token of two line feeds.
  expect(taught('chatml', '\n\n12')).toEqual(['\n', '\n', '12', '<|im_end|>']);
  // The header's two line feeds would be parted before a word.
  expect(taught('llama-3', 'a')).toEqual(['a', '<|eot_id|>']);
});

test('where parts do not spell the whole, a token on the border is not supervised, and counted', () => {
  const { tokenizer } = metaspaceTokenizer(SPECIAL);
  const used = template(
    `{% for m in messages %}{% if m.role == 'user' %}{{ m.content + ' h' }}{% else %}{{ m.content + '</s>' }}{% endif %}{% endfor %}`,
  );
  const row = renderRow(
    [
      { role: 'user', content: 'q' },
      { role: 'assistant', content: 'ello' },
    ],
    used,
    tokenizer,
  );
  expect(row).toMatchObject({ straddled: 1, promptDiffers: 1 });
  expect(tokenizer.decode([...row.ids].filter((_, index) => row.supervised[index] === 1))).toBe('o</s>');
});

test('a BOS that the tokenizer writes before every prompt is there in training too, once', () => {
  const messages: ChatMessage[] = [
    { role: 'user', content: 'q' },
    { role: 'assistant', content: 'a' },
  ];
  const { tokenizer } = byteLevelTokenizer(SPECIAL, '<s>');
  for (const used of [namedTemplate('chatml'), namedTemplate('llama-3')]) {
    const row = renderRow(messages, used, tokenizer);
    const prompt = used.render(messages.slice(0, 1), { addGenerationPrompt: true });
    const prompted = tokenizer.encode(prompt.replace('<s>', ''), { addSpecial: true });
    expect([...row.ids].slice(0, prompted.length)).toEqual(prompted);
    expect(prompted.filter((id) => id === tokenizer.tokenId('<s>'))).toHaveLength(1);
    expect([...row.supervised].indexOf(1)).toBe(prompted.length);
    expect(row.ids.length - prompted.length).toBe(2);
  }
});

test('stand-ins: ChatML where its tokens exist, else headings with the end-of-text token, else an error', () => {
  const chatml = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']).tokenizer;
  expect(trainingTemplate(chatml, undefined).name).toBe('chatml');
  expect(trainingTemplate(chatml, template('')).name).toBe('model');
  const { tokenizer } = byteLevelTokenizer(['<eos>']);
  const plain = trainingTemplate(tokenizer, undefined, [tokenizer.tokenId('<eos>')!]);
  expect(plain.name).toBe('plain');
  expect(
    plain.template.render(
      [
        { role: 'user', content: 'q' },
        { role: 'assistant', content: 'a' },
      ],
      { addGenerationPrompt: false },
    ),
  ).toBe('### User:\nq\n\n### Assistant:\na<eos>\n\n');
  expect(() => trainingTemplate(tokenizer, undefined)).toThrow('no end-of-text token');
});

const model = process.env['CARRYOVER_TEST_MODEL'];
describe.skipIf(!model)('the real model’s template and tokenizer (needs CARRYOVER_TEST_MODEL)', () => {
  const vectors = JSON.parse(
    readFileSync(
      new URL('../../test/fixtures/smollm2-135m-instruct-q4_1.vectors.json', import.meta.url),
      'utf8',
    ),
  ) as {
    chat: { messages: ChatMessage[]; addGenerationPrompt: boolean; text: string; ids: number[] }[];
    train: { rows: { ids: number[]; mask: number[] }[] };
  };

  test('prompts equal those of transformers, and training rows begin with them', async () => {
    const { tokenizer, chatTemplate, close } = await openCheckpoint({ ref: model! });
    for (const { messages, addGenerationPrompt, text, ids } of vectors.chat) {
      expect(chatTemplate!.render(messages, { addGenerationPrompt })).toBe(text);
      if (!addGenerationPrompt) continue;
      const row = renderRow([...messages, { role: 'assistant', content: 'hello' }], chatTemplate!, tokenizer);
      expect([...row.ids].slice(0, ids.length)).toEqual(ids);
      expect(tokenizer.decode([...row.ids].slice(ids.length))).toBe('hello<|im_end|>');
    }
    await close();
  });

  test('training rows and masks equal those of the reference', async () => {
    const { tokenizer, chatTemplate, close } = await openCheckpoint({ ref: model! });
    for (const { ids, mask } of vectors.train.rows) {
      const [, user, answer] = tokenizer
        .decode(ids)
        .match(/<\|im_start\|>user\n([\s\S]*?)<\|im_end\|>\n<\|im_start\|>assistant\n([\s\S]*)<\|im_end\|>/)!;
      const row = renderRow(
        [
          { role: 'user', content: user! },
          { role: 'assistant', content: answer! },
        ],
        chatTemplate!,
        tokenizer,
      );
      expect([...row.ids]).toEqual(ids);
      expect([...row.supervised]).toEqual(mask);
    }
    await close();
  });
});
