import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { answerCounts } from '../../../test/support/answer-counts.ts';
import { CHAT_RENDERS, namedTemplate, withExtraTokens } from '../../../test/support/chat-renders.ts';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import type { Tokenizer } from '../../checkpoint/checkpoint.ts';
import { openCheckpoint } from '../../checkpoint/open-checkpoint.ts';
import { TEMPLATE_NAMES, type TemplateName } from '../../checkpoint/templates/templates.ts';
import type { ChatMessage } from '../../engine/engine.ts';
import { type ConversationRow, renderRows, rowRoles } from './render.ts';
import { RowFault } from './row-fault.ts';
import type { TokenRole } from './token-roles.ts';
import { teachesAnswers } from './verify-row.ts';

/** The last row of a conversation: the whole of it. */
const renderRow = (...given: Parameters<typeof renderRows>) => renderRows(...given).at(-1)!;

const conversation = (name: string) => CHAT_RENDERS.conversations[name]!;

/** Prompts of the fixture are what a model is asked with; a row that ends with the answer must begin with them. */
function checkPrompts(name: TemplateName, tokenizer: Tokenizer, key: 'seedling' | 'smollm2'): void {
  let checked = 0;
  for (const one of CHAT_RENDERS.cases) {
    const all = conversation(one.conversation);
    if (one.template !== name || one.messages === all.length) continue;
    const messages = all.slice(0, one.messages + 1);
    const thoughts = messages.at(-1)!.content.includes('</think>');
    if (name === 'qwen' && thoughts) {
      expect(() => renderRow(messages, namedTemplate(name), tokenizer)).toThrow(RowFault);
      continue;
    }
    const row = renderRow(messages, namedTemplate(name), tokenizer);
    const { from, to } = row.answers.at(-1)!;
    expect(answerCounts(row)).toMatchObject({ straddled: 0, promptDiffers: 0 });
    const prompt = one.ids[key];
    expect([...row.ids].slice(0, prompt.length)).toEqual(prompt);
    const inserted = name === 'qwen-thinking' && !thoughts;
    expect(answerCounts(row).inserted).toBe(Number(inserted));
    expect(tokenizer.decode([...row.ids.slice(prompt.length, from)])).toBe(
      inserted ? '<think>\n\n</think>\n\n' : '',
    );
    expect(row.supervised.subarray(prompt.length, from).includes(1)).toBe(false);
    expect(row.supervised.subarray(from, to).includes(0)).toBe(false);
    checked++;
  }
  expect(checked).toBeGreaterThan(9);
}

const NAMES = TEMPLATE_NAMES.filter((name) => name !== 'plain');

describe('rows begin with the prompts of transformers, id for id', () => {
  const file = new URL('../../../models/seedling/tokenizer.json', import.meta.url);
  const tokenizer = withExtraTokens(readFileSync(file, 'utf8'));
  test.each(NAMES)('%s, with the tokenizer of the model in the box', (name) => {
    checkPrompts(name, tokenizer, 'seedling');
  });

  const model = process.env['CARRYOVER_TEST_MODEL'];
  test.skipIf(!model)('all, with the real model’s tokenizer (needs CARRYOVER_TEST_MODEL)', async () => {
    const { tokenizerFiles, close } = await openCheckpoint({ ref: model! });
    const real = withExtraTokens(tokenizerFiles.tokenizerJson);
    for (const name of NAMES) checkPrompts(name, real, 'smollm2');
    await close();
  });
});

const { tokenizer } = byteLevelTokenizer(CHAT_RENDERS['extra tokens']);
const taught = (name: TemplateName, messages: readonly ChatMessage[]) =>
  renderRows(messages, namedTemplate(name), tokenizer).map((row) => ({
    answers: row.answers.map(({ from, to }) => tokenizer.decode([...row.ids.slice(from, to)])),
    inserted: answerCounts(row).inserted,
    rewritten: row.rewritten,
  }));

