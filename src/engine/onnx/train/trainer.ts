/**
 * Training steps on a model in memory. This is the entry for measurements and for the training job:
 *
 *     const trainer = await createTrainer(config, readTensor, { optimizer, lora, seed: 1 });
 *     const { loss, gradientNorm } = await trainer.step(rows, 1e-4);
 *     await trainer.close();
 */
import type { ModelConfig } from '../../../checkpoint/checkpoint.ts';
import type { PackedRow } from '../../../data/packing/packed-row.ts';
import { Interrupted, UserError } from '../../../errors.ts';
import { type HostTensor, openSession, type RuntimeSession } from '../../../platform/onnxruntime.ts';
import type { LoraConfig } from '../../engine.ts';
import { writeModel } from '../graph/onnx-writer.ts';
import { loraShapes } from '../models/lora.ts';
import { EMBEDDING, elementCount, type ParameterShape, parameterShapes } from '../models/parameters.ts';
import { rotaryTables } from '../models/rotary.ts';
import {
  EMBEDDED_GRADIENT,
  earlierOf,
  gradientOf,
  INPUTS,
  LOSS,
  trainingGraph,
} from '../models/training-graph.ts';
import { type FlatTensors, flatTensors, viewOf } from './flat-tensors.ts';
import { initialiseLora } from './initial.ts';
import { rowsPerMicroBatch } from './memory.ts';
import { type MicroBatch, microBatch, rowLength, splitRows, supervisedTokens } from './micro-batch.ts';
import { type AdamSettings, openOptimizer } from './optimizer.ts';

export interface TrainerOptions {
  readonly optimizer: AdamSettings;
  readonly lora?: LoraConfig;
  /** For the start of LoRA's matrices. */
  readonly seed: number;
  /** Rows computed at once. By default as many as memory and speed suggest: a function of shapes and the machine. */
  readonly microBatch?: number;
  /** Bytes of memory from which micro-batches are chosen; this machine's without it. */
  readonly memory?: number;
  readonly threads?: number;
  /** Write a Chrome trace of the training graph's operators to files that begin with this path. */
  readonly profile?: string;
}

export interface StepOutcome {
  /** Sum of the supervised tokens' losses divided by their number, in nats, before the update. */
  readonly loss: number;
  /** Global norm of the gradient of that loss, before clipping. */
  readonly gradientNorm: number;
  readonly supervisedTokens: number;
  /** Tokens of the rows without padding. */
  readonly tokens: number;
}

export interface Trainer {
  /** What is trained: all weights, or the adapters. Changing the numbers changes the model. */
  readonly trainable: FlatTensors;
  /** First and second moments, in the layout of `trainable`. */
  readonly moments: { readonly m: Float32Array<ArrayBuffer>; readonly v: Float32Array<ArrayBuffer> };
  /** Gradients of the sum of losses of the last step. */
  readonly gradients: FlatTensors;
  readonly trainableParameters: number;
  /** Updates so far; set it when moments are restored. */
  updates: number;
  /** One optimizer step. Throws UserError on a non-finite loss or gradient: then nothing was updated. */
  step(rows: readonly PackedRow[], learningRate: number, signal?: AbortSignal): Promise<StepOutcome>;
  close(): Promise<void>;
}

/** Reads one weight by Hugging Face name, row-major float32. */
export type ReadTensor = (name: string) => Promise<Float32Array<ArrayBuffer>>;

export async function createTrainer(
  config: ModelConfig,
  readTensor: ReadTensor,
  options: TrainerOptions,
): Promise<Trainer> {
  const { lora } = options;
  const base = parameterShapes(config);
  const trainable = flatTensors(lora ? loraShapes(config, lora) : base);
  const frozen = new Map<string, Float32Array>();
  for (const shape of base) {
    const values = await checkedTensor(readTensor, shape);
    if (lora) frozen.set(shape.name, values);
    else viewOf(trainable, shape.name).set(values);
  }
  if (lora) initialiseLora(trainable, options.seed);
  return assemble(config, options, trainable, frozen);
}

