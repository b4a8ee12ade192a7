/** An open model as one function: a forward pass over new tokens, given a cache. Knows nothing of texts. */
import type { Checkpoint, ModelConfig } from '../../../checkpoint/checkpoint.ts';
import { type HostTensor, openSession, type RuntimeSession } from '../../../platform/onnxruntime.ts';
import { writeModel } from '../graph/onnx-writer.ts';
import { inferenceGraph, updatedName } from './inference-graph.ts';
import type { KvCache } from './kv-cache.ts';
import { sessionConfig } from './small-models.ts';

/** New tokens of some rows of a cache. Rows shorter than `time` are padded at their end with any token. */
export interface Pass {
  readonly cache: KvCache;
  /** The rows `from` (inclusive) to `to` (exclusive) of the cache. */
  readonly from: number;
  readonly to: number;
  readonly time: number;
  /** [rows, time], both. */
  readonly tokens: BigInt64Array;
  readonly positions: BigInt64Array;
  /** The first slot that each row fills; `write + time` must not exceed the cache's slots. */
  readonly write: readonly number[];
  /** [rows, time, slots]: 0 where a token may look, -Infinity where not. Every token must see at least one slot. */
  readonly mask: Float32Array;
  /** Places in [rows, time], flattened, whose next token is wanted. */
  readonly heads: readonly number[];
  /** Log-probabilities wanted: place in `heads` and token. */
  readonly targets?: readonly { readonly head: number; readonly token: number }[];
  readonly logits?: boolean;
}

export interface PassResult {
  /** The most likely token at each head. */
  readonly best: readonly number[];
  /** Places in `heads` where some logit is not finite. */
  readonly broken: readonly number[];
  /** Of each target, in nats. */
  readonly logprobs: Float32Array;
  /** [heads, vocabulary] when asked for, else empty. */
  readonly logits: Float32Array;
}

export interface Decoder {
  readonly config: ModelConfig;
  run(pass: Pass): Promise<PassResult>;
  close(): Promise<void>;
}

/** Tensors up to this many elements are written into the graph itself. */
const INLINE = 4096;

/**
 * Compiles the graph with all weights in float32. A function of its own, so that the arrays read from the checkpoint
 * are garbage as soon as it returns: onnxruntime has its own copy by then.
 */
async function compile(checkpoint: Checkpoint): Promise<RuntimeSession> {
  const arrays = new Map<string, Float32Array<ArrayBuffer>>();
  for (const name of checkpoint.tensors.keys()) arrays.set(name, await checkpoint.readTensor(name));
  const external: { path: string; data: Uint8Array }[] = [];
  const graph = inferenceGraph(checkpoint.config, (name) => {
    const data = arrays.get(name);
    const shape = checkpoint.tensors.get(name)?.shape;
    if (!data || !shape) throw new Error(`${checkpoint.name} has no tensor ${name}`);
    if (data.length <= INLINE) return { shape, data };
    external.push({ path: name, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) });
    return { shape, data: { location: name, offset: 0, length: data.byteLength } };
  });
  return openSession(writeModel(graph, { fills: true }), {
    externalData: external,
    config: sessionConfig(checkpoint.parameters),
  });
}

/** Opens a model. Takes about the size of its float32 weights in memory, twice that for a moment. */
export async function openDecoder(checkpoint: Checkpoint): Promise<Decoder> {
  const { config } = checkpoint;
  const session = await compile(checkpoint);
  return {
    config,
    run: async (pass) => {
      const heads = pass.heads.length;
      const best = new BigInt64Array(heads);
      // Not a number until it is written: an answer that never came counts as broken.
      const sums = new Float32Array(heads).fill(Number.NaN);
      const logprobs = new Float32Array(pass.targets?.length ?? 0);
      const logits = new Float32Array(pass.logits ? heads * config.vocabulary : 0);
      const cache = pass.cache.tensors(pass.from, pass.to);
      const into: Record<string, HostTensor> = {};
      for (const [name, tensor] of Object.entries(cache)) into[updatedName(name)] = tensor;
      if (heads > 0) {
        into['best'] = { dtype: 'i64', shape: [heads], data: best };
        into['sum'] = { dtype: 'f32', shape: [heads], data: sums };
      }
      if (logprobs.length > 0) into['logprobs'] = { dtype: 'f32', shape: [logprobs.length], data: logprobs };
      if (logits.length > 0)
        into['logits'] = { dtype: 'f32', shape: [heads, config.vocabulary], data: logits };
      await session.fill({ ...cache, ...tensorsOf(pass) }, into);
      return {
        best: Array.from(best, Number),
        broken: [...sums.keys()].filter((head) => !Number.isFinite(sums[head])),
        logprobs,
        logits,
      };
    },
    close: () => session.close(),
  };
}

/** The feeds of a pass but the cache. */
function tensorsOf(pass: Pass): Record<string, HostTensor> {
  const { cache, time } = pass;
  const rows = pass.to - pass.from;
  const targets = pass.targets ?? [];
  const list = (values: readonly number[], shape: readonly number[]): HostTensor => ({
    dtype: 'i64',
    shape,
    data: BigInt64Array.from(values, BigInt),
  });
  // Without targets no row goes through the softmax over the vocabulary.
  const scored = targets.length > 0 ? [...pass.heads.keys()] : [];
  return {
    tokens: { dtype: 'i64', shape: [rows, time], data: pass.tokens },
    positions: { dtype: 'i64', shape: [rows, time], data: pass.positions },
    write: list(pass.write, [rows]),
    mask: { dtype: 'f32', shape: [rows, 1, time, cache.slots], data: pass.mask },
    heads: list(pass.heads, [pass.heads.length]),
    scored: list(scored, [scored.length]),
    targets: list(
      targets.flatMap(({ head, token }) => [head, token]),
      [targets.length, 2],
    ),
  };
}