describe('thoughts', () => {
  test('those of a row are supervised, in the template’s layout', () => {
    expect(taught('qwen-thinking', conversation('thoughts'))).toEqual([
      {
        answers: ['<think>\nNine less four.\n\nFive.\n</think>\n\n5<|im_end|>'],
        inserted: 0,
        rewritten: 0,
      },
    ]);
  });

  test('an answer that later prompts show without its thoughts has a row of its own', () => {
    const rows = taught('qwen-thinking', conversation('thoughts in both answers'));
    expect(rows.map(({ answers }) => answers)).toEqual([
      [expect.stringMatching(/^<think>\n[^<]+\n<\/think>\n\n5<\|im_end\|>$/)],
      ['<think>\nFour.\n</think>\n\n4<|im_end|>'],
    ]);
    expect(rows.map(({ rewritten }) => rewritten)).toEqual([0, 0]);
  });

  test('the empty pair that a template inserts is not supervised, and counted where the prompt lacks it', () => {
    const three = conversation('three questions');
    const said = three
      .filter(({ role }) => role === 'assistant')
      .map(({ content }) => `${content}<|im_end|>`);
    for (const [name, inserted] of [
      ['qwen-thinking', 1],
      ['qwen', 0],
    ] as const)
      expect(taught(name, three)).toEqual(
        said.map((answer) => ({ answers: [answer], inserted, rewritten: 0 })),
      );
  });

  test('an answer that no row shows as it is written stays unsupervised, and is counted', () => {
    const messages: ChatMessage[] = [
      { role: 'user', content: 'q' },
      { role: 'assistant', content: 'Well. <think>\nhm\n</think>\n\na' },
      { role: 'user', content: 'and?' },
      { role: 'assistant', content: 'b' },
    ];
    expect(taught('qwen-thinking', messages)).toEqual([
      { answers: ['b<|im_end|>'], inserted: 1, rewritten: 1 },
    ]);
  });

  test('a template that drops a part of the row’s text is a fault', () => {
    const messages: ChatMessage[] = [
      { role: 'user', content: 'q' },
      { role: 'assistant', content: 'Well. <think>\nhm\n</think>\n\na' },
    ];
    expect(() => taught('qwen-thinking', messages)).toThrow('leaves out or changes the text of this answer');
    expect(taught('chatml', messages)[0]!.answers).toEqual(['Well. <think>\nhm\n</think>\n\na<|im_end|>']);
  });
});

test('roles: whose words each token is', () => {
  const shown = (name: TemplateName, messages: readonly ChatMessage[]) => {
    const roles = rowRoles(messages, namedTemplate(name), tokenizer);
    const { ids } = renderRow(messages, namedTemplate(name), tokenizer);
    expect(roles).toHaveLength(ids.length);
    const runs: [string, number[]][] = [];
    for (const [at, role] of roles.entries()) {
      if (runs.at(-1)?.[0] !== role) runs.push([role, []]);
      runs.at(-1)![1].push(ids[at]!);
    }
    return runs.map(([role, run]) => `${role}: ${JSON.stringify(tokenizer.decode(run))}`).join('\n');
  };
  expect(
    [
      shown('gemma', [
        { role: 'system', content: 'user' },
        { role: 'user', content: 'u' },
        { role: 'assistant', content: 'model' },
        { role: 'user', content: 'model' },
        { role: 'assistant', content: ' m' },
      ]),
      shown('qwen-thinking', [...conversation('thoughts in both answers')]),
      shown('chatml', conversation('tools')),
    ].join('\n\n'),
  ).toMatchInlineSnapshot(`
    "header: "<s><start_of_turn>user\\n"
    system: "user"
    header: "\\n\\n"
    user: "u"
    header: "<end_of_turn>\\n<start_of_turn>model\\n"
    assistant: "model"
    stop: "<end_of_turn>"
    header: "\\n<start_of_turn>user\\n"
    user: "model"
    header: "<end_of_turn>\\n<start_of_turn>model\\n"
    assistant: "m"
    stop: "<end_of_turn>"

    header: "<|im_start|>user\\n"
    user: "9 - 4?"
    header: "<|im_end|>\\n<|im_start|>assistant\\n"
    assistant: "5"
    header: "<|im_end|>\\n<|im_start|>user\\n"
    user: "And 9 - 5?"
    header: "<|im_end|>\\n<|im_start|>assistant\\n"
    assistant: "<think>\\nFour.\\n</think>\\n\\n4"
    stop: "<|im_end|>"

    header: "<|im_start|>user\\n"
    user: "Weather in Oslo?"
    header: "<|im_end|>\\n<|im_start|>assistant\\n"
    assistant: "<tool_call>\\n{\\"name\\": \\"weather\\"}\\n</tool_call>"
    stop: "<|im_end|>"
    header: "\\n<|im_start|>tool\\n"
    tool: "{\\"degrees\\": 4}"
    header: "<|im_end|>\\n<|im_start|>tool\\n"
    tool: "rain"
    header: "<|im_end|>\\n<|im_start|>assistant\\n"
    assistant: "Four degrees and rain."
    stop: "<|im_end|>""
  `);
});

