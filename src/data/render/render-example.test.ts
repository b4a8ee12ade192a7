import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { CHAT_RENDERS, namedTemplate } from '../../../test/support/chat-renders.ts';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import { makeChatTemplate } from '../../checkpoint/chat-template.ts';
import type { ChatMessage } from '../../engine/engine.ts';
import { prepareStage } from '../prepare-stage.ts';
import type { StageSpec } from '../stage.ts';
import { countExample, noStageCounts } from './example-answers.ts';
import { renderRows } from './render.ts';
import { noCounts, renderExamples } from './render-example.ts';
import { trainingTemplate } from './stand-in-template.ts';

const { tokenizer } = byteLevelTokenizer(CHAT_RENDERS['extra tokens']);
const named = (template: Parameters<typeof trainingTemplate>[1]) => trainingTemplate(tokenizer, template);

describe('long rows', () => {
  const messages: ChatMessage[] = ['one', 'two', 'three'].flatMap((said) => [
    { role: 'user', content: 'q' },
    { role: 'assistant', content: said },
  ]);
  const template = named(namedTemplate('chatml'));
  const { answers, ids } = renderRows(messages, template.template, tokenizer)[0]!;
  const place = { values: {}, file: 'rows.jsonl', row: 7, line: 7 };
  const render = (rowLength: number, overlong: NonNullable<StageSpec['overlong']>) => {
    const counts = noCounts();
    const stage = { rowLength, overlong };
    const [example] = renderExamples(
      { source: place, row: 7, converted: { kind: 'conversation', messages } },
      stage,
      { tokenizer },
      template,
      counts,
    );
    const stageCounts = noStageCounts();
    if (example) countExample(example, example.ids.length, example.supervised, stageCounts);
    const { turns, stopTurns, cutAnswers, truncated } = stageCounts;
    const dropped = counts.overlong;
    return { length: example?.ids.length ?? null, turns, stopTurns, cutAnswers, truncated, dropped };
  };

  test('cut at any length: answers, stops and cuts are those of the tokens that are left', () => {
    for (let rowLength = answers[0]!.from + 1; rowLength < ids.length; rowLength++) {
      const begun = answers.filter(({ from }) => from < rowLength);
      const whole = begun.filter(({ to }) => to <= rowLength);
      expect(render(rowLength, 'truncate')).toEqual({
        length: whole.length === begun.length ? whole.at(-1)!.to : rowLength,
        turns: begun.length,
        stopTurns: whole.length,
        cutAnswers: begun.length - whole.length,
        truncated: 1,
        dropped: 0,
      });
    }
  });

  test('a row of exactly the length stays as it is; one token more is dropped, or an error', () => {
    const whole = { length: ids.length, turns: 3, stopTurns: 3, cutAnswers: 0, truncated: 0, dropped: 0 };
    for (const overlong of ['drop', 'truncate', 'error'] as const) {
      expect(render(ids.length, overlong)).toEqual(whole);
    }
    expect(render(ids.length - 1, 'drop')).toMatchObject({ length: null, turns: 0, dropped: 1 });
    expect(() => render(ids.length - 1, 'error')).toThrow(`this row has ${ids.length} tokens`);
  });
});

