/**
 * AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101; decay as in torch.optim.AdamW) and the global
 * gradient norm as two small graphs that run over flat arrays. The update writes over its own inputs: its last
 * operators are element-wise, so nothing is copied. Pieces are small enough for the cache, so that the thirteen
 * operators read main memory once. Weight decay applies to every trained weight, norms and biases too: so does plain
 * torch.optim.AdamW without parameter groups, the reference of the tests. Trainers that spare those differ here.
 */
import { type HostTensor, openSession, type RuntimeSession } from '../../../platform/onnxruntime.ts';
import type { OptimizerConfig } from '../../engine.ts';
import { writeModel } from '../graph/onnx-writer.ts';
import type { Graph } from '../graph/types.ts';
import { newGraph } from '../ops/table.ts';
import { type FlatTensors, ROW } from './flat-tensors.ts';

/** Elements updated at once: with moments and intermediates about 7 MB. */
const PIECE = ROW * 64;
/** Elements whose squares are summed in one call. */
const NORM_PIECE = ROW * 16_384;

export type AdamSettings = Pick<OptimizerConfig, 'betas' | 'epsilon' | 'weightDecay' | 'clip'>;

/**
 * m' = b1 m + first g; v' = b2 v + second g^2; p' = decay p - rate m' / (sqrt(v') + epsilon), where the scalars carry
 * the gradient's scale and the bias corrections (Kingma and Ba 2015, arXiv 1412.6980, end of section 2): fewer
 * passes over memory, and the same as torch but for rounding.
 */
export function adamGraph({ betas: [beta1, beta2] }: AdamSettings): Graph {
  const b = newGraph('adamw');
  const [p, g, m, v] = ['p', 'g', 'm', 'v'].map((name) => b.input(name, 'f32', ['n']));
  const [first, second, decay, rate, epsilon] = ['first', 'second', 'decay', 'rate', 'epsilon'].map((name) =>
    b.input(name, 'f32', []),
  );
  if (!p || !g || !m || !v || !first || !second || !decay || !rate || !epsilon)
    throw new Error('unreachable');
  const m2 = b.op('Add', [b.op('Mul', [m, b.scalar(beta1)]), b.op('Mul', [g, first])]);
  const square = b.op('Mul', [b.op('Mul', [g, g]), second]);
  const v2 = b.op('Add', [b.op('Mul', [v, b.scalar(beta2)]), square]);
  const quotient = b.op('Div', [m2, b.op('Add', [b.op('Sqrt', [v2]), epsilon])]);
  b.output('p2', b.op('Sub', [b.op('Mul', [p, decay]), b.op('Mul', [quotient, rate])]));
  b.output('m2', m2);
  b.output('v2', v2);
  return b.build();
}

function squaresGraph(): Graph {
  const b = newGraph('squares');
  const x = b.input('x', 'f32', ['rows', ROW]);
  b.output('sums', b.op('ReduceSumSquare', [x, b.ints([1])], { keepdims: 0 }));
  return b.build();
}

export interface Optimizer {
  /** Euclidean norm of a whole flat array; NaN or infinite where an element is. */
  norm(values: Float32Array<ArrayBuffer>): Promise<number>;
  /**
   * One update in place. `scale` multiplies the gradients (1 / tokens, and the clipping factor); `update` counts from
   * 1, for the bias correction.
   */
  update(step: {
    readonly gradients: FlatTensors;
    readonly learningRate: number;
    readonly scale: number;
    readonly update: number;
  }): Promise<void>;
  close(): Promise<void>;
}

const scalar = (value: number): HostTensor => ({ dtype: 'f32', shape: [], data: Float32Array.of(value) });
const vector = (data: Float32Array): HostTensor => ({ dtype: 'f32', shape: [data.length], data });

export async function openOptimizer(
  settings: AdamSettings,
  state: { readonly p: FlatTensors; readonly m: Float32Array; readonly v: Float32Array },
  options: { readonly threads?: number } = {},
): Promise<Optimizer> {
  const adam: RuntimeSession = await openSession(writeModel(adamGraph(settings), { fills: true }), options);
  const squares = await openSession(writeModel(squaresGraph()), options);
  const [beta1, beta2] = settings.betas;
  return {
    norm: async (values) => {
      let sum = 0;
      for (let at = 0; at < values.length; at += NORM_PIECE) {
        const piece = values.subarray(at, at + NORM_PIECE);
        const { sums } = await squares.run({
          x: { dtype: 'f32', shape: [piece.length / ROW, ROW], data: piece },
        });
        for (const square of (sums as HostTensor).data as Float32Array) sum += square;
      }
      return Math.sqrt(sum);
    },
    update: async ({ gradients, learningRate, scale, update }) => {
      const root = Math.sqrt(1 - beta2 ** update);
      const scalars = {
        first: scalar((1 - beta1) * scale),
        second: scalar((1 - beta2) * scale ** 2),
        decay: scalar(1 - learningRate * settings.weightDecay),
        rate: scalar((learningRate * root) / (1 - beta1 ** update)),
        epsilon: scalar(settings.epsilon * root),
      };
      for (let at = 0; at < state.p.all.length; at += PIECE) {
        const piece = (values: Float32Array) => vector(values.subarray(at, at + PIECE));
        const [p, m, v] = [piece(state.p.all), piece(state.m), piece(state.v)];
        await adam.fill({ p, m, v, g: piece(gradients.all), ...scalars }, { p2: p, m2: m, v2: v });
      }
    },
    close: async () => {
      await adam.close();
      await squares.close();
    },
  };
}
