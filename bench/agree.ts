/**
 * Not speed but agreement: what Carryover writes after training is loaded by transformers and peft, and gives the
 * same logits there as here. Full fine-tuning writes a folder, LoRA an adapter for the model it began with.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Checkpoint } from '../src/checkpoint/checkpoint.ts';
import type { ModelRef } from '../src/checkpoint/model-ref.ts';
import { openCheckpoint } from '../src/checkpoint/open-checkpoint.ts';
import type { PackedRow } from '../src/data/packing/packed-row.ts';
import { LORA_TARGETS, type TrainJob } from '../src/engine/engine.ts';
import { train } from '../src/engine/onnx/train/train.ts';
import { allLogits } from '../test/support/all-logits.ts';
import { Peer } from './peer.ts';
import { randomRows } from './random-rows.ts';
import { modelOf, type Settings } from './settings.ts';

const TEXT =
  'Natalia sold clips to 48 of her friends in April, and then she sold half as many clips in May. How many clips did she sell altogether? Let us count: 48 in April, 24 in May; 48 + 24 = 72. The answer is 72. Ein zweiter Satz, mit Umlauten: schön.';
const CHAT = [
  { role: 'user', content: 'What is 2 + 2?' },
  { role: 'assistant', content: '4' },
  { role: 'user', content: 'And 3 + 3?' },
] as const;

export async function* agree(settings: Settings): AsyncGenerator<string> {
  await using peer = new Peer(settings.python, 'logits_hf.py', { threads: settings.threads });
  await peer.ready();
  const folder = mkdtempSync(join(tmpdir(), 'carryover-agree-'));
  try {
    yield `untouched model: ${await compare(peer, settings, modelOf(settings), { model: settings.folder() }, folder)}`;
    const full = join(folder, 'full');
    await train(jobOf(settings, full), { onResult: () => {} });
    yield `written by full fine-tuning: ${await compare(peer, settings, { ref: full }, { model: full }, folder)}`;
    const adapter = join(folder, 'adapter');
    const lora = { rank: 16, alpha: 32, targets: LORA_TARGETS };
    await train({ ...jobOf(settings, adapter), lora }, { onResult: () => {} });
    const ref = { ...modelOf(settings), adapter };
    yield `LoRA adapter: ${await compare(peer, settings, ref, { model: settings.folder(), adapter }, folder)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Three steps with a rate that moves the weights well beyond rounding. */
function jobOf(settings: Settings, outputFolder: string): TrainJob {
  return {
    model: modelOf(settings),
    optimizer: {
      learningRate: 1e-4,
      schedule: 'constant',
      warmup: 0,
      betas: [0.9, 0.999],
      epsilon: 1e-8,
      weightDecay: 0,
      clip: 1,
    },
    seed: 1,
    steps: { from: 0, to: 3, total: 3 },
    batch: async (step) => randomRows({ batch: 2, length: 64, vocabulary: 40_000, share: 1, seed: step }),
    stateFolder: `${outputFolder}-state`,
    checkpointEvery: 100,
    outputFolder,
  };
}

async function compare(
  peer: Peer,
  settings: Settings,
  ours: ModelRef,
  theirs: { readonly model: string; readonly adapter?: string },
  folder: string,
): Promise<string> {
  const checkpoint = await openCheckpoint(ours);
  const { tokenizer, chatTemplate } = checkpoint;
  const ids = tokenizer.encode(TEXT);
  const out = join(folder, 'logits.bin');
  const request = { ...theirs, ids, out, chat: CHAT, texts: [TEXT] };
  const { result } = await peer.ask<{ ids: number[][]; chat: string }>(request);
  const bytes = readFileSync(out);
  const expected = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const found = await logitsOf(checkpoint, ids, settings.threads);
  await checkpoint.close();
  if (expected.length !== ids.length * checkpoint.config.vocabulary) throw new Error('the shapes differ');
  let largest = 0;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i]! - found[i]!));
  const sameTokens = JSON.stringify(result.ids) === JSON.stringify([ids]);
  const sameChat = chatTemplate?.render(CHAT, { addGenerationPrompt: true }) === result.chat;
  const words = (same: boolean) => (same ? 'equal' : 'DIFFERENT');
  return `largest difference of ${expected.length.toLocaleString('en')} logits ${largest.toExponential(1)}; tokens ${words(sameTokens)}; chat ${words(sameChat)}`;
}

/** Logits [tokens, vocabulary] of all positions of one row. */
async function logitsOf(checkpoint: Checkpoint, ids: number[], threads: number): Promise<Float32Array> {
  const row: PackedRow = {
    ids: Int32Array.from(ids),
    positions: Int32Array.from(ids, (_, t) => t),
    segments: new Int32Array(ids.length),
    supervised: new Uint8Array(ids.length),
  };
  return allLogits(checkpoint.config, checkpoint.readTensor, [row], threads);
}
