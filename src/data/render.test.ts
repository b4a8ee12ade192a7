import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byteLevelTokenizer, metaspaceTokenizer } from '../../test/support/tiny-tokenizer.ts';
import { makeChatTemplate } from '../checkpoint/chat-template.ts';
import { openCheckpoint } from '../checkpoint/open-checkpoint.ts';
import type { ChatMessage } from '../engine/engine.ts';
import { renderRow } from './render.ts';
import { CHATML, PLAIN, trainingTemplate } from './stand-in-template.ts';

/** A template's source and, written by hand, the text it shall give: pieces that are supervised and pieces that are not. */
interface Case {
  readonly source: string;
  readonly special: readonly string[];
  readonly pieces: (messages: readonly ChatMessage[]) => (string | { readonly learn: string })[];
}

const CASES: Record<string, Case> = {
  ChatML: {
    source: CHATML,
    special: ['<|im_start|>', '<|im_end|>'],
    pieces: (messages) =>
      messages.flatMap(({ role, content }) => [
        `<|im_start|>${role}\n`,
        role === 'assistant' ? { learn: `${content}<|im_end|>` } : `${content}<|im_end|>`,
        '\n',
      ]),
  },
  'Llama 3': {
    source: `{{ bos_token }}{% for message in messages %}{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' + message['content'] | trim + '<|eot_id|>' }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}`,
    special: ['<bos>', '<eos>', '<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>'],
    pieces: (messages) => [
      '<bos>',
      ...messages.flatMap(({ role, content }) => [
        `<|start_header_id|>${role}<|end_header_id|>\n\n`,
        role === 'assistant' ? { learn: `${content.trim()}<|eot_id|>` } : `${content.trim()}<|eot_id|>`,
      ]),
    ],
  },
  Mistral: {
    source: `{{ bos_token }}{% for message in messages %}{% if message['role'] == 'assistant' %}{{ ' ' + message['content'] + eos_token }}{% else %}{{ '[INST] ' + message['content'] + ' [/INST]' }}{% endif %}{% endfor %}`,
    special: ['<bos>', '<eos>', '[INST]', '[/INST]'],
    pieces: (messages) => [
      '<bos>',
      ...messages.map(({ role, content }) =>
        role === 'assistant' ? { learn: ` ${content}<eos>` } : `[INST] ${content} [/INST]`,
      ),
    ],
  },
  Zephyr: {
    source: `{% for message in messages %}{{ '<|' + message['role'] + '|>\n' + message['content'] + eos_token + '\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% endif %}`,
    special: ['<bos>', '<eos>'],
    pieces: (messages) =>
      messages.flatMap(({ role, content }) => [
        `<|${role}|>\n`,
        role === 'assistant' ? { learn: `${content}<eos>` } : `${content}<eos>`,
        '\n',
      ]),
  },
  Alpaca: {
    source: `{% for message in messages %}{% if message['role'] == 'assistant' %}{{ '### Response:\n' + message['content'] + eos_token + '\n\n' }}{% else %}{{ '### Instruction:\n' + message['content'] + '\n\n' }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '### Response:\n' }}{% endif %}`,
    special: ['<bos>', '<eos>'],
    pieces: (messages) =>
      messages.flatMap(({ role, content }) =>
        role === 'assistant'
          ? ['### Response:\n', { learn: `${content}<eos>` }, '\n\n']
          : [`### Instruction:\n${content}\n\n`],
      ),
  },
  'empty think tags': {
    source: `{% for message in messages %}{% if message['role'] == 'assistant' and '</think>' not in message['content'] %}{{ '<|im_start|>assistant\n<think>\n\n</think>\n\n' + message['content'] + '<|im_end|>\n' }}{% else %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}`,
    special: ['<|im_start|>', '<|im_end|>'],
    pieces: (messages) =>
      messages.flatMap(({ role, content }) => {
        if (role !== 'assistant') return [`<|im_start|>${role}\n${content}<|im_end|>\n`];
        const inserted = content.includes('</think>') ? '' : '<think>\n\n</think>\n\n';
        return [`<|im_start|>assistant\n${inserted}`, { learn: `${content}<|im_end|>` }, '\n'];
      }),
  },
  'plain stand-in': {
    source: PLAIN,
    special: ['<bos>', '<eos>'],
    pieces: (messages) => [
      '<bos>',
      ...messages.flatMap(({ role, content }) => [
        `### ${role[0]!.toUpperCase()}${role.slice(1)}:\n`,
        ...(role === 'assistant' ? [{ learn: `${content}<eos>` }] : [content]),
        '\n\n',
      ]),
    ],
  },
};

const template = (source: string) =>
  makeChatTemplate('test', {
    tokenizerJson: '',
    tokenizerConfig: { bos_token: '<bos>', eos_token: '<eos>' },
    chatTemplate: source,
  })!;

