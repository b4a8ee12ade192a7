import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import { byASlowClock } from '../../test/support/slow-clock.ts';
import { prepareStage } from '../data/prepare-stage.ts';
import { stageTools } from '../data/stage-tools.ts';
import { withCheckpoint } from '../study/facts.ts';

const STUDY = `name: tiny
question: Does it carry over?
model: builtin:seedling
sources:
  sums: { procedural: [arithmetic], rows: 60 }
  own: { file: rows.jsonl }
budget: { supervised_tokens: 400 }
match: supervised_tokens
training: { method: full, learning_rate: 3e-4, max_length: 224, steps: 2, checkpoint_every: 20 }
arms: [base, { name: both, stages: [{ mix: { sums: 1, own: 1 }, share: 1 }] }]
evaluation: { limit: 2, chat_template: false, benchmarks: [proc/arithmetic] }
`;

let folder: string;
let rows: string;
let run: string;
let step: string;

/** A run with one data step, as `carryover run` leaves it. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inspect-'));
  rows = join(folder, 'rows.jsonl');
  const lines = Array.from({ length: 12 }, (_, index) => ({
    question: `What is ${index}?`,
    answer: `It is ${index}.`,
  }));
  await writeFile(rows, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  run = join(folder, 'run');
  step = join(run, 'steps', 'data-both-1-seed1');
  await mkdir(step, { recursive: true });
  await writeFile(join(run, 'study.yaml'), STUDY);
  await withCheckpoint({ ref: 'builtin:seedling' }, (checkpoint) =>
    prepareStage(
      {
        sources: { sums: { procedural: ['arithmetic'], rows: 60 }, own: { file: 'rows.jsonl' } },
        parts: [
          { source: 'sums', from: 0, tokens: 200 },
          { source: 'own', from: 0, tokens: 60 },
        ],
        seed: 1,
        rowLength: 224,
        batches: { steps: 2 },
        baseFolder: folder,
      },
      { ...stageTools(checkpoint), folder: step },
    ),
  );
});

// The tests themselves may run in a terminal with colours.
beforeEach(() => void vi.stubEnv('FORCE_COLOR', '0'));
afterEach(() => void vi.unstubAllEnvs());

/** With the folder as the current one, from which files are named. */
async function inside<Value>(work: () => Promise<Value>): Promise<Value> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await work();
  } finally {
    process.chdir(before);
  }
}

interface Json {
  readonly title: string;
  readonly notes: readonly string[];
  readonly rows: readonly {
    readonly padding: number;
    readonly documents: readonly {
      readonly source: string;
      readonly row: number;
      readonly length: number;
      readonly tokens: readonly {
        position: number;
        id: number;
        text: string;
        role: string;
        supervised: boolean;
      }[];
    }[];
  }[];
}

