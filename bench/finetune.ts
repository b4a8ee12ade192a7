/** Fine-tuning the real model against transformers and peft: full and LoRA, all tokens or a third supervised. */
import { openCheckpoint } from '../src/checkpoint/open-checkpoint.ts';
import { LORA_TARGETS } from '../src/engine/engine.ts';
import { createTrainer } from '../src/engine/onnx/train/trainer.ts';
import { type Comparison, inTurns, timed } from './measure.ts';
import { Peer } from './peer.ts';
import { randomRows } from './random-rows.ts';
import { modelOf, type Settings } from './settings.ts';

const BATCH = 2;
const LENGTH = 256;
const RANK = 16;

export async function* finetune(settings: Settings): AsyncGenerator<Comparison> {
  yield* one({ ...settings, rank: RANK });
  yield* one({ ...settings, rank: 0 });
}

async function* one(settings: Settings & { readonly rank: number }): AsyncGenerator<Comparison> {
  const { python, threads, rounds, rank } = settings;
  const checkpoint = await openCheckpoint(modelOf(settings));
  await using peer = new Peer(python, 'finetune_hf.py', { model: settings.folder(), rank, threads });
  const parameters = (await peer.ready<number>()).result;
  const trainer = await createTrainer(checkpoint.config, (name) => checkpoint.readTensor(name), {
    optimizer: { betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0, clip: 1 },
    seed: 1,
    threads,
    ...(rank > 0 ? { lora: { rank, alpha: 2 * rank, targets: LORA_TARGETS } } : {}),
  });
  if (trainer.trainableParameters !== parameters)
    throw new Error(`${trainer.trainableParameters} trained parameters here, ${parameters} there`);
  const { vocabulary } = checkpoint.config;
  for (const { share, words } of [
    { share: 1, words: 'all tokens supervised' },
    { share: 1 / 3, words: 'a third supervised' },
  ]) {
    const rowsOf = (round: number) =>
      randomRows({ batch: BATCH, length: LENGTH, vocabulary, share, seed: 1 + round });
    const ours = async (round: number) => {
      const rows = rowsOf(round);
      const { seconds } = await timed(() => trainer.step(rows, 1e-5));
      return { units: BATCH * LENGTH, seconds };
    };
    const theirs = async (round: number) => {
      const rows = rowsOf(round);
      const batch = {
        ids: rows.map(({ ids }) => [...ids]),
        supervised: rows.map(({ supervised }) => [...supervised]),
      };
      const { seconds } = await peer.ask({ batches: [batch] });
      return { units: BATCH * LENGTH, seconds };
    };
    await ours(1_000);
    await theirs(1_000);
    const rates = await inTurns({ run: ours }, { run: theirs }, rounds);
    const what = rank > 0 ? `LoRA rank ${rank} on all linear layers` : 'full fine-tuning';
    const title = `${what} of the real model, ${BATCH} x ${LENGTH}, ${words}, against ${rank > 0 ? 'peft' : 'transformers'}`;
    yield { title, unit: 'tokens/s', ...rates, ...(rank > 0 && share === 1 ? { aim: 0.9 } : {}) };
  }
  await trainer.close();
  await checkpoint.close();
}
