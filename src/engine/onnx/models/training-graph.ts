/** The graph of one micro-batch: sum of the supervised tokens' losses and its gradients. */
import type { ModelConfig } from '../../../checkpoint/checkpoint.ts';
import type { LoraConfig } from '../../engine.ts';
import { gradients } from '../autodiff/gradients.ts';
import { maskedAttention } from '../composites/attention.ts';
import { pickRows } from '../composites/pick-rows.ts';
import { rmsNorm } from '../composites/rms-norm.ts';
import { swiglu } from '../composites/swiglu.ts';
import { tokenLoss } from '../composites/token-loss.ts';
import type { Graph, Value } from '../graph/types.ts';
import { type Builder, newGraph } from '../ops/table.ts';
import { type DecoderParts, decoder } from './decoder.ts';
import { loraName, loraShapes } from './lora.ts';
import { EMBEDDING, hasBias, headName, parameterShapes } from './parameters.ts';

/** Names of the graph's inputs beside the weights. `time` is the row length, `targets` the supervised tokens. */
export const INPUTS = {
  ids: 'ids', // i64 [batch, time]
  positions: 'positions', // i64 [batch, time]
  segments: 'segments', // i32 [batch, time]
  cos: 'rotary.cos', // f32 [positions, headDim / 2]
  sin: 'rotary.sin',
  rows: 'targets.rows', // i64 [targets]: flat index of the position that predicts each target
  targetIds: 'targets.ids', // i64 [targets, 1]
} as const;
export const LOSS = 'loss';
/** Gradient of the embedded tokens [batch, time, width]: the caller adds it to the embedding's rows. */
export const EMBEDDED_GRADIENT = 'gradient:embedded';
export const LOGITS = 'logits';
export const gradientOf = (name: string): string => `gradient:${name}`;
/** Inputs with the gradients of earlier micro-batches. */
export const earlierOf = (name: string): string => `earlier:${name}`;

export interface TrainingGraphOptions {
  readonly lora?: LoraConfig;
  /** Add to the gradients of earlier micro-batches, which are then inputs. */
  readonly accumulate: boolean;
}

/** Additive mask [batch, 1, time, time]: a token sees itself and earlier tokens of its own segment. */
function segmentMask(b: Builder, segments: Value): Value {
  const same = b.op('Equal', [
    b.op('Unsqueeze', [segments, b.ints([1, 3])]),
    b.op('Unsqueeze', [segments, b.ints([1, 2])]),
  ]);
  const time = b.op('Squeeze', [b.op('Shape', [segments], { start: 1 }), b.ints([0])]);
  const index = b.op('Range', [b.scalar(0, 'i64'), time, b.scalar(1, 'i64')]);
  const earlier = b.op('GreaterOrEqual', [b.op('Unsqueeze', [index, b.ints([1])]), index]);
  const visible = b.op('And', [same, earlier]);
  return b.op('Where', [visible, b.scalar(0), b.scalar(-Infinity)]);
}

interface Weights {
  readonly get: (name: string) => Value;
  readonly trainable: readonly Value[];
}

/** Weights and adapters as inputs of the graph: the caller's arrays are read in place, nothing is copied. */
function weightInputs(b: Builder, config: ModelConfig, lora: LoraConfig | undefined): Weights {
  const values = new Map<string, Value>();
  for (const { name, shape } of parameterShapes(config)) values.set(name, b.input(name, 'f32', shape));
  const adapters = lora ? loraShapes(config, lora) : [];
  for (const { name, shape } of adapters) values.set(name, b.input(name, 'f32', shape));
  const get = (name: string): Value => {
    const value = values.get(name);
    if (!value) throw new Error(`the model has no tensor ${name}`);
    return value;
  };
  const names = (lora ? adapters : parameterShapes(config)).map(({ name }) => name);
  return { get, trainable: names.map(get) };
}