describe('rows that cannot be trained on', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carryover-render-'));
  });
  const strict = makeChatTemplate('m', {
    tokenizerJson: '',
    tokenizerConfig: {},
    chatTemplate: `{% for m in messages %}{% if 'refuse' in m.content %}{{ raise_exception('no') }}{% endif %}{{ '<|im_start|>' + m.role + '\\n' + m.content | replace('swap', 'other') + '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}`,
  });
  const prepare = async (said: readonly string[], trainOn?: StageSpec['trainOn']) => {
    const lines = said.map((answer, index) => JSON.stringify({ question: `q${index}`, answer }));
    await writeFile(join(folder, 'rows.jsonl'), `${lines.join('\n')}\n`);
    const spec: StageSpec = {
      sources: { rows: { file: 'rows.jsonl' } },
      seed: 1,
      rowLength: 64,
      batches: { rowsPerStep: 8 },
      baseFolder: folder,
      ...(trainOn ? { trainOn } : {}),
    };
    return prepareStage(spec, { tokenizer, chatTemplate: strict, folder: join(folder, 'out') });
  };
  /** Tokens that the template writes around a question and an answer. */
  const HEADERS = tokenizer.encode('<|im_start|>user\n<|im_end|>\n<|im_start|>assistant\n<|im_end|>').length;
  const good = (count: number) => Array.from({ length: count }, (_, index) => `a${index}`);

  test('up to one in a hundred are left out and counted by reason', async () => {
    const receipt = await prepare([...good(198), 'refuse', 'swap']);
    expect(receipt.sources[0]).toMatchObject({
      rows: 200,
      examples: 198,
      dropped: { 'template-refuses': 1, 'answer-changed': 1 },
      named: {
        'template-refuses': [
          {
            row: 199,
            file: 'rows.jsonl',
            line: 199,
            why: 'the chat template refuses this conversation: no',
          },
        ],
        'answer-changed': [
          {
            row: 200,
            file: 'rows.jsonl',
            line: 200,
            why: 'turn 2: the template leaves out or changes the text of this answer.',
          },
        ],
      },
    });
    expect(receipt).toMatchObject({ renderer: 3, trainOn: 'assistant', template: { name: 'model' } });
  });

  test('the first twenty of a kind are named, whatever the order in which they are drawn', async () => {
    const said = Array.from({ length: 90 }, (_, index) =>
      index % 3 === 0 ? 'z'.repeat(index + 60) : 'short',
    );
    const { sources } = await prepare([...said, ' ']);
    const { dropped, named } = sources[0]!;
    expect(dropped.overlong).toBe(30);
    expect(named).toEqual({
      'empty-answer': [{ row: 91, file: 'rows.jsonl', line: 91 }],
      overlong: Array.from({ length: 20 }, (_, index) => ({
        row: 3 * index + 1,
        file: 'rows.jsonl',
        line: 3 * index + 1,
        tokens: tokenizer.encode(`q${3 * index}${said[3 * index]}`).length + HEADERS,
      })),
    });
    expect(Object.keys(named!)).toEqual(['empty-answer', 'overlong']);
  });

  test('more of them stop the step, with reasons and examples; nothing is written', async () => {
    const error = await prepare([...good(197), 'refuse', 'swap', 'swap it']).catch(String);
    expect(String(error).replaceAll(/rows\.jsonl:\d+/g, 'rows.jsonl:N')).toMatchInlineSnapshot(`
      "rows.jsonl:N: turn 2: the template leaves out or changes the text of this answer. 3 of the 116 rows of rows rendered so far cannot be trained on (1: the chat template refuses the conversation; 2: the template leaves out or changes the text of an answer); more than 1 in 100 may not be left out.
        also rows.jsonl:N: turn 2: the template leaves out or changes the text of this answer.
        also rows.jsonl:N: the chat template refuses this conversation: no
        The chat template does not fit this row: expected "im_start|>assistant\\nswap it" where it writes "im_start|>assistant\\nother it<|im_end|>\\n". Use another chat template (training.template in a study, --template of train), or change the row."
    `);
    await expect(readFile(join(folder, 'out', 'receipt.json'))).rejects.toThrow('ENOENT');
    await expect(prepare([...good(98), 'refuse'])).rejects.toThrow('more than 1 in 100');
  });

  test('what is supervised is part of what is packed', async () => {
    const answers = await prepare(good(20));
    const all = await prepare(good(20), 'all');
    expect(all.tokens).toBe(answers.tokens);
    expect(all.supervisedTokens).toBe(all.tokens - 20);
    expect(all).toMatchObject({ trainOn: 'all' });
    expect(all.packed).not.toBe(answers.packed);
  });
});
