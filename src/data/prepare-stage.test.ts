import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { byteLevelTokenizer } from '../../test/support/tiny-tokenizer.ts';
import { estimateStage } from './estimate-stage.ts';
import { openPacked } from './packing/packed-file.ts';
import { prepareStage } from './prepare-stage.ts';
import type { StagePart, StageSpec, StageTools } from './stage.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-stage-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const { tokenizer } = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']);
const TOOLS: StageTools = { tokenizer, chatTemplate: undefined };
const spec = (parts: StagePart[] | undefined, rest: Partial<StageSpec> = {}): StageSpec => ({
  sources: { math: { file: 'math.jsonl' }, general: { file: 'general.jsonl' } },
  ...(parts ? { parts } : {}),
  seed: 7,
  rowLength: 256,
  batches: { rowsPerStep: 2 },
  baseFolder: folder,
  ...rest,
});

/** Writes both sources; each answer is unique, so that examples can be told apart by their tokens. */
async function write(math: number, general: number): Promise<void> {
  const lines = (count: number, row: (index: number) => object) =>
    Array.from({ length: count }, (_, index) => `${JSON.stringify(row(index))}\n`).join('');
  await writeFile(
    join(folder, 'math.jsonl'),
    lines(math, (index) => ({ question: `q${index}`, answer: `m${index} ${'x'.repeat(index % 37)}` })),
  );
  await writeFile(
    join(folder, 'general.jsonl'),
    lines(general, (index) => ({
      instruction: `i${index}`,
      output: `g${index} ${'y'.repeat((index * 7) % 53)}`,
    })),
  );
}

/** Every example of a stage as text, with brackets around what is supervised, in the order of training. */
async function contents(name: string): Promise<string[]> {
  const data = await openPacked(join(folder, name));
  const found: string[] = [];
  let supervised = 0;
  for (let step = 0; step < data.steps; step++) {
    for (const row of await data.batch(step)) {
      for (let segment = 0; row.segments.includes(segment); segment++) {
        const from = row.segments.indexOf(segment);
        const to = row.segments.lastIndexOf(segment) + 1;
        expect([...row.positions.slice(from, to)]).toEqual(
          Array.from({ length: to - from }, (_, index) => index),
        );
        let text = '';
        for (let index = from; index < to; index++) {
          if (row.supervised[index] === 1 && row.supervised[index - 1] !== 1) text += '[';
          text += tokenizer.decode([row.ids[index]!]);
          if (row.supervised[index] === 1 && (index + 1 === to || row.supervised[index + 1] !== 1))
            text += ']';
        }
        found.push(text);
      }
      supervised += row.supervised.reduce((sum, bit) => sum + bit, 0);
      const padding = row.segments.indexOf(-1);
      if (padding >= 0) expect(row.supervised.slice(padding).includes(1)).toBe(false);
    }
  }
  expect(supervised).toBe(data.supervisedTokens);
  await data.close();
  return found;
}

const prepare = (name: string, stage: StageSpec) =>
  prepareStage(stage, { ...TOOLS, folder: join(folder, name) });

test('two-stage and mixed see exactly the same examples, in another order, and equal supervised tokens', async () => {
  await write(300, 300);
  const math = { source: 'math', from: 0, tokens: 2001 };
  const general = { source: 'general', from: 0, tokens: 2000 };
  const first = await prepare('first', spec([math]));
  const second = await prepare('second', spec([general]));
  const mixed = await prepare('mixed', spec([general, math]));
  expect(first.supervisedTokens + second.supervisedTokens).toBe(4001);
  expect(mixed.supervisedTokens).toBe(4001);
  const one = await contents('first');
  const two = await contents('second');
  const both = await contents('mixed');
  expect([...both].sort()).toEqual([...one, ...two].sort());
  expect(both).not.toEqual([...one, ...two]);
  expect(new Set(one).size).toBe(one.length);
});

test('a larger budget takes the same rows first; parts that follow each other share only the row on the border', async () => {
  await write(300, 0);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1500 }), fc.integer({ min: 1, max: 1500 }), async (a, b) => {
      const only = (from: number, tokens: number) =>
        spec([{ source: 'math', from, tokens }], { sources: { math: { file: 'math.jsonl' } } });
      const head = await prepare('head', only(0, a));
      const tail = await prepare('tail', only(a, b));
      const whole = await prepare('whole', only(0, a + b));
      expect([head, tail, whole].map((receipt) => receipt.supervisedTokens)).toEqual([a, b, a + b]);
      const strip = (texts: string[]) => texts.map((text) => text.match(/user\n(q\d+)/)![1]!);
      const joined = [...new Set([...strip(await contents('head')), ...strip(await contents('tail'))])];
      expect(joined.sort()).toEqual(strip(await contents('whole')).sort());
      expect(head.examples + tail.examples - whole.examples).toBeLessThanOrEqual(1);
    }),
    { numRuns: 12 },
  );
});