async function checkedTensor(readTensor: ReadTensor, { name, shape }: ParameterShape): Promise<Float32Array> {
  const values = await readTensor(name);
  if (values.length !== elementCount(shape))
    throw new UserError(
      `the tensor ${name} has ${values.length} elements, the configuration says ${shape.join(' x ')}`,
    );
  return values;
}

async function assemble(
  config: ModelConfig,
  options: TrainerOptions,
  trainable: FlatTensors,
  frozen: ReadonlyMap<string, Float32Array>,
): Promise<Trainer> {
  const { lora } = options;
  const threads = options.threads === undefined ? {} : { threads: options.threads };
  const profile = options.profile === undefined ? {} : { profile: options.profile };
  const gradients = flatTensors(trainable.shapes);
  const moments = { m: new Float32Array(trainable.all.length), v: new Float32Array(trainable.all.length) };
  const optimizer = await openOptimizer(options.optimizer, { p: trainable, ...moments }, threads);
  const constants = constantFeeds(config, trainable, frozen);
  const buffers = gradientBuffers(gradients);
  let sessions: { accumulate: boolean; session: RuntimeSession } | undefined;
  let rotary: { positions: number; feeds: Record<string, HostTensor> } | undefined;

  /** The graph that overwrites gradients serves single micro-batches; the one that adds to them serves several. */
  const sessionFor = async (accumulate: boolean): Promise<RuntimeSession> => {
    if (sessions && (sessions.accumulate || !accumulate)) return sessions.session;
    await sessions?.session.close();
    const graph = trainingGraph(config, { accumulate, ...(lora ? { lora } : {}) });
    const model = writeModel(graph, { fills: true });
    sessions = { accumulate, session: await openSession(model, { ...threads, ...profile }) };
    return sessions.session;
  };
  const rotaryFeeds = (positions: number) => {
    if (!rotary || rotary.positions < positions) {
      const { cos, sin } = rotaryTables(config, positions);
      const shape = [positions, config.headDim / 2];
      rotary = {
        positions,
        feeds: {
          [INPUTS.cos]: { dtype: 'f32', shape, data: cos },
          [INPUTS.sin]: { dtype: 'f32', shape, data: sin },
        },
      };
    }
    return rotary.feeds;
  };

  /** Room for the gradient of the embedded tokens, [batch, time, width]. */
  let scratch = new Float32Array(0);
  const embeddedFor = ({ batch, time }: MicroBatch) => {
    const size = batch * time * config.width;
    if (scratch.length < size) scratch = new Float32Array(size);
    return { dtype: 'f32', shape: [batch, time, config.width], data: scratch.subarray(0, size) } as const;
  };

  /** Runs one micro-batch; returns its sum of losses. */
  const runMicroBatch = async (
    part: MicroBatch,
    several: boolean,
    session: RuntimeSession,
  ): Promise<number> => {
    const adds = sessions?.accumulate === true;
    if (!several && adds) gradients.all.fill(0);
    const feeds = {
      ...part.feeds,
      ...constants,
      ...rotaryFeeds(part.time),
      ...(adds ? buffers.earlier : {}),
    };
    // Not a number until it is written.
    const loss = Float32Array.of(Number.NaN);
    const into = { ...buffers.outputs, [LOSS]: { dtype: 'f32', shape: [], data: loss } } as const;
    if (lora) await session.fill(feeds, into);
    else {
      const embedded = embeddedFor(part);
      await session.fill(feeds, { ...into, [EMBEDDED_GRADIENT]: embedded });
      const untied = !config.tiedHead && !adds;
      addRows(viewOf(gradients, EMBEDDING), embedded.data, part.ids, config.width, untied);
    }
    return loss[0] as number;
  };

  const trainer: Trainer = {
    trainable,
    gradients,
    moments,
    trainableParameters: trainable.shapes.reduce((sum, { shape }) => sum + elementCount(shape), 0),
    updates: 0,
    step: async (rows, learningRate, signal) => {
      const total = rows.reduce((sum, row) => sum + supervisedTokens(row), 0);
      if (total === 0)
        throw new UserError('a training step has no supervised token', {
          remedy: 'Check the roles in the data: only assistant turns and completions are supervised.',
        });
      const time = Math.max(...rows.map(rowLength));
      const size = options.microBatch ?? rowsPerMicroBatch(config, lora, time, options.memory);
      const parts = splitRows(rows, size).filter((group) => group.some((row) => supervisedTokens(row) > 0));
      const several = parts.length > 1;
      const session = await sessionFor(several);
      if (several) gradients.all.fill(0);
      let lossSum = 0;
      for (const part of parts) {
        if (signal?.aborted) throw new Interrupted();
        lossSum += await runMicroBatch(microBatch(part), several, session);
      }
      const loss = lossSum / total;
      if (!Number.isFinite(loss)) throw nonFinite('the loss', trainer.updates);
      const gradientNorm = (await optimizer.norm(gradients.all)) / total;
      if (!Number.isFinite(gradientNorm))
        throw nonFinite(
          `the gradient of ${firstNonFinite(gradients) ?? 'all tensors together'}`,
          trainer.updates,
        );
      const clip = Math.min(1, options.optimizer.clip / (gradientNorm + 1e-6));
      trainer.updates++;
      await optimizer.update({ gradients, learningRate, scale: clip / total, update: trainer.updates });
      return {
        loss,
        gradientNorm,
        supervisedTokens: total,
        tokens: rows.reduce((n, row) => n + rowLength(row), 0),
      };
    },
    close: async () => {
      await sessions?.session.close();
      await optimizer.close();
    },
  };
  return trainer;
}

