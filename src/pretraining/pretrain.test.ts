import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile, cp, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openCheckpoint } from '../checkpoint/open-checkpoint.ts';
import { Interrupted } from '../errors.ts';
import { listFolder, readBytes } from '../platform/files.ts';
import { GENERATORS } from '../procedural/index.ts';
import { initialWeights } from './initial-weights.ts';
import { pretrain } from './pretrain.ts';
import type { Pretraining } from './pretraining.ts';

const scratch = mkdtempSync(join(tmpdir(), 'carryover-pretrain-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const tiny: Pretraining = {
  name: 'tiny',
  seed: 1,
  model: { width: 16, layers: 1, heads: 2, kvHeads: 1, feedForward: 24, context: 256, ropeTheta: 10_000 },
  tokenizer: { entries: 300, documents: 60 },
  corpus: {
    seed: 1,
    parts: [{ weight: 1, tasks: [GENERATORS['arithmetic']!] }],
    worked: { generate: 0, choice: 0 },
    levels: [1],
  },
  batches: { documents: 4, longest: 256 },
  rounds: [{ steps: 8, learningRate: 1e-2 }],
  optimizer: {
    schedule: 'cosine',
    warmup: 0.25,
    betas: [0.9, 0.99],
    epsilon: 1e-8,
    weightDecay: 0,
    clip: 1,
  },
  checkpointEvery: 3,
};
const short = { ...tiny, rounds: [{ steps: 2, learningRate: 1e-2 }] };
/** The short one and a further round, with all that a round may have of its own. */
const both: Pretraining = {
  ...tiny,
  rounds: [
    ...short.rounds,
    {
      steps: 3,
      learningRate: 5e-3,
      schedule: 'constant',
      warmup: 0.5,
      corpus: { parts: [{ weight: 1, tasks: [GENERATORS['arithmetic']!], worked: 1 }] },
    },
  ],
};
const quiet = { onPrepared: () => undefined, onStep: () => undefined };

describe('a pretraining', () => {
  it('ends in a model that can be opened; interrupted and resumed, in the same bytes', async () => {
    const whole = join(scratch, 'whole');
    const { losses, parameters, wasFinished } = await pretrain(tiny, whole, quiet);
    expect(wasFinished).toBe(false);
    expect(losses.at(-1)).toBeLessThan(losses[0]! - 0.1);
    expect(await listFolder(whole)).toEqual([
      'config.json',
      'generation_config.json',
      'model.safetensors',
      'pretraining.json',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
    const model = await openCheckpoint({ ref: whole });
    expect(model.parameters).toBe(parameters);
    expect(model.config).toMatchObject({ kvHeads: 1, headDim: 8, tiedHead: true, context: 256 });
    await model.close();

    const stopped = join(scratch, 'stopped');
    const stop = new AbortController();
    const first = pretrain(tiny, stopped, {
      ...quiet,
      signal: stop.signal,
      onStep: ({ step }) => step === 4 && stop.abort(),
    });
    await expect(first).rejects.toBeInstanceOf(Interrupted);
    const seen: number[] = [];
    await pretrain(tiny, stopped, { ...quiet, onStep: ({ step }) => seen.push(step) });
    expect(seen).toEqual([5, 6, 7]);
    for (const file of await listFolder(whole))
      expect(await readBytes(join(stopped, file)), file).toEqual(await readBytes(join(whole, file)));
  });

  it('finished, is done; with other settings its folder is refused', async () => {
    const out = join(scratch, 'twice');
    await pretrain(short, out, quiet);
    const steps: unknown[] = [];
    const again = await pretrain(short, out, { ...quiet, onStep: (one) => steps.push(one) });
    expect([again.wasFinished, again.losses.length, steps.length]).toEqual([true, 2, 0]);
    await expect(pretrain(tiny, out, quiet)).rejects.toThrow('pretrained with other settings');
  });

  it('stopped, goes on with equal settings alone; rounds that are not begun may change', async () => {
    const out = join(scratch, 'changed');
    const stop = new AbortController();
    const onStep = ({ step }: { readonly step: number }): void => {
      if (step === 0) stop.abort();
    };
    const first = pretrain(tiny, out, { ...quiet, signal: stop.signal, onStep });
    await expect(first).rejects.toBeInstanceOf(Interrupted);
    for (const [key, other] of Object.entries({
      seed: { ...tiny, seed: 2 },
      model: { ...tiny, model: { ...tiny.model, feedForward: 32 } },
      tokenizer: { ...tiny, tokenizer: { entries: 290, documents: 60 } },
      corpus: { ...tiny, corpus: { ...tiny.corpus, seed: 2 } },
      batches: { ...tiny, batches: { documents: 2, longest: 64 } },
    }))
      await expect(pretrain(other, out, quiet)).rejects.toThrow(
        `holds an unfinished pretraining with other settings (${key})`,
      );
    const rounds = [...tiny.rounds, { steps: 1, learningRate: 1e-3 }];
    expect((await pretrain({ ...tiny, rounds, checkpointEvery: 2 }, out, quiet)).losses).toHaveLength(9);
  });

  it('with a further round goes on from the finished model, as if both had been asked for at once', async () => {
    const [apart, together] = [join(scratch, 'apart'), join(scratch, 'together')];
    await pretrain(short, apart, quiet);
    await cp(apart, join(scratch, 'apart-first'), { recursive: true });
    const seen: number[] = [];
    const done: number[] = [];
    const rates: number[] = [];
    const stop = new AbortController();
    const first = pretrain(both, apart, {
      signal: stop.signal,
      onPrepared: (start) => done.push(start.done),
      onStep: ({ step, learningRate }) => {
        rates.push(learningRate);
        if (seen.push(step) === 2) stop.abort();
      },
    });
    await expect(first).rejects.toBeInstanceOf(Interrupted);
    await pretrain(both, apart, {
      onPrepared: (start) => done.push(start.done),
      onStep: ({ step, learningRate }) => {
        rates.push(learningRate);
        seen.push(step);
      },
    });
    // Two steps of warm-up, from a third of the rate.
    expect(rates).toEqual([5e-3 / 3, (5e-3 * 2) / 3, 5e-3]);
    expect([done, seen]).toEqual([
      [2, 4],
      [2, 3, 4],
    ]);
    const { losses } = await pretrain(both, together, quiet);
    expect(losses).toHaveLength(5);
    for (const file of await listFolder(together))
      expect(await readBytes(join(apart, file)), file).toEqual(await readBytes(join(together, file)));
  });

  it('killed while a further model takes the place of the first, never leaves one with the notes of the other', async () => {
    const whole = join(scratch, 'together');
    const files = await listFolder(whole);
    const isModel = (name: string) => name !== 'pretraining.json';
    const models = [...files.filter((name) => isModel(name) && name !== 'config.json'), 'config.json'];
    // What a kill leaves after so many of the files have moved; -1: before the old notes went away.
    for (const moved of [-1, 0, 1, models.length - 1, models.length]) {
      const out = join(scratch, `killed-${moved}`);
      await cp(join(scratch, 'apart-first'), out, { recursive: true });
      const model = join(out, '.carryover', 'model');
      await mkdir(model, { recursive: true });
      await copyFile(join(whole, 'pretraining.json'), join(out, '.carryover', 'pretraining.json'));
      if (moved >= 0) rmSync(join(out, 'pretraining.json'));
      if (moved >= 0) rmSync(join(out, 'config.json'));
      for (const [at, name] of models.entries())
        await copyFile(join(whole, name), join(at < moved ? out : model, name));
      // Whoever asks for the first round alone must not be told that it is what lies there.
      await expect(pretrain(short, out, quiet)).rejects.toThrow('pretrained with other settings');
      expect(await listFolder(out)).toEqual(files);
      const { wasFinished, losses } = await pretrain(both, out, quiet);
      expect([wasFinished, losses.length]).toEqual([true, 5]);
      for (const file of files)
        expect(await readBytes(join(out, file)), file).toEqual(await readBytes(join(whole, file)));
    }
  });

  it('keeps the first model with its notes until a further one is complete', async () => {
    const [first, out] = [join(scratch, 'apart-first'), join(scratch, 'under-way')];
    await cp(first, out, { recursive: true });
    const stop = new AbortController();
    const onStep = () => stop.abort();
    await expect(pretrain(both, out, { ...quiet, signal: stop.signal, onStep })).rejects.toBeInstanceOf(
      Interrupted,
    );
    for (const file of await listFolder(first))
      expect(await readBytes(join(out, file)), file).toEqual(await readBytes(join(first, file)));
  });

  it('begins at weights of the seed: of the stated size, norms one, what is added to the stream smaller', async () => {
    const model = await openCheckpoint({ ref: join(scratch, 'whole') });
    const { config } = model;
    await model.close();
    const wide = { ...config, width: 64, headDim: 32, feedForward: 512 };
    const read = initialWeights(wide, 1);
    const deviation = async (name: string) => {
      const values = await read(name);
      return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
    };
    const stated = 0.02 * Math.sqrt(768 / 64);
    expect(await deviation('model.layers.0.mlp.up_proj.weight')).toBeCloseTo(stated, 2);
    expect(await deviation('model.layers.0.mlp.down_proj.weight')).toBeCloseTo(stated / Math.SQRT2, 2);
    expect(await deviation('model.norm.weight')).toBe(1);
    const name = 'model.embed_tokens.weight';
    expect(await read(name)).toEqual(await initialWeights(wide, 1)(name));
    expect(await read(name)).not.toEqual(await initialWeights(wide, 2)(name));
    await expect(read('lm_head.weight')).rejects.toThrow('no tensor');
  });
});