test('the same stage gives the same bytes, and another seed other ones', async () => {
  await write(120, 120);
  const parts = [
    { source: 'math', from: 0, tokens: 500 },
    { source: 'general', from: 0, tokens: 700 },
  ];
  await prepare('a', spec(parts));
  await prepare('b', spec(parts));
  await prepare('c', spec(parts, { seed: 8 }));
  const bytes = async (name: string) =>
    Promise.all(
      (await readdir(join(folder, name))).map((file) => readFile(join(folder, name, file), 'latin1')),
    );
  expect(await bytes('a')).toEqual(await bytes('b'));
  expect(await bytes('a')).not.toEqual(await bytes('c'));
  expect((await bytes('a')).join('')).not.toContain(folder);
});

test('epochs: every row once before any row twice, and an error with both numbers when they are not allowed', async () => {
  await write(10, 0);
  const part = [{ source: 'math', from: 0, tokens: 200 }];
  const twice = await prepare(
    'twice',
    spec(part, { sources: { math: { file: 'math.jsonl', maxEpochs: 3 } } }),
  );
  expect(twice.sources[0]!.epochs).toBeGreaterThan(1);
  const error = await prepare('once', spec(part)).catch(String);
  expect(error).toMatchInlineSnapshot(`
    "math.jsonl: The source math cannot give 200 supervised tokens: it has 85 in 10 rows, and one epoch may be used.
      Ask for at most 85 of this source (budget.supervised_tokens in a study, --tokens on the command line), allow 3 epochs (budget.max_epochs in a study, epochs in a mixture file), or add data."
  `);
  expect((await readdir(folder)).sort()).toEqual(['general.jsonl', 'math.jsonl', 'twice']);
  await expect(estimateStage(spec(part), TOOLS)).rejects.toThrow('may be used');
});

test('a source that is too small counts the rows it has left, without those that are too long', async () => {
  const long = Array.from({ length: 4 }, (_, at) => ({ question: `long ${at}`, answer: 'z'.repeat(400) }));
  const short = Array.from({ length: 6 }, (_, at) => ({ question: `q${at}`, answer: 'yes' }));
  const rows = [...long, ...short].map((row) => JSON.stringify(row));
  await writeFile(join(folder, 'math.jsonl'), rows.join('\n'));
  const part = [{ source: 'math', from: 0, tokens: 5000 }];
  await expect(prepare('small', spec(part, { rowLength: 128 }))).rejects.toThrow(
    /it has \d+ in 6 rows \(4 rows left out: longer than a packed row may be\), and/,
  );
});

test('without parts every row is used once; steps can be fixed; the receipt says it all', async () => {
  await write(40, 25);
  await writeFile(
    join(folder, 'general.jsonl'),
    '{"instruction":"a","output":" "}\n{"instruction":"b","output":"ok"}\n',
  );
  const receipt = await prepare('all', spec(undefined, { batches: { steps: 6 } }));
  expect(await contents('all')).toHaveLength(41);
  expect(receipt).toMatchObject({ steps: 6, examples: 41, template: { name: 'chatml' } });
  const { tokenizer: _, template: __, packed: ___, sources, ...rest } = receipt;
  expect({ ...rest, general: sources[0] }).toMatchInlineSnapshot(`
    {
      "examples": 41,
      "fill": 0.9388,
      "furthest": null,
      "general": {
        "cutAnswers": 0,
        "dropped": {
          "answer-changed": 0,
          "control-token": 0,
          "empty-answer": 1,
          "empty-question": 0,
          "misspelt": 0,
          "no-stop": 0,
          "open-thought": 0,
          "overlong": 0,
          "prompt-differs": 0,
          "stop-cut": 0,
          "template-refuses": 0,
        },
        "epochs": 1,
        "examples": 1,
        "expanded": 0,
        "files": [
          {
            "bytes": 67,
            "file": "general.jsonl",
            "sha256": "29a2316004e996eb7ed3fa2eaec1865eb0c26723dbe9d7a5faa30de48a4c8932",
          },
        ],
        "format": "alpaca",
        "formatFrom": "columns instruction, output",
        "from": 0,
        "inserted": 0,
        "kept": {
          "notReached": 0,
          "passedOver": 0,
          "used": 1,
        },
        "licence": null,
        "name": "general",
        "named": {
          "empty-answer": [
            {
              "file": "general.jsonl",
              "line": 1,
              "row": 1,
            },
          ],
        },
        "overlongAnswers": 0,
        "passes": 1,
        "promptDiffers": 0,
        "rewritten": 0,
        "rows": 2,
        "shared": [],
        "source": "general.jsonl",
        "stopTurns": 1,
        "straddled": 0,
        "supervisedTokens": 3,
        "tokens": 23,
        "truncated": 0,
        "turns": 1,
      },
      "lengths": [
        {
          "examples": 12,
          "upTo": 32,
        },
        {
          "examples": 29,
          "upTo": 64,
        },
      ],
      "maxLength": 256,
      "overlong": "drop",
      "packedRows": 15,
      "renderer": 3,
      "rowLength": 192,
      "seed": 7,
      "steps": 6,
      "supervisedTokens": 861,
      "tokens": 1750,
      "trainOn": "assistant",
      "version": 1,
    }
  `);
});

