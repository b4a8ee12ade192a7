/** What `carryover run` refuses before it writes anything: a message with place and remedy, and no output. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../errors.ts';
import { takeLock } from '../platform/lock.ts';
import { runStudy } from './run-study.ts';

const HUB = resolve('test/fixtures/hub');
const MODELS = resolve('test/fixtures/models');
const hubBefore = process.env['CARRYOVER_HUB'];
beforeAll(() => {
  process.env['CARRYOVER_HUB'] = HUB;
});
afterAll(() => {
  if (hubBefore === undefined) delete process.env['CARRYOVER_HUB'];
  else process.env['CARRYOVER_HUB'] = hubBefore;
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-refuse-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const STUDY = `name: tiny
sources:
  math: { dataset: openai/gsm8k, config: main }
  general: { dataset: tatsu-lab/alpaca }
budget: { supervised_tokens: 400 }
training: { learning_rate: 1e-3, steps: 8, max_length: 128 }
arms: [base, general-only, math-only, two-stage, mixed]
evaluation: { benchmarks: [winogrande], limit: 4 }
`;

interface Refusal {
  readonly change?: (text: string) => string;
  readonly model?: string;
  readonly out?: string;
}

/** The printed message; fails when nothing is refused or something was left behind. */
async function refusal({ change = (text) => text, model = join(MODELS, 'llama'), out }: Refusal) {
  const study = join(folder, 'study.yaml');
  writeFileSync(study, change(STUDY));
  const before = readdirSync(folder);
  const target = out ?? join(folder, 'run');
  const error = await runStudy({ study, model, out: target, json: false, resume: '' }).then(
    () => new Error('nothing was refused'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw error;
  expect(readdirSync(folder)).toEqual(before);
  return `\n${error.toString().replaceAll(folder, 'DIR').replaceAll(HUB, 'HUB')}\n`;
}

it('refuses a second run in one folder', async () => {
  const study = join(folder, 'study.yaml');
  const out = join(folder, 'run');
  writeFileSync(study, STUDY);
  mkdirSync(out);
  writeFileSync(join(out, 'run.json'), '{}');
  const lock = await takeLock(join(out, 'run.lock'));
  const second = runStudy({ study, model: join(MODELS, 'llama'), out, json: false, resume: '' });
  await expect(second).rejects.toThrow('another run is at work in');
  expect(readdirSync(out).sort()).toEqual(['run.json', 'run.lock']);
  if (lock.ok) await lock.release();
});

it('refuses a folder that holds the run of another study or another model', async () => {
  const study = join(folder, 'study.yaml');
  const out = join(folder, 'run');
  const untrained = STUDY.replace(/arms: .*/, 'arms: [base]');
  const go = (name: string, model: string) => {
    writeFileSync(study, untrained.replace('name: tiny', `name: ${name}`));
    return runStudy({ study, model: join(MODELS, model), out, json: true, resume: '' });
  };
  await go('tiny', 'llama');
  const report = readFileSync(join(out, 'report.json'), 'utf8');
  await expect(go('other', 'llama')).rejects.toThrow('holds a run of the study tiny, not of other');
  await expect(go('tiny', 'qwen2')).rejects.toThrow(/holds a run with another model \(.*llama\)/);
  expect(readFileSync(join(out, 'report.json'), 'utf8')).toBe(report);
  expect((await go('tiny', 'llama')).wasFinished).toBe(true);
});

describe('refused before anything is written', () => {
  it('an unknown key', async () => {
    expect(await refusal({ change: (text) => text.replace('budget:', 'bugdet:') })).toMatchInlineSnapshot(`
      "
      DIR/study.yaml:1:1: budget: missing; the arm general-only is trained and needs it
         1 | name: tiny
           | ~~~~
      DIR/study.yaml:5:1: bugdet: unknown key
         5 | bugdet: { supervised_tokens: 400 }
           | ~~~~~~
             did you mean budget?
        2 problems in DIR/study.yaml; nothing was started.
      "
    `);
  });

  it('a benchmark with a typing error', async () => {
    expect(
      await refusal({ change: (text) => text.replace('[winogrande]', '[winograde]') }),
    ).toMatchInlineSnapshot(`
      "
      DIR/study.yaml:8:28: evaluation.benchmarks[0]: there is no benchmark winograde
         8 | evaluation: { benchmarks: [winograde], limit: 4 }
           |                            ~~~~~~~~~
             did you mean winogrande?
        1 problem in DIR/study.yaml; nothing was started.
      "
    `);
  });

  it('a model that an arm starts from and that cannot do what the study asks', async () => {
    const start = join(folder, 'short');
    cpSync(join(MODELS, 'llama'), start, { recursive: true });
    const config = readFileSync(join(start, 'config.json'), 'utf8');
    writeFileSync(join(start, 'config.json'), config.replace('embeddings": 128', 'embeddings": 64'));
    const change = (text: string): string =>
      text.replace('two-stage,', `{ name: two-stage, from: ${start}, matched: false },`);
    const message = await refusal({ change });
    expect(message).toContain(
      'DIR/study.yaml:7:64: arms[3].from: short has a context of 64 tokens: it does not fit training.max_length\n',
    );
    expect(message).toContain('there: write 64 or less\n');
  });

  it('a data file that is not there', async () => {
    const change = (text: string): string =>
      text.replace('{ dataset: tatsu-lab/alpaca }', '{ file: rows.jsonl }');
    expect(await refusal({ change })).toMatchInlineSnapshot(`
      "
      DIR/study.yaml:4:12: sources.general: rows.jsonl: There is no such data file.
         4 |   general: { file: rows.jsonl }
           |            ~~~~~~~~~~~~~~~~~~~~
             Looked for DIR/rows.jsonl. A path is relative to the file that names it, or to the current folder on the command line.
        1 problem in DIR/study.yaml; nothing was started.
      "
    `);
  });

  it('a data set and a benchmark that the hub does not have', async () => {
    const source = (text: string): string => text.replace('tatsu-lab/alpaca', 'tatsu-lab/alpacca');
    expect(await refusal({ change: source })).toMatchInlineSnapshot(`
      "
      DIR/study.yaml:4:12: sources.general: The dataset tatsu-lab/alpacca is not in the local mirror: looked for HUB/datasets/tatsu-lab/alpacca.
         4 |   general: { dataset: tatsu-lab/alpacca }
           |            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
             Near names there: tatsu-lab/alpaca. Check the id, copy the dataset into the mirror, or unset CARRYOVER_HUB to fetch it from the hub.
        1 problem in DIR/study.yaml; nothing was started.
      "
    `);
    const benchmark = (text: string): string => text.replace('[winogrande]', '[logiqa2]');
    expect(await refusal({ change: benchmark })).toMatchInlineSnapshot(`
      "
      DIR/study.yaml:8:28: evaluation.benchmarks[0]: logiqa2: The dataset baber/logiqa2 is not in the local mirror: looked for HUB/datasets/baber/logiqa2.
         8 | evaluation: { benchmarks: [logiqa2], limit: 4 }
           |                            ~~~~~~~
             Check the id, copy the dataset into the mirror, or unset CARRYOVER_HUB to fetch it from the hub.
        1 problem in DIR/study.yaml; nothing was started.
      "
    `);
  });

  it('a model file that was cut in half', async () => {
    const model = join(folder, 'cut.gguf');
    cpSync(join(MODELS, 'llama-gguf', 'model.gguf'), model);
    truncateSync(model, 27_000);
    expect(await refusal({ model })).toMatchInlineSnapshot(`
      "
      DIR/cut.gguf: the tensor blk.0.attn_q.weight would end at byte 28224, but the file has 27000 bytes
        The file is damaged or was not copied to its end: fetch it again.
      "
    `);
  });

  it('settings that the model cannot take', async () => {
    const long = (text: string): string => text.replace('length: 128', 'length: 4096');
    expect(await refusal({ change: long })).toMatchInlineSnapshot(`
      "
      DIR/study.yaml:6:56: training.max_length: llama has a context of 128 tokens
         6 | training: { learning_rate: 1e-3, steps: 8, max_length: 4096 }
           |                                                        ~~~~
             write 128 or less
        1 problem in DIR/study.yaml; nothing was started.
      "
    `);
    const rank = (text: string): string => text.replace('length: 128', 'length: 128, rank: 64');
    expect(await refusal({ change: rank })).toMatchInlineSnapshot(`
      "
      DIR/study.yaml:6:67: training.rank: LoRA rank 64 is not possible for this model
         6 | training: { learning_rate: 1e-3, steps: 8, max_length: 128, rank: 64 }
           |                                                                   ~~
             Choose a whole number from 1 to 16, the smallest side of the adapted matrices.
        1 problem in DIR/study.yaml; nothing was started.
      "
    `);
  });

  it('no model at all', async () => {
    const study = join(folder, 'study.yaml');
    writeFileSync(study, STUDY);
    await expect(runStudy({ study, out: join(folder, 'run'), json: false, resume: '' })).rejects.toThrow(
      'no model is named',
    );
  });

  it('arms that cannot be compute-matched, because a source is too small', async () => {
    const change = (text: string): string => text.replace('tokens: 400', 'tokens: 40000');
    expect(await refusal({ change })).toMatchInlineSnapshot(`
      "
      DIR/study.yaml:4:12: sources.general: the arm general-only: tatsu-lab/alpaca/data/train-00000-of-00001.parquet: The source general cannot give 40,000 supervised tokens: it has 530 in 40 rows, and one epoch may be used.
         4 |   general: { dataset: tatsu-lab/alpaca }
           |            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
             Ask for at most 530 of this source (budget.supervised_tokens in a study, --tokens on the command line), allow 76 epochs (budget.max_epochs in a study, epochs in a mixture file), or add data.
        1 problem in DIR/study.yaml; nothing was started.
      "
    `);
  });

  it('a source that is too small in a stage of several: the line of that source, and the arm', async () => {
    const change = (text: string): string =>
      text
        .replace('tokens: 400', 'tokens: 1200')
        .replace('[base, general-only, math-only, two-stage, mixed]', '[base, mixed]');
    expect(await refusal({ change })).toMatchInlineSnapshot(`
      "
      DIR/study.yaml:4:12: sources.general: the arm mixed: tatsu-lab/alpaca/data/train-00000-of-00001.parquet: The source general cannot give 600 supervised tokens: it has 530 in 40 rows, and one epoch may be used.
         4 |   general: { dataset: tatsu-lab/alpaca }
           |            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
             Ask for at most 530 of this source (budget.supervised_tokens in a study, --tokens on the command line), allow 2 epochs (budget.max_epochs in a study, epochs in a mixture file), or add data.
        1 problem in DIR/study.yaml; nothing was started.
      "
    `);
  });

  it('more optimizer steps than examples: the most that every arm can take', async () => {
    const change = (text: string): string => text.replace('steps: 8', 'steps: 60');
    expect(await refusal({ change })).toMatchInlineSnapshot(`
      "
      DIR/study.yaml:6:41: training.steps: stage 1 of the arm math-only would take 30 optimizer steps, but its data has 9 examples
         6 | training: { learning_rate: 1e-3, steps: 60, max_length: 128 }
           |                                         ~~
             write 18 or less, or raise budget.supervised_tokens
        1 problem in DIR/study.yaml; nothing was started.
      "
    `);
  });

  it('an output folder that cannot be made', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await refusal({ out: join(folder, 'file', 'run') })).toMatchInlineSnapshot(`
      "
      the run cannot be kept in DIR/file/run: DIR/file is a file, not a folder
        Give another folder with --out.
      "
    `);
  });

  it('an output folder that holds something else', async () => {
    mkdirSync(join(folder, 'letters'));
    writeFileSync(join(folder, 'letters', 'a.txt'), 'dear');
    expect(await refusal({ out: join(folder, 'letters') })).toMatchInlineSnapshot(`
      "
      DIR/letters holds 1 other file and no run (a.txt, ...)
        Give an empty or new folder with --out.
      "
    `);
    expect(readFileSync(join(folder, 'letters', 'a.txt'), 'utf8')).toBe('dear');
    expect(existsSync(join(folder, 'letters', 'run.lock'))).toBe(false);
  });
});