/** Texts that provoke merges across borders: spaces and line feeds at the ends, letters that merge, other scripts. */
const words = fc.array(
  fc.constantFrom(
    'hello',
    'a',
    ' a',
    '  ',
    '\n',
    '\n\n',
    '12',
    ' ',
    'é',
    '日本',
    '🙂',
    '\t',
    '<think>\nx\n</think>\n\n',
    '.',
  ),
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

describe.each(Object.entries(CASES))('%s', (_, { source, special, pieces }) => {
  const used = template(source);
  const { tokenizer, byteLengths } = byteLevelTokenizer(special);

  test('exactly the answers and their stop tokens are supervised', () => {
    fc.assert(
      fc.property(conversation, (messages) => {
        const row = renderRow(messages, used, tokenizer);
        const expected = pieces(messages);
        const text = expected.map((piece) => (typeof piece === 'string' ? piece : piece.learn)).join('');
        expect(used.render(messages, { addGenerationPrompt: false })).toBe(text);
        const ids = tokenizer.encode(text);
        expect([...row.ids]).toEqual(ids.slice(0, row.ids.length));
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
        expect(at).toBe(learn.length);
        expect([...row.supervised]).toEqual(mask.slice(0, row.ids.length));
        expect(mask.slice(row.ids.length).every((bit) => bit === 0)).toBe(true);
        expect(row.supervised.at(-1)).toBe(1);
        expect(row.stopTurns).toBe(row.turns);
        expect(row.turns).toBe(messages.filter((message) => message.role === 'assistant').length);
      }),
      { numRuns: 150 },
    );
  });

  test('with a tokenizer that marks spaces, the supervised tokens spell the answers', () => {
    const spaces = metaspaceTokenizer(special);
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
      return `${renderRow(chat, template(source), tokenizer).turns} turns`;
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
      "2 turns
      turn 2: the prompt for this answer is not a beginning of the training text.
        The chat template does not fit this row: expected "m_end|>\\n<|im_start|>model\\n" where it writes "m_end|>\\n<|im_start|>assistant\\nhello<|im_". Use rows with one answer each, or another chat template.
      turn 2: the template writes nothing after an answer, so a model would never learn to stop.
        The chat template does not fit this row: expected "im_start|>assistant\\n" where it writes "im_start|>assistant\\nhello\\n<|im_start|>us". Use rows with one answer each, or another chat template.
      turn 2: the template leaves out or changes the text of this answer.
        The chat template does not fit this row: expected "im_start|>assistant\\n" where it writes "im_start|>assistant\\nHELLO<|im_end|>\\n<|im". Use rows with one answer each, or another chat template.
      turn 2: the template renders this answer otherwise once the conversation goes on.
        The chat template does not fit this row: expected "art|>assistant\\nhello<|im_end|>" where it writes "art|>assistant\\nhello\\n<|im_start|><|im_st". Use rows with one answer each, or another chat template."
    `);
  });
});

test('a border inside a token: the token is not supervised, and it is counted', () => {
  const { tokenizer } = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']);
  const row = renderRow(
    [
      { role: 'user', content: 'q' },
      { role: 'assistant', content: '\n\nyes' },
    ],
    template(CHATML),
    tokenizer,
  );
  expect(row).toMatchObject({ straddled: 1, promptDiffers: 1 });
  expect(tokenizer.decode([...row.ids].filter((_, index) => row.supervised[index] === 1))).toBe(
    '\nyes<|im_end|>',
  );
});

test('a BOS that the tokenizer writes before every prompt is there in training too, once', () => {
  const messages: ChatMessage[] = [
    { role: 'user', content: 'q' },
    { role: 'assistant', content: 'a' },
  ];
  const { tokenizer } = byteLevelTokenizer(['<bos>', '<eos>', '<|im_start|>', '<|im_end|>'], '<bos>');
  for (const source of [CHATML, PLAIN]) {
    const row = renderRow(messages, template(source), tokenizer);
    const prompt = template(source).render(messages.slice(0, 1), { addGenerationPrompt: true });
    const prompted = tokenizer.encode(prompt.replace('<bos>', ''), { addSpecial: true });
    expect([...row.ids].slice(0, prompted.length)).toEqual(prompted);
    expect(prompted.filter((id) => id === tokenizer.tokenId('<bos>'))).toHaveLength(1);
    expect([...row.supervised].indexOf(1)).toBe(prompted.length);
    expect(row.ids.length - prompted.length).toBe(2);
  }
});

test('stand-ins: ChatML where its tokens exist, else headings with the end-of-text token, else an error', () => {
  const chatml = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']).tokenizer;
  expect(trainingTemplate(chatml, undefined).name).toBe('chatml');
  expect(trainingTemplate(chatml, template(PLAIN)).name).toBe('model');
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
