/**
 * The intermediate form of a computation: plain frozen data, close to ONNX. A graph is a list of nodes in the order
 * in which they may be computed; values are told apart by object identity and by name.
 */
import type { Shape } from './dim.ts';

/** Element types with ONNX's numbers (TensorProto.DataType). */
export const DTYPES = {
  f32: 1,
  u8: 2,
  i8: 3,
  u16: 4,
  i16: 5,
  i32: 6,
  i64: 7,
  bool: 9,
  f16: 10,
  f64: 11,
  u32: 12,
  u64: 13,
  bf16: 16,
} as const;
export type DType = keyof typeof DTYPES;

export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

export interface Value extends TensorType {
  readonly name: string;
  /** The numbers of a small constant: shape rules such as Reshape's depend on them. */
  readonly constant?: readonly number[];
}

export type Attribute = number | string | readonly number[] | Graph;
export type Attributes = Readonly<Record<string, Attribute>>;
export type AttributeKind = 'int' | 'float' | 'ints' | 'floats' | 'string' | 'graph';

export interface Node {
  readonly op: OpDef;
  /** `null`: an optional input that is left out. */
  readonly inputs: readonly (Value | null)[];
  /** `null`: an optional output that nobody wants. */
  readonly outputs: readonly (Value | null)[];
  readonly attributes: Attributes;
}

/** Numbers that belong to the graph, inline or in a file beside it (offset and length in bytes). */
export interface Initializer {
  readonly value: Value;
  readonly data:
    | ArrayBufferView
    | { readonly location: string; readonly offset: number; readonly length: number };
}

export interface Graph {
  readonly name: string;
  readonly inputs: readonly Value[];
  readonly initializers: readonly Initializer[];
  readonly nodes: readonly Node[];
  readonly outputs: readonly { readonly name: string; readonly value: Value }[];
}

/** What a rule may use to build further nodes. Implemented by GraphBuilder. */
export interface Emitter {
  /** The first output of a new node. */
  op(name: string, inputs: readonly (Value | null)[], attributes?: Attributes): Value;
  /** All outputs of a new node. `want[i] === false` leaves output i out; `shapes` are sizes the caller knows. */
  ops(
    name: string,
    inputs: readonly (Value | null)[],
    attributes?: Attributes,
    want?: readonly boolean[],
    shapes?: readonly (Shape | undefined)[],
  ): (Value | null)[];
  /** A scalar constant. */
  scalar(value: number, dtype?: DType): Value;
  /** A constant list of int64, such as a shape. */
  ints(values: readonly number[]): Value;
}

export interface VjpContext {
  readonly b: Emitter;
  /** Gradients with respect to the outputs; `null` where nothing depends on an output. */
  readonly g: readonly (Value | null)[];
  readonly ins: readonly (Value | null)[];
  readonly outs: readonly (Value | null)[];
  readonly attributes: Attributes;
  /** Which inputs need a gradient: rules must not compute the others. */
  readonly needs: readonly boolean[];
}

/**
 * One gradient per input, `null` where there is none. A gradient may still have the broadcast shape: reverse mode
 * sums it back in one place.
 */
export type Vjp = (context: VjpContext) => readonly (Value | null)[];

/** All there is to know of an operator. */
export interface OpDef {
  /** ONNX operator type. */
  readonly onnx: string;
  /** `''` is ai.onnx. */
  readonly domain: '' | 'com.microsoft';
  /** Fewest and most inputs. */
  readonly arity: readonly [number, number];
  readonly attributes: Readonly<Record<string, AttributeKind>>;
  /** Types of all outputs. Throws when the inputs do not fit. */
  readonly shape: (ins: readonly (Value | null)[], attributes: Attributes) => readonly TensorType[];
  /** `zero`: piecewise constant, so gradients stop here. `none`: used for inference only; differentiating is an error. */
  readonly vjp: Vjp | 'zero' | 'none';
}
export type OpTable<Name extends string = string> = Readonly<Record<Name, OpDef>>;

/**
 * A function of several nodes with a gradient rule of its own, where the rule of the whole is cheaper or more exact
 * than the rules of its parts. `forward` emits ordinary nodes; what backward shall reuse is returned as `saved`.
 */
export interface Composite {
  readonly name: string;
  readonly forward: (
    b: Emitter,
    ins: readonly (Value | null)[],
    attributes: Attributes,
  ) => { readonly outs: readonly Value[]; readonly saved: readonly Value[] };
  readonly vjp: (context: VjpContext & { readonly saved: readonly Value[] }) => readonly (Value | null)[];
}

/** One differentiable step, in order of computation: a node, or a composite in place of its nodes. */
export interface TapeEntry {
  readonly name: string;
  readonly ins: readonly (Value | null)[];
  readonly outs: readonly (Value | null)[];
  readonly attributes: Attributes;
  readonly vjp: Vjp | 'zero' | 'none';
}
