/** From a file of rows to a trained model on disk, on a tiny model. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { openCheckpoint } from '../checkpoint/open-checkpoint.ts';
import { dataArgument } from '../data/data-argument.ts';
import type { DataReceipt } from '../data/stage.ts';
import { LORA_TARGETS } from '../engine/engine.ts';
import { Interrupted } from '../errors.ts';
import { exists, listFolder, readBytes, readText, writeAtomic } from '../platform/files.ts';
import { type TrainRun, trainModel } from './train-model.ts';

const llama = fileURLToPath(new URL('../../test/fixtures/models/llama', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'carryover-train-model-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const rows = join(scratch, 'rows.jsonl');
const lines = Array.from({ length: 12 }, (_, i) => ({
  prompt: `the sum of ${i} and 1 is`,
  completion: ` ${i + 1}`,
}));
writeFileSync(rows, lines.map((line) => JSON.stringify(line)).join('\n'));

async function runOf(name: string, changes: Partial<TrainRun> = {}): Promise<TrainRun> {
  return {
    model: { ref: llama },
    out: join(scratch, name),
    data: await dataArgument(rows),
    batches: { rowsPerStep: 2 },
    rowLength: 64,
    overlong: 'drop',
    trainOn: 'assistant',
    epochs: 2,
    seed: 1,
    lora: { rank: 2, alpha: 4, targets: LORA_TARGETS },
    merge: true,
    optimizer: {
      learningRate: 1e-2,
      schedule: 'linear',
      warmup: 0,
      betas: [0.9, 0.999],
      epsilon: 1e-8,
      weightDecay: 0,
      clip: 1,
    },
    checkpointEvery: 1,
    ...changes,
  };
}

const quiet = { onPrepared: () => undefined, onStep: () => undefined };

describe('training a model from a file', () => {
  test('a mixture file: its parts in the order of its schedule, counted before where its shares need it', async () => {
    const other = join(scratch, 'other.jsonl');
    writeFileSync(other, lines.map((line) => JSON.stringify({ ...line, completion: ' no' })).join('\n'));
    const mixture = join(scratch, 'mix.yaml');
    const course = '[{ at: 0.5, weights: { sums: 1 } }, { at: 0.5, temperature: 1 }]';
    writeFileSync(
      mixture,
      `sources: { sums: { file: rows.jsonl }, other: { file: other.jsonl } }\nschedule: ${course}\n`,
    );
    const seen: string[] = [];
    const run = await runOf('mixed', {
      data: await dataArgument(mixture, 40),
      epochs: 1,
      batches: { steps: 4 },
    });
    const result = await trainModel(run, { ...quiet, onData: ({ note }) => seen.push(note) });
    expect(result.supervisedTokens).toBe(40);
    expect(seen).toContain('counting the tokens of other');
    const { data } = JSON.parse(await readText(join(run.out, 'training.json'))) as { data: DataReceipt };
    expect(data.sources.map(({ name }) => name)).toEqual(['other', 'sums']);
    const [none, sums] = data.sources.map(({ supervisedTokens }) => supervisedTokens);
    expect(sums!).toBeGreaterThan(20);
    expect(none!).toBeLessThan(20);
    expect((await trainModel(run, quiet)).wasFinished).toBe(true);
    const changed = await runOf('mixed', {
      data: await dataArgument(mixture, 41),
      epochs: 1,
      batches: { steps: 4 },
    });
    await expect(trainModel(changed, quiet)).rejects.toThrow('other settings (data differs)');
  });

  test('adapter and merged model are the same model; interrupted and resumed, the same bytes', async () => {
    const run = await runOf('whole');
    const result = await trainModel(run, quiet);
    expect(result.steps.at(-1)?.loss).toBeLessThan(result.steps[0]?.loss as number);
    expect(await listFolder(run.out)).toEqual([
      'adapter',
      'config.json',
      'generation_config.json',
      'model.safetensors',
      'tokenizer.json',
      'tokenizer_config.json',
      'training.json',
    ]);
    const name = 'model.layers.1.mlp.up_proj.weight';
    const merged = await openCheckpoint({ ref: run.out });
    const adapted = await openCheckpoint({ ref: llama, adapter: join(run.out, 'adapter') });
    expect(await merged.readTensor(name)).toEqual(await adapted.readTensor(name));
    await merged.close();
    await adapted.close();

    const stopped = await runOf('stopped');
    const stop = new AbortController();
    const interrupted = trainModel(stopped, { ...quiet, signal: stop.signal, onStep: () => stop.abort() });
    await expect(interrupted).rejects.toBeInstanceOf(Interrupted);
    const seen: number[] = [];
    const doneBefore: number[] = [];
    await trainModel(stopped, {
      onPrepared: ({ done }) => doneBefore.push(done),
      onStep: ({ step }) => seen.push(step),
    });
    expect([seen[0], ...doneBefore]).toEqual([1, 1]);
    for (const file of ['model.safetensors', 'training.json', 'adapter/adapter_model.safetensors'])
      expect(await readBytes(join(stopped.out, file))).toEqual(await readBytes(join(run.out, file)));
  });

  test('an interrupted training does not go on with other data, however often it is asked to', async () => {
    const other = join(scratch, 'other-rows.jsonl');
    writeFileSync(other, lines.map((line) => JSON.stringify({ ...line, completion: ' no' })).join('\n'));
    const run = await runOf('begun');
    const stop = new AbortController();
    const interrupted = trainModel(run, { ...quiet, signal: stop.signal, onStep: () => stop.abort() });
    await expect(interrupted).rejects.toBeInstanceOf(Interrupted);
    const changed = await runOf('begun', { data: await dataArgument(other) });
    for (let times = 0; times < 2; times++) {
      await expect(trainModel(changed, quiet)).rejects.toThrow(
        'an unfinished run on other data is kept here',
      );
    }
    const seen: number[] = [];
    await trainModel(run, { ...quiet, onStep: ({ step }) => seen.push(step) });
    expect(seen[0]).toBe(1);
  });

  test('full fine-tuning writes one folder; without merging, an adapter alone', async () => {
    const { lora: _, ...full } = await runOf('full', { epochs: 1 });
    await trainModel(full, quiet);
    expect(await exists(join(full.out, 'adapter'))).toBe(false);
    const opened = await openCheckpoint({ ref: full.out });
    await opened.close();
    const lean = await runOf('lean', { epochs: 1, merge: false });
    await trainModel(lean, quiet);
    expect(await listFolder(lean.out)).toEqual(['adapter', 'training.json']);
    // Again: nothing is trained; with other settings it is refused, and what is there stays.
    const before = await readText(join(lean.out, 'training.json'));
    const steps: unknown[] = [];
    const again = await trainModel(lean, { ...quiet, onStep: (step) => steps.push(step) });
    expect(again.wasFinished).toBe(true);
    expect(steps).toEqual([]);
    await expect(trainModel({ ...lean, seed: 2 }, quiet)).rejects.toThrow('other settings (seed differs)');
    expect(await listFolder(lean.out)).toEqual(['adapter', 'training.json']);
    expect(await readText(join(lean.out, 'training.json'))).toBe(before);
    const notes = JSON.parse(await readText(join(lean.out, 'training.json'))) as { steps: unknown[] };
    expect(notes.steps.length).toBeGreaterThan(0);
    // Notes that are damaged are the user's to mend.
    for (const text of ['{', 'null']) {
      await writeAtomic(join(lean.out, 'training.json'), text);
      await expect(trainModel(lean, quiet)).rejects.toThrow('The notes of this training are damaged.');
    }
  });

  test('a model without a template is written with the one it was trained with, and stops where it was taught to', async () => {
    const bare = join(scratch, 'bare');
    cpSync(llama, bare, { recursive: true });
    rmSync(join(bare, 'chat_template.jinja'), { force: true });
    const changed = async (file: string, fields: object) => {
      const path = join(bare, file);
      writeFileSync(path, JSON.stringify({ ...(JSON.parse(await readText(path)) as object), ...fields }));
    };
    // The base ends texts with another token than ChatML ends answers with.
    await changed('config.json', { eos_token_id: 0 });
    await changed('tokenizer_config.json', { eos_token: '<pad>', chat_template: undefined });
    rmSync(join(bare, 'generation_config.json'), { force: true });
    const before = await openCheckpoint({ ref: bare });
    expect([before.chatTemplate, before.config.eosTokens]).toEqual([undefined, [0]]);
    const prompt = [{ role: 'user', content: 'the sum of 1 and 1 is' }] as const;
    for (const changes of [{ lora: undefined }, {}]) {
      const { lora, ...rest } = await runOf(`bare-${'lora' in changes}`, { model: { ref: bare }, epochs: 1 });
      const run = 'lora' in changes ? rest : { ...rest, lora: lora! };
      const names: string[] = [];
      await trainModel(run, { ...quiet, onPrepared: ({ receipt }) => names.push(receipt.template.name) });
      expect(names).toEqual(['chatml']);
      const after = await openCheckpoint({ ref: run.out });
      expect(after.config.eosTokens).toEqual([0, before.tokenizer.tokenId('<|im_end|>')]);
      expect(after.chatTemplate?.render(prompt, { addGenerationPrompt: true })).toBe(
        '<|im_start|>user\nthe sum of 1 and 1 is<|im_end|>\n<|im_start|>assistant\n',
      );
      await after.close();
    }
    const asked = await runOf('bare-zephyr', { model: { ref: bare, template: 'zephyr' }, epochs: 1 });
    await trainModel(asked, quiet);
    const zephyr = await openCheckpoint({ ref: asked.out });
    expect(zephyr.chatTemplate?.render(prompt, { addGenerationPrompt: true })).toContain('<|assistant|>\n');
    await zephyr.close();
    await expect(
      trainModel({ ...asked, model: { ref: bare, template: 'gemma' }, out: join(scratch, 'none') }, quiet),
    ).rejects.toThrow('needs the special tokens <start_of_turn>, <end_of_turn>');
    await before.close();
  });

  test('two at once in one folder: the second is refused and disturbs nothing', async () => {
    const run = await runOf('both', { epochs: 1 });
    let second: Promise<unknown> | undefined;
    await trainModel(run, {
      ...quiet,
      onPrepared: () => {
        second = expect(trainModel(run, quiet)).rejects.toThrow('another process is at work in');
      },
    });
    await second;
    expect(second).toBeDefined();
    expect(await exists(join(run.out, 'training.json'))).toBe(true);
  });

  test('interrupted while the data is read, it says so and leaves nothing behind', async () => {
    const run = await runOf('early');
    const stopped = trainModel(run, { ...quiet, signal: AbortSignal.abort() });
    await expect(stopped).rejects.toBeInstanceOf(Interrupted);
    expect(await exists(run.out)).toBe(false);
  });

  test('input that cannot be used leaves nothing behind', async () => {
    const tooLong = await runOf('too-long', { rowLength: 4096 });
    await expect(trainModel(tooLong, quiet)).rejects.toThrow("do not fit the model's context of 128");
    const rank = await runOf('rank', { lora: { rank: 999, alpha: 1, targets: LORA_TARGETS } });
    await expect(trainModel(rank, quiet)).rejects.toThrow('LoRA rank 999 is not possible');
    for (const { out } of [tooLong, rank]) expect(await exists(out)).toBe(false);
  });
});