describe('over-long rows', () => {
  const long = (overlong: 'drop' | 'truncate' | 'error', rowLength = 64) =>
    spec(undefined, { overlong, rowLength, sources: { math: { file: 'math.jsonl' } } });
  beforeEach(async () => {
    await write(4, 0);
    await writeFile(
      join(folder, 'math.jsonl'),
      `{"question":"q","answer":"a"}\n{"question":"q","answer":"${'z'.repeat(100)}"}\n`,
    );
  });

  test('are dropped and counted, truncated, or an error with the line', async () => {
    expect((await prepare('drop', long('drop'))).sources[0]).toMatchObject({
      examples: 1,
      dropped: { overlong: 1 },
    });
    const cut = await prepare('cut', long('truncate'));
    expect(cut.sources[0]).toMatchObject({ examples: 2, truncated: 1, turns: 2, stopTurns: 1 });
    expect((await contents('cut')).some((text) => text.includes('<|im_start|>assistant\n[zzz'))).toBe(true);
    expect(await prepare('x', long('error')).catch(String)).toMatchInlineSnapshot(`
      "math.jsonl:2: this row has 121 tokens, a packed row 64.
        Allow longer rows (max_length in a study, --length on the command line), shorten the row, or let such rows be dropped (overlong: drop, --overlong drop)."
    `);
  });

  test('a source of which every row is too long says so', async () => {
    expect(await prepare('x', long('drop', 3)).catch(String)).toMatchInlineSnapshot(`
      "math.jsonl: Every one of the 2 rows of math is longer than a packed row may be.
        Allow longer rows: max_length in a study, --length on the command line."
    `);
  });

  test('a row without a supervised token is an error with a count', async () => {
    expect(await prepare('x', long('truncate', 16)).catch(String)).toMatchInlineSnapshot(`
      "math.jsonl: 2 rows of math have no supervised token.
        Their answers begin behind the length limit: allow longer rows (max_length in a study, --length on the command line), or let them be dropped (overlong: drop, --overlong drop)."
    `);
  });
});

test('messages for data that cannot be used', async () => {
  await write(3, 3);
  await writeFile(join(folder, 'bad.jsonl'), '{"question":"q","answer":"a"}\n{"question":"q"}\n');
  const of = (source: StageSpec['sources'][string]) => spec(undefined, { sources: { math: source } });
  expect(
    [
      await prepare('x', of({ file: 'nope.jsonl' })).catch(String),
      await prepare('x', of({ file: 'bad.jsonl' })).catch(String),
      await prepare('x', of({ file: 'bad.jsonl', columns: { prompt: 'a', completion: 'b' } })).catch(String),
      await prepare('x', spec([{ source: 'maths', from: 0, tokens: 5 }])).catch(String),
      await prepare('x', spec(undefined, { batches: { steps: 7 } })).catch(String),
      await openPacked(join(folder, 'x')).catch(String),
    ]
      .join('\n')
      .replaceAll(folder, 'FOLDER'),
  ).toMatchInlineSnapshot(`
    "nope.jsonl: There is no such data file.
      Looked for FOLDER/nope.jsonl. A path is relative to the file that names it, or to the current folder on the command line.
    bad.jsonl:2: there is no column "answer".
      Columns of this row: question. Every row needs text there.
    bad.jsonl:1: there is no column "a".
      Columns of this row: question, answer. Every row needs text there.
    There is no source called maths.
      Sources: math, general.
    7 optimizer steps are planned, but the data has 6 examples.
      Ask for at most 6 steps, or raise the budget of supervised tokens.
    FOLDER/x/packed.json: There is no prepared data here.
      Prepare the stage again: carryover run does it for the steps that need it."
  `);
});

test('a damaged folder is refused', async () => {
  await write(20, 20);
  await prepare('all', spec(undefined));
  const file = join(folder, 'all', 'packed.bin');
  await writeFile(file, (await readFile(file)).subarray(10));
  await expect(openPacked(join(folder, 'all'))).rejects.toThrow('The prepared data is damaged');
});

test('the signal stops it', async () => {
  await write(2000, 0);
  const stop = AbortSignal.abort();
  await expect(
    prepareStage(spec(undefined), { ...TOOLS, signal: stop, folder: join(folder, 'x') }),
  ).rejects.toThrow();
});