function trainingParts(
  b: Builder,
  config: ModelConfig,
  weights: Weights,
  inputs: { readonly mask: Value; readonly positions: Value; readonly cos: Value; readonly sin: Value },
  lora: LoraConfig | undefined,
): DecoderParts {
  const adapted = new Set(lora ? loraShapes(config, lora).map(({ name }) => name) : []);
  const split = (x: Value, heads: number) =>
    b.op('Transpose', [b.op('Reshape', [x, b.ints([0, 0, heads, config.headDim])])], { perm: [0, 2, 1, 3] });
  const rotate = (x: Value) => b.op('RotaryEmbedding', [x, inputs.cos, inputs.sin, inputs.positions]);
  return {
    linear: (module, x) => {
      let y = b.op('FusedMatMul', [x, weights.get(`${module}.weight`)], { transB: 1 });
      if (hasBias(config, module)) y = b.op('Add', [y, weights.get(`${module}.bias`)]);
      const down = loraName(module, 'A');
      if (!lora || !adapted.has(down)) return y;
      const inner = b.op('FusedMatMul', [x, weights.get(down)], { transB: 1 });
      const alpha = lora.alpha / lora.rank;
      return b.op('Add', [
        y,
        b.op('FusedMatMul', [inner, weights.get(loraName(module, 'B'))], { transB: 1, alpha }),
      ]);
    },
    norm: (module, x) =>
      b.composite(rmsNorm, [x, weights.get(`${module}.weight`)], {
        epsilon: config.rmsNormEpsilon,
      })[0] as Value,
    attention: (_, query, key, value) => {
      const [q, k, v] = [
        rotate(split(query, config.heads)),
        rotate(split(key, config.kvHeads)),
        split(value, config.kvHeads),
      ];
      const scale = 1 / Math.sqrt(config.headDim);
      const [mixed] = b.composite(maskedAttention, [q, k, v, inputs.mask], { scale });
      return b.op('Reshape', [
        b.op('Transpose', [mixed as Value], { perm: [0, 2, 1, 3] }),
        b.ints([0, 0, config.heads * config.headDim]),
      ]);
    },
    gated: (gate, up) => b.composite(swiglu, [gate, up])[0] as Value,
  };
}

function forward(b: Builder, config: ModelConfig, lora: LoraConfig | undefined) {
  const tokens = ['batch', 'time'] as const;
  const ids = b.input(INPUTS.ids, 'i64', tokens);
  const positions = b.input(INPUTS.positions, 'i64', tokens);
  const segments = b.input(INPUTS.segments, 'i32', tokens);
  const cos = b.input(INPUTS.cos, 'f32', ['positions', config.headDim / 2]);
  const sin = b.input(INPUTS.sin, 'f32', ['positions', config.headDim / 2]);
  const rows = b.input(INPUTS.rows, 'i64', ['targets']);
  const weights = weightInputs(b, config, lora);
  const embedded = b.op('Gather', [weights.get(EMBEDDING), ids], { axis: 0 });
  const mask = segmentMask(b, segments);
  const parts = trainingParts(b, config, weights, { mask, positions, cos, sin }, lora);
  const hidden = b.op('Reshape', [decoder(b, config, embedded, parts), b.ints([-1, config.width])]);
  const picked = b.composite(pickRows, [hidden, rows])[0] as Value;
  return { weights, embedded, picked, head: weights.get(headName(config)) };
}

/** Loss (scalar) and gradients of everything trainable. */
export function trainingGraph(config: ModelConfig, options: TrainingGraphOptions): Graph {
  const b = newGraph(options.lora ? 'lora-step' : 'training-step');
  const { weights, embedded, picked, head } = forward(b, config, options.lora);
  const targetIds = b.input(INPUTS.targetIds, 'i64', ['targets', 1]);
  const [loss] = b.composite(tokenLoss, [picked, head, targetIds]);
  if (!loss) throw new Error('a loss is one value');
  b.output(LOSS, loss);
  const wanted = options.lora ? [...weights.trainable] : [...weights.trainable, embedded];
  const found = gradients(b, loss, wanted);
  weights.trainable.forEach((weight, at) => {
    let gradient = found[at];
    // An untied embedding has no gradient but that of the embedded tokens, which the caller adds.
    if (!gradient) return;
    if (options.accumulate)
      gradient = b.op('Add', [b.input(earlierOf(weight.name), 'f32', weight.shape), gradient]);
    b.output(gradientOf(weight.name), gradient);
  });
  const last = options.lora ? null : found[found.length - 1];
  if (last) b.output(EMBEDDED_GRADIENT, last);
  return b.build();
}

/** Logits [targets, vocabulary] at chosen positions, for tests and for measuring a loss without training. */
export function logitsGraph(config: ModelConfig, lora?: LoraConfig): Graph {
  const b = newGraph('logits');
  const { picked, head } = forward(b, config, lora);
  b.output(LOGITS, b.op('FusedMatMul', [picked, head], { transB: 1 }));
  return b.build();
}