function nonFinite(what: string, updates: number): UserError {
  return new UserError(`${what} is not finite after ${updates} updates; nothing was changed by this step`, {
    remedy:
      'Lower the learning rate (--lr), add warm-up, or check the data for broken rows; then start again.',
  });
}

/** The name of the first tensor with a NaN or an infinity. */
export function firstNonFinite(tensors: FlatTensors): string | undefined {
  for (const [name, view] of tensors.views) if (!view.every(Number.isFinite)) return name;
  return undefined;
}

/** Weights by name, as feeds that refer to the arrays in place. */
function constantFeeds(
  config: ModelConfig,
  trainable: FlatTensors,
  frozen: ReadonlyMap<string, Float32Array>,
): Record<string, HostTensor> {
  const feeds: Record<string, HostTensor> = {};
  for (const { name, shape } of parameterShapes(config)) {
    const data = frozen.get(name) ?? viewOf(trainable, name);
    feeds[name] = { dtype: 'f32', shape, data };
  }
  for (const { name, shape } of trainable.shapes)
    feeds[name] = { dtype: 'f32', shape, data: viewOf(trainable, name) };
  return feeds;
}

/** The gradient arrays as outputs, and as inputs for adding up. The untied embedding's comes from the caller. */
function gradientBuffers(gradients: FlatTensors) {
  const outputs: Record<string, HostTensor> = {};
  const earlier: Record<string, HostTensor> = {};
  for (const { name, shape } of gradients.shapes) {
    const tensor: HostTensor = { dtype: 'f32', shape, data: viewOf(gradients, name) };
    outputs[gradientOf(name)] = tensor;
    earlier[earlierOf(name)] = tensor;
  }
  return { outputs, earlier };
}

/**
 * Adds the gradient of each embedded token to its row. Here and not in the graph: onnxruntime's ScatterND adds
 * repeated rows in no fixed order and its ScatterElements takes 20 ns an element.
 */
function addRows(
  table: Float32Array,
  embedded: Float32Array,
  ids: Int32Array,
  width: number,
  overwrite: boolean,
): void {
  if (overwrite) table.fill(0);
  for (let token = 0; token < ids.length; token++) {
    const row = (ids[token] as number) * width;
    const from = token * width;
    for (let i = 0; i < width; i++) (table[row + i] as number) += embedded[from + i] as number;
  }
}
