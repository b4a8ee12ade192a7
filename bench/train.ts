/** Training steps of small models against eager PyTorch: tokens per second, the optimizer's update included. */
import type { ModelConfig } from '../src/checkpoint/checkpoint.ts';
import { randomWeights } from '../src/engine/onnx/train/initial.ts';
import { createTrainer } from '../src/engine/onnx/train/trainer.ts';
import { type Comparison, inTurns, timed } from './measure.ts';
import { Peer } from './peer.ts';
import { randomRows } from './random-rows.ts';
import type { Settings } from './settings.ts';

interface Size {
  readonly name: string;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly feedForward: number;
  readonly vocabulary: number;
  readonly batch: number;
  readonly length: number;
  readonly steps: number;
}

const SIZES: readonly Size[] = [
  {
    name: '0.82 M',
    width: 128,
    layers: 4,
    heads: 4,
    feedForward: 344,
    vocabulary: 256,
    batch: 16,
    length: 128,
    steps: 12,
  },
  {
    name: '4.88 M',
    width: 256,
    layers: 6,
    heads: 4,
    feedForward: 688,
    vocabulary: 512,
    batch: 16,
    length: 128,
    steps: 4,
  },
  {
    name: '26.35 M',
    width: 512,
    layers: 8,
    heads: 8,
    feedForward: 1376,
    vocabulary: 2048,
    batch: 8,
    length: 128,
    steps: 2,
  },
];

export async function* train(settings: Settings): AsyncGenerator<Comparison> {
  for (const size of SIZES) yield await trainingAt(size, settings);
}

/** Steps of a model of this shape with random weights on random rows, here and in PyTorch. */
export async function trainingAt(size: Size, { python, threads, rounds }: Settings): Promise<Comparison> {
  const { name, batch, length, steps, ...shape } = size;
  const config: ModelConfig = {
    ...shape,
    architecture: 'llama',
    kvHeads: shape.heads,
    headDim: shape.width / shape.heads,
    context: length,
    rmsNormEpsilon: 1e-5,
    ropeTheta: 10_000,
    tiedHead: true,
    qkvBias: false,
    outputBias: false,
    qkNorm: false,
    eosTokens: [],
  };
  await using peer = new Peer(python, 'train_torch.py', { shape, batch, length, threads });
  const parameters = (await peer.ready<number>()).result;
  const optimizer = { betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0.01, clip: 1 } as const;
  const trainer = await createTrainer(config, randomWeights(config, 1), { optimizer, seed: 1, threads });
  if (trainer.trainableParameters !== parameters)
    throw new Error(`${trainer.trainableParameters} parameters here, ${parameters} there`);
  const work = async (round: number, count: number) => {
    const make = (step: number) =>
      randomRows({
        batch,
        length,
        vocabulary: shape.vocabulary,
        share: 1,
        seed: 1 + round * 1000 + step,
      });
    const batches = Array.from({ length: count }, (_, step) => make(step));
    const { seconds } = await timed(async () => {
      for (const rows of batches) await trainer.step(rows, 1e-3);
    });
    return { units: count * batch * length, seconds };
  };
  await work(1_000, 2);
  await peer.ask({ round: 1_000, steps: 2 });
  const rates = await inTurns(
    { run: (round) => work(round, steps) },
    {
      run: async (round) => {
        const { seconds } = await peer.ask({ round, steps });
        return { units: steps * batch * length, seconds };
      },
    },
    rounds,
  );
  await trainer.close();
  const title = `training, ${name} (${shape.width} wide, ${shape.layers} layers, ${batch} x ${length}) against PyTorch eager`;
  return { title, unit: 'tokens/s', ...rates, aim: 1 };
}
