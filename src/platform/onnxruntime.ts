/** onnxruntime-node behind a narrow door: sessions from bytes or a file, tensors in and out. */
import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import { cores } from './machine.ts';

/** Element types as the graphs call them; `bool` is one byte an element. */
export type TensorDType = 'f32' | 'f64' | 'i64' | 'i32' | 'i8' | 'u8' | 'bool' | 'f16';

export type TensorArray =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | Int32Array
  | Int8Array
  | Uint8Array
  | Uint16Array;

/** Row-major numbers. f16 is held as its bits (Uint16Array). */
export interface HostTensor {
  readonly dtype: TensorDType;
  readonly shape: readonly number[];
  readonly data: TensorArray;
}

export interface SessionOptions {
  /** Threads inside an operator; the machine's cores by default. */
  readonly threads?: number;
  /** Plan memory by the shapes of earlier runs; off by default because our shapes vary. */
  readonly memoryPattern?: boolean;
  /** Keep freed memory for the next run (default). Off: give it back to the system at once, slower. */
  readonly arena?: boolean;
  /** Contents of files that initialisers refer to, by their location. */
  readonly externalData?: readonly { readonly path: string; readonly data: Uint8Array }[];
  /** onnxruntime session configuration entries, such as `session.disable_prepacking`. */
  readonly config?: Readonly<Record<string, string>>;
  /** Write a Chrome trace of all operators to files that begin with this path. */
  readonly profile?: string;
  readonly optimize?: 'all' | 'disabled';
}

export interface RuntimeSession {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Computes the outputs (all, or those `wanted`). Runs on the calling thread: the event loop stands still meanwhile. */
  run(
    feeds: Readonly<Record<string, HostTensor>>,
    wanted?: readonly string[],
  ): Promise<Record<string, HostTensor>>;
  /**
   * Computes the outputs named in `into` straight into those arrays, whose shapes must be the outputs'. An output may
   * lie on an input when the last operator allows it (element-wise, TensorScatter). The model must have been written
   * for it (`writeModel(graph, { fills: true })`).
   */
  fill(
    feeds: Readonly<Record<string, HostTensor>>,
    into: Readonly<Record<string, HostTensor>>,
  ): Promise<void>;
  close(): Promise<void>;
}

/**
 * The output that ends a run before anything is handed back. The binding of onnxruntime-node 1.30 copies every
 * output into a fresh array, also one that it has just written into the caller's (js/node/src/tensor_helper.cc,
 * OrtValueToNapiValue), which costs more than many graphs themselves. It goes through the outputs in the order of the
 * model and refuses a sequence, with all outputs computed by then; so a sequence comes first. A binding that can hand
 * back sequences or does not copy changes nothing here but speed.
 */
export const NOTHING = 'nothing';
const REFUSAL = 'Non tensor type is temporarily not supported.';

const ORT_NAMES = {
  f32: 'float32',
  f64: 'float64',
  i64: 'int64',
  i32: 'int32',
  i8: 'int8',
  u8: 'uint8',
  bool: 'bool',
  f16: 'float16',
} as const;
const OUR_NAMES = new Map(
  Object.entries(ORT_NAMES).map(([ours, theirs]) => [theirs as string, ours as TensorDType]),
);

function toRuntime(tensor: HostTensor): Tensor {
  // The constructor's overloads pair each name with its array; our type says the same in one union.
  return new Tensor(ORT_NAMES[tensor.dtype] as 'float32', tensor.data as Float32Array, [...tensor.shape]);
}

function toTensors(tensors: Readonly<Record<string, HostTensor>>): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, toRuntime(tensor)]));
}

function fromRuntime(name: string, tensor: Tensor): HostTensor {
  const dtype = OUR_NAMES.get(tensor.type);
  if (!dtype) throw new Error(`output ${name} has the unsupported type ${tensor.type}`);
  return { dtype, shape: tensor.dims, data: tensor.data as TensorArray };
}

/** Opens a model given as bytes or as the path of a file. */
export async function openSession(
  model: Uint8Array | string,
  options: SessionOptions = {},
): Promise<RuntimeSession> {
  env.logLevel = 'error';
  // Not `options` itself: what the session below keeps alive must not include the external data.
  const { profile } = options;
  const settings: Record<string, unknown> = {
    executionProviders: ['cpu'],
    intraOpNumThreads: options.threads ?? cores(),
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: options.optimize ?? 'all',
    enableMemPattern: options.memoryPattern ?? false,
    enableCpuMemArena: options.arena ?? true,
    logSeverityLevel: 3,
    ...(options.externalData ? { externalData: options.externalData } : {}),
    ...(options.profile ? { enableProfiling: true, profileFilePrefix: options.profile } : {}),
    // Threads that spin after a run would hold the cores that the next session needs.
    extra: nested({ 'session.force_spinning_stop': '1', ...options.config }),
  };
  const session = await (typeof model === 'string'
    ? InferenceSession.create(model, settings)
    : InferenceSession.create(model, settings));
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    run: async (feeds, wanted) => {
      const tensors = toTensors(feeds);
      const results = await (wanted ? session.run(tensors, [...wanted]) : session.run(tensors));
      const out: Record<string, HostTensor> = {};
      for (const [name, tensor] of Object.entries(results)) out[name] = fromRuntime(name, tensor as Tensor);
      return out;
    },
    fill: async (feeds, into) => {
      if (session.outputNames[0] !== NOTHING) throw new Error('the model was not written for `fill`');
      try {
        await session.run(toTensors(feeds), { [NOTHING]: null, ...toTensors(into) });
      } catch (error) {
        if (!(error instanceof Error) || error.message !== REFUSAL) throw error;
      }
    },
    close: async () => {
      if (profile !== undefined) session.endProfiling();
      await session.release();
    },
  };
}

/** `{'session.x': 'y'}` as the nested objects that the binding flattens again. */
function nested(config: Readonly<Record<string, string>>): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(config)) {
    const parts = key.split('.');
    let at = root;
    for (const part of parts.slice(0, -1)) {
      const next = (at[part] as Record<string, unknown> | undefined) ?? {};
      at[part] = next;
      at = next;
    }
    at[parts[parts.length - 1] as string] = value;
  }
  return root;
}
