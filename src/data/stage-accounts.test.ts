/** A receipt's numbers add up: every row of a source is an example or a drop with one reason. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byteLevelTokenizer } from '../../test/support/tiny-tokenizer.ts';
import { makeChatTemplate } from '../checkpoint/chat-template.ts';
import { DEFAULT_ACTIONS } from './overlap/layers.ts';
import { openPacked, packedExamples } from './packing/packed-file.ts';
import { prepareStage } from './prepare-stage.ts';
import { accountOf } from './receipt/row-account.ts';
import type { StageSpec } from './stage.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-accounts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const { tokenizer } = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']);
/** ChatML that refuses rows with a certain word in them. */
const chatTemplate = makeChatTemplate('m', {
  tokenizerJson: '',
  tokenizerConfig: {},
  chatTemplate: `{% for m in messages %}{% if 'refuse' in m.content %}{{ raise_exception('no') }}{% endif %}{{ '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}`,
});
const stage = (rest: Partial<StageSpec>): StageSpec => ({
  sources: {},
  seed: 5,
  rowLength: 96,
  batches: { rowsPerStep: 2 },
  baseFolder: folder,
  ...rest,
});
const prepare = (name: string, rest: Partial<StageSpec>) =>
  prepareStage(stage(rest), { tokenizer, chatTemplate, folder: join(folder, name) });
const write = (name: string, rows: readonly object[]) =>
  writeFile(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

/** Long enough that a word more leaves it nearly the same. */
const FIRST =
  'the town hall clock struck while the old baker carried warm bread over the quiet market square before dawn';
const KINDS = ['kept', 'empty', 'long', 'again', 'nearly'] as const;

test('rows read are examples and drops, in every source and in all', async () => {
  const word = fc.stringMatching(/^[a-z]{4,7}$/);
  const kinds = fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(word, { minLength: 21, maxLength: 21 }),
      kinds,
      kinds,
      async (words, ...lists) => {
        const answers = (list: (typeof lists)[number]) =>
          // A first row that is kept, for the others to repeat.
          (['first', ...list] as const).map((kind, at) => {
            const own = { kept: `${words[at]} ${at}`, empty: ' ', long: `${at} ${'x'.repeat(300)}` };
            const repeats = { first: FIRST, again: `${FIRST.toUpperCase()}!`, nearly: `${FIRST} again` };
            return { question: 'q', answer: { ...own, ...repeats }[kind] };
          });
        const names = ['one.jsonl', 'two.jsonl'];
        const own = { question: 'q', answer: 'sails of grey ships far out upon a quiet northern sea' };
        await write(names[0]!, answers(lists[0]!));
        // All others of the second source may repeat rows of the first.
        await write(names[1]!, [own, ...answers(lists[1]!)]);
        const receipt = await prepare('adds', {
          rowLength: 200,
          sources: { one: { file: names[0]! }, two: { file: names[1]! } },
          // The same rows may stand in both sources.
          screen: { dedup: 'near', against: [], layers: DEFAULT_ACTIONS },
        });
        const packed = await packedExamples(join(folder, 'adds'));
        for (const { name, rows, dropped, examples } of receipt.sources) {
          const out = Object.values(dropped).reduce((sum, count) => sum + count, 0);
          expect(examples + out).toBe(rows);
          expect(packed.lists.filter((list) => packed.sources[list] === name)).toHaveLength(examples);
        }
        const { sources, lengths } = receipt;
        const sum = (of: readonly number[]): number => of.reduce((total, value) => total + value, 0);
        expect(sum(sources.map(({ examples }) => examples))).toBe(receipt.examples);
        expect(sum(sources.map(({ tokens }) => tokens))).toBe(receipt.tokens);
        expect(sum(sources.map(({ supervisedTokens }) => supervisedTokens))).toBe(receipt.supervisedTokens);
        expect(sum(lengths.map(({ examples }) => examples))).toBe(receipt.examples);
        const [one] = sources;
        const times = (kind: (typeof KINDS)[number]) => lists[0]!.filter((own) => own === kind).length;
        expect(one!.dropped).toMatchObject({
          'empty-answer': times('empty'),
          overlong: times('long'),
          duplicate: times('again') + times('nearly'),
        });
      },
    ),
    { numRuns: 25 },
  );
});

