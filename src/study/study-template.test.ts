/** A model without a chat template in a study: arms are prompted as they were trained, and the report says how. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ModelRef } from '../checkpoint/model-ref.ts';
import { openCheckpoint } from '../checkpoint/open-checkpoint.ts';
import type { DataReceipt } from '../data/stage.ts';
import { runStudy } from './run-study.ts';

const hubBefore = process.env['CARRYOVER_HUB'];
const folder = mkdtempSync(join(tmpdir(), 'carryover-template-'));
const model = join(folder, 'bare');
beforeAll(() => {
  process.env['CARRYOVER_HUB'] = resolve('test/fixtures/hub');
  cpSync(resolve('test/fixtures/models/llama'), model, { recursive: true });
  rmSync(join(model, 'chat_template.jinja'));
});
afterAll(() => {
  if (hubBefore === undefined) delete process.env['CARRYOVER_HUB'];
  else process.env['CARRYOVER_HUB'] = hubBefore;
  rmSync(folder, { recursive: true, force: true });
});

async function run(name: string, training: string, evaluation: string) {
  const study = join(folder, `${name}.yaml`);
  const out = join(folder, name);
  writeFileSync(
    study,
    `name: ${name}
sources:
  math: { dataset: openai/gsm8k, config: main }
budget: { supervised_tokens: 60 }
training: { learning_rate: 1e-3, steps: 2, max_length: 128${training} }
arms: [base, math-only]
evaluation: { benchmarks: [winogrande], limit: 2${evaluation} }
`,
  );
  await runStudy({ study, model, out, json: false, resume: '' });
  const evaluated = (arm: string) =>
    JSON.parse(readFileSync(join(out, 'evaluations', `${arm}-1`, 'results.json'), 'utf8')) as {
      settings: { fingerprint: string };
    };
  const receipt = readFileSync(join(out, 'steps', 'data-math-only-1-seed1', 'receipt.json'), 'utf8');
  const { overlong, trainOn } = JSON.parse(receipt) as DataReceipt;
  const report = readFileSync(join(out, 'report.md'), 'utf8');
  const adapter = join(out, 'steps', 'train-math-only-2-seed1', 'model');
  return {
    base: evaluated('base').settings.fingerprint,
    trained: evaluated('math-only').settings.fingerprint,
    adapter,
    receipt: { overlong, trainOn },
    sentence: /Conversations were rendered[^.]*\./.exec(report)?.[0],
  };
}

async function fingerprint(ref: ModelRef): Promise<string> {
  const checkpoint = await openCheckpoint(ref);
  await checkpoint.close();
  return checkpoint.fingerprint;
}

it('trained arms get the stand-in they were trained with, the untouched model nothing', async () => {
  const { base, trained, adapter, receipt, sentence } = await run('default', '', '');
  expect(receipt).toEqual({ overlong: 'drop', trainOn: 'assistant' });
  expect(base).toBe(await fingerprint({ ref: model }));
  expect(trained).toBe(await fingerprint({ ref: model, adapter, template: 'chatml' }));
  expect(sentence).toBe(
    'Conversations were rendered with the chat template chatml, as the model has none of its own, and every answer was trained on.',
  );
});

it('a template that the study names is every arm’s, also for prompts', async () => {
  await expect(run('unnamed', '', ', chat_template: true')).rejects.toThrow('has no chat template');
  const { base, trained, adapter, receipt, sentence } = await run(
    'named',
    ', template: plain, train_on: last, overlong: truncate',
    ', chat_template: true',
  );
  expect(receipt).toEqual({ overlong: 'truncate', trainOn: 'last' });
  expect(base).toBe(await fingerprint({ ref: model, template: 'plain' }));
  expect(trained).toBe(await fingerprint({ ref: model, adapter, template: 'plain' }));
  expect(sentence).toBe(
    'Conversations were rendered with the chat template plain, and the last answer of each was trained on.',
  );
});