describe('a source', () => {
  test('is shown row by row, as the model in the box would be trained on it', async () => {
    const { out, code } = await inside(() => carryover('data', 'inspect', 'rows.jsonl', '--rows', '1'));
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "Tokens of builtin:seedling, rendered with the model’s own chat template, every answer is trained on

      ── rows.jsonl row 1, 15 tokens, 7 supervised ───────────────────────────────────────────────────────
      15 tokens: header 3, user 5, assistant 6 (6 supervised), stop 1 (1 supervised)
            0  header    Question│:
            2  user      ·What│·is│·│0│?
            7  header    ⏎
      *     8  assistant I│t│·is│·│0│.
      *    14  stop      <|endoftext|>

      * supervised: the model learns to write these tokens
      │ border of two tokens; the number before a line is the position id of its first token
      · space  ⏎ line feed  ⇥ tab  ◌ first part of a character that lies in several tokens
      header    what the chat template writes around the texts: no character of theirs is in it
      user      the user’s text
      assistant the assistant’s text
      stop      what ends an answer
      "
    `);
  });

  test('a row left out for a control token is shown with its tokens, none of them supervised', async () => {
    const forged = join(folder, 'forged.jsonl');
    await writeFile(forged, `${JSON.stringify({ question: 'Why?', answer: 'So <|endoftext|> it is.' })}\n`);
    const { out, code } = await carryover('data', 'inspect', forged, '--row', '1', '--json');
    const [document] = (JSON.parse(out) as Json).rows[0]!.documents;
    expect(code).toBe(0);
    expect(document).toMatchObject({ note: expect.stringMatching(/^left out, .*<\|endoftext\|>/) });
    expect(document!.tokens.map(({ text }) => text).join('')).toContain('So <|endoftext|> it is.');
    expect(document!.tokens.filter(({ supervised }) => supervised)).toEqual([]);
  });

  test('one row by its number, the last answer or the whole text, another template', async () => {
    const inspect = async (...options: string[]) =>
      JSON.parse((await carryover('data', 'inspect', rows, '--row', '3', '--json', ...options)).out) as Json;
    const taught = (json: Json) =>
      json.rows[0]!.documents[0]!.tokens.filter(({ supervised }) => supervised)
        .map(({ text }) => text)
        .join('');
    const plain = await inspect();
    expect(plain.rows[0]!.documents[0]).toMatchObject({ row: 3 });
    expect(taught(plain)).toBe('It is 2.<|endoftext|>');
    expect(taught(await inspect('--train-on', 'all'))).toContain('What is 2?');
    const other = await inspect('--template', 'alpaca');
    expect(other.rows[0]!.documents[0]!.tokens.map(({ text }) => text).join('')).toContain('### Instruction');
    expect(plain.rows[0]!.documents[0]!.tokens.map(({ position }) => position)).toEqual(
      plain.rows[0]!.documents[0]!.tokens.map((_, index) => index),
    );
  });

  test('a row deep in a source: how far the reading is and how long it will take', async () => {
    const deep = join(folder, 'deep.jsonl');
    const line = (index: number) => `${JSON.stringify({ question: `q${index}`, answer: `a${index}` })}\n`;
    await writeFile(deep, Array.from({ length: 2000 }, (_, index) => line(index)).join(''));
    const inspect = () => carryover('data', 'inspect', deep, '--row', '1999', '--json');
    const { said, out } = await byASlowClock(inspect);
    expect(said).toMatch(/^\d+ of 1999 rows {2}\S+ rows\/s {2}.* left {2}reading .*deep\.jsonl$/m);
    expect(out).toContain('"row": 1999');
    // What is over at once says nothing.
    expect((await carryover('data', 'inspect', rows, '--row', '3')).said).toBe('');
  });

  test('a title once, no legend where nothing is shown, and what the frame of Alpaca leaves to the row', async () => {
    const file = join(folder, 'framed.jsonl');
    await writeFile(
      file,
      '{"instruction": "Add.", "input": "1, 2", "output": "3"}\n{"instruction": "", "output": "3"}\n',
    );
    const one = await carryover('data', 'inspect', file, '--row', '1', '--template', 'alpaca');
    expect(one.out.match(/row 1/g)).toHaveLength(1);
    expect(one.out.replace(/\s+/g, ' ')).toContain('other words and a heading "### Input:".');
    expect((await carryover('data', 'inspect', file, '--row', '1')).out).not.toContain('### Input');
    const none = await carryover('data', 'inspect', file, '--row', '2', '--template', 'alpaca');
    expect(none.out).toContain('row 2: left out, a question is empty');
    expect(none.out).not.toMatch(/supervised: the model|### Input/);
  });

  test('as a page', async () => {
    const page = join(folder, 'rows.html');
    const { out, code } = await carryover('data', 'inspect', 'proc/arithmetic', '--html', page);
    expect([code, out.trim()]).toEqual([0, page]);
    expect(await readFile(page, 'utf8')).toContain('data-role="assistant"');
  });

  test('a page that cannot be written is refused before rows are read', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    for (const page of [join(file, 'rows.html'), '/dev/null/x.html']) {
      const { error, code } = await carryover('data', 'inspect', 'proc/arithmetic', '--html', page);
      expect([code, error]).toEqual([2, expect.stringContaining('is a file, not a folder')]);
    }
  });

  test('colours where they are asked for, and none where they are refused', async () => {
    vi.stubEnv('FORCE_COLOR', '1');
    expect((await carryover('data', 'inspect', rows)).out).toContain('\u001b[');
    vi.stubEnv('FORCE_COLOR', undefined);
    vi.stubEnv('NO_COLOR', '1');
    expect((await carryover('data', 'inspect', rows)).out).not.toContain('\u001b[');
  });
});

describe('a prepared step', () => {
  const json = async (...options: string[]) =>
    JSON.parse((await carryover('data', 'inspect', ...options, '--json')).out) as Json;

  test('has the packed rows with padding, positions from 0 in each document, and roles where sources are at hand', async () => {
    await inside(async () => {
      const shown = await json(run, '--rows', '99');
      const documents = shown.rows.flatMap((row) => row.documents);
      const length = shown.rows[0]!.padding + sum(shown.rows[0]!.documents.map((one) => one.length));
      for (const row of shown.rows)
        expect(row.padding + sum(row.documents.map((one) => one.length))).toBe(length);
      expect(new Set(documents.map(({ source }) => source))).toEqual(new Set(['own', 'sums']));
      for (const { tokens } of documents) {
        expect(tokens.map(({ position }) => position)).toEqual(tokens.map((_, index) => index));
        expect(tokens.at(-1)!.role).toMatch(/stop|assistant/);
        expect(tokens.map(({ role }) => role)).not.toContain('unknown');
      }
      expect(shown.notes).toEqual([]);
    });
  });

  test('as JSON it has all its rows, as text the first two and a word about the others', async () => {
    const many = join(folder, 'many');
    const model = ['--model', 'builtin:seedling'];
    await withCheckpoint({ ref: 'builtin:seedling' }, (checkpoint) =>
      prepareStage(
        {
          sources: { own: { file: 'rows.jsonl' } },
          ...{ seed: 1, rowLength: 48, batches: { rowsPerStep: 8 }, baseFolder: folder },
        },
        { ...stageTools(checkpoint), folder: many },
      ),
    );
    type Step = Json & { readonly rowsOfStep: number };
    const all = (await json(many, ...model)) as Step;
    expect(all.rowsOfStep).toBe(5);
    expect(all.rows).toHaveLength(5);
    expect(all.notes).toEqual([]);
    expect(await json(many, ...model, '--rows', '4')).toMatchObject({
      rowsOfStep: 5,
      notes: ['1 more row in this step: --rows 5'],
    });
    const { out } = await carryover('data', 'inspect', many, ...model);
    expect(out).toContain('3 more rows in this step: --rows 5\n');
    expect(out.match(/^packed row /gm)).toHaveLength(2);
  });

  test('is shown without roles, and says why, where a source is gone', async () => {
    const shown = await json(step, '--rows', '99');
    expect(shown.notes).toEqual(['The rows of own are shown without roles: There is no such data file.']);
    const roles = shown.rows
      .flatMap((row) => row.documents)
      .map(({ source, tokens }) => [source, tokens.some(({ role }) => role === 'unknown')]);
    expect(new Set(roles.map(String))).toEqual(new Set(['own,true', 'sums,false']));
  });

  test('all steps together hold what the receipt counts', async () => {
    const shown = [
      await json(step, '--step', '1', '--rows', '99'),
      await json(step, '--step', '2', '--rows', '99'),
    ];
    const tokens = shown.flatMap(({ rows }) =>
      rows.flatMap((row) => row.documents.flatMap((one) => one.tokens)),
    );
    const receipt = JSON.parse(await readFile(join(step, 'receipt.json'), 'utf8')) as Record<string, number>;
    expect(tokens.length).toBe(receipt['tokens']);
    expect(tokens.filter(({ supervised }) => supervised).length).toBe(receipt['supervisedTokens']);
  });
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

describe('bad input ends with exit code 2 and says how to mend it', () => {
  test.each([
    [['--rows', '1', '--row', '2'], '--rows and --row do not go together'],
    [['--step', '1'], '--step cannot be used with a source'],
    [['--html', 'page.txt'], 'the name of a page ends in .html'],
    [['--html', 'page.html', '--json'], '--html and --json do not go together'],
    [['--json', '--ids'], '--ids has no effect with --json'],
    [['--row', '99'], 'has fewer than 99 rows'],
    [['--rows', '0'], 'not a whole number of at least 1'],
  ])('%j of a source', async (options, message) => {
    const { code, error } = await carryover('data', 'inspect', rows, ...options);
    expect([code, error]).toEqual([2, expect.stringContaining(message)]);
  });

  test.each([
    [['--template', 'chatml'], '--template cannot be used with data that are prepared'],
    [['--step', '3'], 'there are 2 optimizer steps'],
    [['--row', '99'], 'step 1 has'],
  ])('%j of a step', async (options, message) => {
    const { code, error } = await carryover('data', 'inspect', step, ...options);
    expect([code, error]).toEqual([2, expect.stringContaining(message)]);
  });

  test('a folder without prepared data; data of a model that nobody names, or of another one', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'empty-'));
    expect(await carryover('data', 'inspect', empty)).toMatchObject({
      code: 2,
      error: expect.stringContaining('no prepared data in this folder'),
    });
    const alone = join(empty, 'stage');
    await mkdir(alone);
    for (const name of ['receipt.json', 'packed.json', 'packed.bin'])
      await writeFile(join(alone, name), await readFile(join(step, name)));
    expect(await carryover('data', 'inspect', alone)).toMatchObject({
      code: 2,
      error: expect.stringContaining('Name it: --model REF'),
    });
    const receipt = join(alone, 'receipt.json');
    const text = await readFile(receipt, 'utf8');
    await writeFile(receipt, text.replace(/"tokenizer": "\w+"/, '"tokenizer": "0000"'));
    expect(await carryover('data', 'inspect', alone, '--model', 'builtin:seedling')).toMatchObject({
      code: 2,
      error: expect.stringContaining('another tokenizer than that of builtin:seedling'),
    });
  });

  test('several sources at once, and no such data', async () => {
    expect(await carryover('data', 'inspect', `${rows},proc/arithmetic`)).toMatchObject({ code: 2 });
    expect(await carryover('data', 'inspect', 'nowhere')).toMatchObject({ code: 2 });
  });
});

test('a reader who has seen enough (| head) ends the command without an error', async () => {
  const args = [
    '--import',
    'tsx',
    'test/carryover.ts',
    'data',
    'inspect',
    'proc/arithmetic',
    '--rows',
    '200',
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  child.stdout.destroy();
  expect([(await closed)[0], said]).toEqual([0, '']);
}, 60_000);