test('every row of a source has one fate, whatever part of it a stage takes, in however many epochs', async () => {
  const kinds = fc.array(fc.constantFrom('kept', 'kept', 'empty', 'long', 'again'), {
    minLength: 2,
    maxLength: 25,
  });
  const stop = tokenizer.tokenId('<|im_end|>')!;
  let run = 0;
  await fc.assert(
    fc.asyncProperty(kinds, fc.nat(400), fc.integer({ min: 1, max: 300 }), async (list, from, tokens) => {
      const answers = list.map((kind, at) => {
        return { kept: `answer ${at}`, empty: ' ', long: `${at} ${'x'.repeat(300)}`, again: 'one' }[kind];
      });
      await write(
        'fates.jsonl',
        ['one', ...answers].map((answer) => ({ question: 'q', answer })),
      );
      const name = `fates-${run++}`;
      const receipt = await prepare(name, {
        sources: { fates: { file: 'fates.jsonl', maxEpochs: 3 } },
        parts: [{ source: 'fates', from, tokens }],
        screen: { dedup: 'exact', against: [], layers: DEFAULT_ACTIONS },
      }).catch((error) => {
        // Three epochs of a small source may hold less than the part asks for.
        if (/cannot give/.test(String(error))) return undefined;
        throw error;
      });
      if (receipt === undefined) return;
      const [source] = receipt.sources;
      const { rows, dropped, kept, turns, stopTurns, examples, passes, epochs } = source!;
      const { used, passedOver, notReached } = kept!;
      const out = Object.values(dropped).reduce((sum, count) => sum + count, 0);
      expect(used + passedOver + notReached + out).toBe(rows);
      expect(accountOf(source!).reduce((sum, one) => sum + one.rows, 0)).toBe(rows);
      const packed = await packedExamples(join(folder, name));
      expect(new Set(packed.rows).size).toBe(used);
      expect(packed.rows.length).toBe(examples);
      if (from === 0) expect(passedOver).toBe(0);
      expect(passes).toBeCloseTo(packed.rows.length / (rows - out), 3);
      expect(passes).toBeLessThanOrEqual(epochs);
      // By the packed masks themselves: one answer an example, and its stop where that is supervised.
      const data = await openPacked(join(folder, name));
      let stops = 0;
      for (let step = 0; step < data.steps; step++)
        for (const row of await data.batch(step))
          stops += row.ids.filter((id, at) => id === stop && row.supervised[at] === 1).length;
      await data.close();
      expect([turns, stopTurns]).toEqual([examples, stops]);
    }),
    { numRuns: 60 },
  );
});

describe('faulty rows', () => {
  const rows = (faulty: readonly number[]) =>
    Array.from({ length: 1000 }, (_, at) => ({
      question: `q${at + 1}`,
      answer: faulty.includes(at + 1) ? 'refuse' : `a${at + 1}`,
    }));
  const sources = { rows: { file: 'rows.jsonl' } };
  const parts = [{ source: 'rows', from: 0, tokens: 100 }];

  test('are more than one in a hundred of the rows that were looked at: the step fails, however large the source', async () => {
    await write('rows.jsonl', rows([]));
    const whole = await prepare('whole', { sources, parts });
    const drawn = (await packedExamples(join(folder, 'whole'))).rows;
    expect(drawn.length).toBe(whole.examples);
    await write('rows.jsonl', rows([drawn[0]!]));
    await expect(prepare('few', { sources, parts })).rejects.toThrow(
      /1 of the \d+ rows of rows rendered so far cannot be trained on/,
    );
    // One of all rows is no reason to stop.
    const receipt = await prepare('all', { sources });
    expect(receipt.sources[0]).toMatchObject({ examples: 999, dropped: { 'template-refuses': 1 } });
  });
});
