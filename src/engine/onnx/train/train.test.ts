/** Whole jobs on a tiny model: bit-exact repetition, resumption and continuation; the files that come out. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { openCheckpoint } from '../../../checkpoint/open-checkpoint.ts';
import type { PackedRow } from '../../../data/packing/packed-row.ts';
import { Interrupted } from '../../../errors.ts';
import { listFolder, readBytes, readText, sha256, writeAtomic } from '../../../platform/files.ts';
import { totalMemory } from '../../../platform/machine.ts';
import type { LoraConfig, TrainJob, TrainStepReport } from '../../engine.ts';
import { train } from './train.ts';

const llama = fileURLToPath(new URL('../../../../test/fixtures/models/llama', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'carryover-train-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const LORA: LoraConfig = { rank: 2, alpha: 4, targets: ['q_proj', 'down_proj'] };

function rowOf(step: number, r: number): PackedRow {
  const length = 12 + r;
  return {
    ids: Int32Array.from({ length }, (_, i) => 3 + (((step % 2) * 31 + r * 17 + i * i * 7) % 290)),
    positions: Int32Array.from({ length }, (_, i) => i),
    segments: new Int32Array(length),
    supervised: Uint8Array.from({ length }, (_, i) => (i > 3 ? 1 : 0)),
  };
}

function jobOf(name: string, changes: Partial<TrainJob> = {}): TrainJob {
  return {
    model: { ref: llama },
    optimizer: {
      learningRate: 5e-3,
      schedule: 'cosine',
      warmup: 0.2,
      betas: [0.9, 0.999],
      epsilon: 1e-8,
      weightDecay: 0.01,
      clip: 1,
    },
    seed: 1,
    steps: { from: 0, to: 6, total: 6 },
    batch: async (step) => [rowOf(step, 0), rowOf(step, 1), rowOf(step, 2)],
    microBatch: 2,
    stateFolder: join(scratch, name, 'state'),
    checkpointEvery: 2,
    outputFolder: join(scratch, name, 'model'),
    ...changes,
  };
}

async function run(job: TrainJob, stopAfter = Number.POSITIVE_INFINITY) {
  const stop = new AbortController();
  const seen: TrainStepReport[] = [];
  const result = await train(job, {
    signal: stop.signal,
    onResult: (report) => {
      seen.push(report);
      if (report.step >= stopAfter) stop.abort();
    },
  }).catch((error: unknown) => {
    if (error instanceof Interrupted) return undefined;
    throw error;
  });
  return { seen, result };
}

async function digests(folder: string): Promise<Record<string, string>> {
  const out: Record<string, string> = {};
  for (const name of await listFolder(folder)) out[name] = sha256(await readBytes(join(folder, name)));
  return out;
}

describe.each([
  ['full', {}],
  ['LoRA', { lora: LORA }],
] as const)('%s', (kind, method) => {
  test('the same job gives the same bytes; so does one that was interrupted, and one in two stages', async () => {
    const first = jobOf(`${kind}-first`, method);
    const { seen, result } = await run(first);
    expect(seen.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(seen[4]?.loss).toBeLessThan(seen[0]?.loss as number);
    const expected = await digests(first.outputFolder);

    const again = jobOf(`${kind}-again`, method);
    expect((await run(again)).seen).toEqual(seen);
    expect(await digests(again.outputFolder)).toEqual(expected);

    const resumed = jobOf(`${kind}-resumed`, method);
    expect((await run(resumed, 2)).result).toBeUndefined();
    expect(await listFolder(resumed.outputFolder)).toEqual([]);
    const rest = await run(resumed);
    expect(rest.seen.map(({ step }) => step)).toEqual([3, 4, 5]);
    expect(rest.result?.steps).toEqual(result?.steps);
    expect(await digests(resumed.outputFolder)).toEqual(expected);

    const early = jobOf(`${kind}-early`, { ...method, steps: { from: 0, to: 3, total: 6 } });
    await run(early);
    const late = jobOf(`${kind}-late`, {
      ...method,
      steps: { from: 3, to: 6, total: 6 },
      continueFrom: early.stateFolder,
    });
    expect((await run(late)).seen).toEqual(seen.slice(3));
    expect(await digests(late.outputFolder)).toEqual(expected);
  });
});

test('a trained folder and an adapter open as models, and differ from the base', async () => {
  const base = await openCheckpoint({ ref: llama });
  const name = 'model.layers.0.self_attn.q_proj.weight';
  const before = await base.readTensor(name);
  for (const ref of [
    { ref: join(scratch, 'full-first', 'model') },
    { ref: llama, adapter: join(scratch, 'LoRA-first', 'model') },
  ]) {
    const trained = await openCheckpoint(ref);
    expect(trained.fingerprint).not.toBe(base.fingerprint);
    const after = await trained.readTensor(name);
    expect(after).not.toEqual(before);
    expect(Math.max(...after.map((value, i) => Math.abs(value - (before[i] as number))))).toBeLessThan(0.05);
    await trained.close();
  }
  await base.close();
});

describe('what cannot be trained is refused before anything happens', () => {
  const refused = (changes: Partial<TrainJob>) =>
    train(jobOf('refused', changes), { onResult: () => undefined }).catch((error: unknown) => String(error));

  test('ranks, steps and folders', async () => {
    expect(await refused({ lora: { ...LORA, rank: 400 } })).toMatchInlineSnapshot(`
      "LoRA rank 400 is not possible for this model
        Choose a whole number from 1 to 32, the smallest side of the adapted matrices."
    `);
    expect(await refused({ lora: { ...LORA, targets: [] } })).toMatchInlineSnapshot(
      `"LoRA needs at least one target module"`,
    );
    expect(await refused({ steps: { from: 3, to: 3, total: 3 } })).toMatchInlineSnapshot(
      `"cannot train steps 3 to 3 of 3"`,
    );
    expect(await refused({ continueFrom: join(scratch, 'nowhere') })).toContain(
      'no training state to continue from',
    );
    expect(await refused({ outputFolder: join(llama, 'config.json', 'x') })).toContain(
      'is a file, not a folder',
    );
  });

  test('the state of another job', async () => {
    const { seed: _, ...other } = jobOf('full-first');
    expect(await refused({ ...other, seed: 2 })).toContain(
      'holds the state of another training job (seed: 1 before, 2 now)',
    );
  });
});

test('a job goes on with the micro-batches it began with, also on a machine with other memory', async () => {
  const { microBatch: _, ...rest } = jobOf('moved');
  await run(rest, 2);
  const path = join(rest.stateFolder, 'state.json');
  const state = JSON.parse(await readText(path)) as { memory: number };
  expect(state.memory).toBe(totalMemory());
  // As if it had begun on a machine so small that one row at a time is all that fits.
  await writeAtomic(path, JSON.stringify({ ...state, memory: 1 }));
  const moved = await run(rest);
  const saved = JSON.parse(await readText(path)) as { memory: number };
  expect(saved.memory).toBe(1);
  expect(moved.seen.map(({ step }) => step)).toEqual([3, 4, 5]);
});
