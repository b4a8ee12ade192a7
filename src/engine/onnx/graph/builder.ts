/** Builds graphs node by node; every shape is inferred by the operator's own rule the moment a node is added. */
import { type Shape, shapesAgree } from './dim.ts';
import type {
  Attributes,
  Composite,
  DType,
  Emitter,
  Graph,
  Initializer,
  Node,
  OpTable,
  TapeEntry,
  TensorType,
  Value,
} from './types.ts';

/** Constants up to this many elements keep their numbers in the value, for shape rules. */
const SMALL = 64;

const ARRAYS = {
  f32: Float32Array,
  f64: Float64Array,
  i32: Int32Array,
  u8: Uint8Array,
  i8: Int8Array,
  u16: Uint16Array,
  i16: Int16Array,
  u32: Uint32Array,
  bool: Uint8Array,
} as const;

function toArray(dtype: DType, values: readonly number[]): ArrayBufferView {
  if (dtype === 'i64') return BigInt64Array.from(values, BigInt);
  if (dtype === 'u64') return BigUint64Array.from(values, BigInt);
  if (dtype === 'f16' || dtype === 'bf16')
    throw new Error(`constants of ${dtype} need their bytes: use initializer`);
  return ARRAYS[dtype].from(values);
}

export class GraphBuilder<Name extends string = string> implements Emitter {
  readonly #ops: OpTable;
  readonly #name: string;
  /** Shared with sub-graphs, so that a name is unique in all scopes. */
  readonly #counter: { next: number };
  readonly #inputs: Value[] = [];
  readonly #initializers: Initializer[] = [];
  readonly #constants = new Map<string, Value>();
  readonly #nodes: Node[] = [];
  readonly #outputs: { name: string; value: Value }[] = [];
  readonly #tape: TapeEntry[] = [];
  #insideComposite = 0;

  constructor(ops: OpTable<Name>, name: string, counter: { next: number } = { next: 0 }) {
    this.#ops = ops;
    this.#name = name;
    this.#counter = counter;
  }

  #fresh(): string {
    return `%${this.#counter.next++}`;
  }

  input(name: string, dtype: DType, shape: Shape): Value {
    const value: Value = { name, dtype, shape };
    this.#inputs.push(value);
    return value;
  }

  /** A named tensor that belongs to the graph. `data`: bytes in row-major order, or a place in a file. */
  initializer(name: string, dtype: DType, shape: Shape, data: Initializer['data']): Value {
    const value: Value = { name, dtype, shape };
    this.#initializers.push({ value, data });
    return value;
  }

  /** A constant given by its numbers. Equal constants of one graph are one value. */
  constant(dtype: DType, shape: readonly number[], values: readonly number[]): Value {
    const small = values.length <= SMALL;
    const key = small ? `${dtype}[${shape}]${values}` : '';
    const known = small ? this.#constants.get(key) : undefined;
    if (known) return known;
    const value: Value = { name: this.#fresh(), dtype, shape, ...(small ? { constant: values } : {}) };
    this.#initializers.push({ value, data: toArray(dtype, values) });
    if (small) this.#constants.set(key, value);
    return value;
  }

  scalar(value: number, dtype: DType = 'f32'): Value {
    return this.constant(dtype, [], [value]);
  }

  ints(values: readonly number[]): Value {
    return this.constant('i64', [values.length], values);
  }

  op(name: Name, inputs: readonly (Value | null)[], attributes: Attributes = {}): Value {
    const [first] = this.ops(name, inputs, attributes, [true]);
    return first as Value;
  }

  /**
   * All outputs of a new node. `want`: which outputs (default: all that the operator has). `shapes`: what the caller
   * knows better than the rule, such as sizes that only data decides; contradictions throw.
   */
  ops(
    name: Name,
    inputs: readonly (Value | null)[],
    attributes: Attributes = {},
    want?: readonly boolean[],
    shapes?: readonly (Shape | undefined)[],
  ): (Value | null)[] {
    const op = this.#ops[name];
    if (!op) throw new Error(`no operator ${name} in the table`);
    if (inputs.length < op.arity[0] || inputs.length > op.arity[1])
      throw new Error(`${name} takes ${op.arity.join(' to ')} inputs, not ${inputs.length}`);
    for (const key of Object.keys(attributes))
      if (!(key in op.attributes)) throw new Error(`${name} has no attribute ${key}`);
    const types = this.#infer(name, () => op.shape(inputs, attributes), inputs);
    const outputs = types
      .slice(0, want?.length ?? types.length)
      .map((type, index) => (want && !want[index] ? null : this.#newValue(name, type, shapes?.[index])));
    this.#nodes.push({ op, inputs, outputs, attributes });
    if (this.#insideComposite === 0)
      this.#tape.push({ name, ins: inputs, outs: outputs, attributes, vjp: op.vjp });
    return outputs;
  }

  #infer(
    name: string,
    rule: () => readonly TensorType[],
    inputs: readonly (Value | null)[],
  ): readonly TensorType[] {
    try {
      return rule();
    } catch (error) {
      const types = inputs.map((value) => (value ? `${value.dtype}[${value.shape}]` : '-')).join(' ');
      throw new Error(`${name} ${types}: ${error instanceof Error ? error.message : error}`);
    }
  }

  #newValue(name: string, type: TensorType, known: Shape | undefined): Value {
    if (known && !shapesAgree(known, type.shape))
      throw new Error(`${name}: the caller says [${known}], the rule says [${type.shape}]`);
    return { name: this.#fresh(), dtype: type.dtype, shape: known ?? type.shape };
  }

  /** Emits a composite: its nodes go into the graph, its own gradient rule onto the tape. */
  composite(
    def: Composite,
    inputs: readonly (Value | null)[],
    attributes: Attributes = {},
  ): readonly Value[] {
    this.#insideComposite++;
    const { outs, saved } = def.forward(this as Emitter, inputs, attributes);
    this.#insideComposite--;
    if (this.#insideComposite === 0)
      this.#tape.push({
        name: def.name,
        ins: inputs,
        outs,
        attributes,
        vjp: (context) => def.vjp({ ...context, saved }),
      });
    return outs;
  }

  output(name: string, value: Value): void {
    this.#outputs.push({ name, value });
  }

  /** A builder for the body of Loop or If. The body may use values of this graph; names stay unique. */
  subgraph(name: string): GraphBuilder<Name> {
    return new GraphBuilder<Name>(this.#ops as OpTable<Name>, name, this.#counter);
  }

  /** What has been computed so far, for reverse mode. */
  get tape(): readonly TapeEntry[] {
    return [...this.#tape];
  }

  build(): Graph {
    return {
      name: this.#name,
      inputs: [...this.#inputs],
      initializers: [...this.#initializers],
      nodes: [...this.#nodes],
      outputs: [...this.#outputs],
    };
  }
}