test('roles: a token with some of a text is that text’s; what a template inserts before an answer is called so', async () => {
  const { tokenizer, close } = await openCheckpoint({ ref: 'builtin:seedling' });
  const shown = (name: TemplateName, messages: readonly ChatMessage[]) => {
    const [{ ids, supervised }] = renderRows(messages, namedTemplate(name), tokenizer) as [ConversationRow];
    const roles = rowRoles(messages, namedTemplate(name), tokenizer);
    const of = (role: TokenRole) => tokenizer.decode([...ids].filter((_, at) => roles[at] === role));
    const taught = new Set([...roles].filter((_, at) => supervised[at] === 1));
    return { user: of('user'), inserted: of('inserted'), assistant: of('assistant'), taught };
  };
  const short: ChatMessage[] = [
    { role: 'user', content: 'x' },
    { role: 'assistant', content: 'y' },
  ];
  // The template’s line feed and the letter are one token of this tokenizer.
  expect(shown('plain', short).user).toContain('x');
  const thinking = shown('qwen-thinking', short);
  expect(thinking.user).toContain('x');
  expect(thinking.inserted).toBe('<think>\n\n</think>\n\n');
  expect(thinking.taught).toEqual(new Set(['assistant', 'stop']));
  expect(shown('qwen', short).inserted).toBe('');
  await close();
});

describe('the check of a row', () => {
  const messages: ChatMessage[] = [
    { role: 'user', content: 'hello' },
    { role: 'assistant', content: 'a 12' },
  ];
  const row = renderRow(messages, namedTemplate('chatml'), tokenizer);
  const [answer] = row.answers;
  const told = { ...answer!, text: 'a 12<|im_end|>', cut: '' };
  const check = (change: (mask: Uint8Array) => void, answers = [told]) => {
    const mask = row.supervised.slice();
    change(mask);
    return teachesAnswers([...row.ids], mask, answers, tokenizer);
  };

  test('holds for the row as it is, and for no other mask', () => {
    expect(check(() => undefined)).toBe(true);
    for (let at = 0; at < row.ids.length; at++) {
      expect(
        check((mask) => {
          mask[at] = 1 - mask[at]!;
        }),
      ).toBe(false);
    }
  });

  test('fails where the tokens spell another text, or miss more than the border hides', () => {
    expect(check(() => undefined, [{ ...told, text: 'a 13<|im_end|>' }])).toBe(false);
    expect(check(() => undefined, [{ ...told, text: 'a a 12<|im_end|>' }])).toBe(false);
    expect(check(() => undefined, [{ ...told, text: 'xa 12<|im_end|>', cut: '\nx' }])).toBe(true);
    expect(check(() => undefined, [{ ...told, text: 'a 12', cut: '' }])).toBe(false);
  });

  test('a tokenizer that cannot spell an answer makes the row a fault', () => {
    const deaf: Tokenizer = {
      ...tokenizer,
      encode: (text, options) => tokenizer.encode(text.replaceAll('é', '?'), options),
    };
    const said = [messages[0]!, { role: 'assistant', content: 'né' } as const];
    expect(() => renderRow(said, namedTemplate('chatml'), deaf)).toThrow(
      'do not spell what is to be learned',
    );
    expect(renderRow(said, namedTemplate('chatml'), tokenizer).answers).toHaveLength(1);
  });
});
