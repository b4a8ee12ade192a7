/**
 * Writes a graph as an ONNX ModelProto. Field numbers are those of onnx.proto (github.com/onnx/onnx, IR version 10);
 * the wire format comes from `@bufbuild/protobuf`.
 */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { NOTHING } from '../../../platform/onnxruntime.ts';
import { UNKNOWN } from './dim.ts';
import {
  type Attribute,
  type AttributeKind,
  DTYPES,
  type Graph,
  type Initializer,
  type Node,
  type Value,
} from './types.ts';
import { verifyGraph } from './verify.ts';

const MODEL = { irVersion: 1, producer: 2, graph: 7, opset: 8 } as const;
const OPSET = { domain: 1, version: 2 } as const;
const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12 } as const;
const NODE = { input: 1, output: 2, name: 3, opType: 4, attribute: 5, domain: 7 } as const;
const ATTRIBUTE = { name: 1, f: 2, i: 3, s: 4, g: 6, floats: 7, ints: 8, type: 20 } as const;
const ATTRIBUTE_TYPE = {
  float: 1,
  int: 2,
  string: 3,
  graph: 5,
  floats: 6,
  ints: 7,
} as const satisfies Record<AttributeKind, number>;
const TENSOR = { dims: 1, dataType: 2, name: 8, rawData: 9, externalData: 13, dataLocation: 14 } as const;
const ENTRY = { key: 1, value: 2 } as const;
const VALUE_INFO = { name: 1, type: 2 } as const;
const TYPE = { tensor: 1, sequence: 4 } as const;
const SEQUENCE_TYPE = { elemType: 1 } as const;
const TENSOR_TYPE = { elemType: 1, shape: 2 } as const;
const DIM = { value: 1, param: 2 } as const;

const IR_VERSION = 10;
const OPSETS = { '': 24, 'com.microsoft': 1 } as const;
const EXTERNAL = 1;

type Write = (writer: BinaryWriter) => void;
const message = (w: BinaryWriter, field: number, write: Write) => {
  w.tag(field, WireType.LengthDelimited).fork();
  write(w);
  w.join();
};
const text = (w: BinaryWriter, field: number, value: string) =>
  w.tag(field, WireType.LengthDelimited).string(value);
const int = (w: BinaryWriter, field: number, value: number) => w.tag(field, WireType.Varint).int64(value);

/** Names in the file: graph outputs give their names to the values behind them. */
type Names = ReadonlyMap<Value, string>;
const nameOf = (names: Names, value: Value) => names.get(value) ?? value.name;

export interface WriteOptions {
  /** For `RuntimeSession.fill`: the outputs are written into the caller's arrays and not handed back. */
  readonly fills?: boolean;
}

/** The bytes of a ModelProto. Verifies the graph first and throws on any fault. */
export function writeModel(graph: Graph, { fills = false }: WriteOptions = {}): Uint8Array<ArrayBuffer> {
  verifyGraph(graph);
  const w = new BinaryWriter();
  int(w, MODEL.irVersion, IR_VERSION);
  text(w, MODEL.producer, 'carryover');
  message(w, MODEL.graph, (inner) => {
    if (fills) writeNothing(inner);
    writeGraph(inner, graph, new Map());
  });
  for (const [domain, version] of Object.entries(OPSETS))
    message(w, MODEL.opset, (inner) => {
      text(inner, OPSET.domain, domain);
      int(inner, OPSET.version, version);
    });
  return w.finish();
}

function writeGraph(w: BinaryWriter, graph: Graph, outer: Names): void {
  const names = new Map(outer);
  const made = new Set(graph.nodes.flatMap((node) => node.outputs));
  // An output that no node of this graph makes, or that is returned twice, needs a node of its own.
  const copies: { readonly name: string; readonly value: Value }[] = [];
  for (const { name, value } of graph.outputs) {
    if (made.has(value) && !names.has(value)) names.set(value, name);
    else copies.push({ name, value });
  }
  for (const node of graph.nodes) message(w, GRAPH.node, (inner) => writeNode(inner, node, names));
  for (const { name, value } of copies)
    message(w, GRAPH.node, (inner) => {
      text(inner, NODE.input, nameOf(names, value));
      text(inner, NODE.output, name);
      text(inner, NODE.opType, 'Identity');
    });
  text(w, GRAPH.name, graph.name);
  for (const initializer of graph.initializers)
    message(w, GRAPH.initializer, (inner) => writeTensor(inner, initializer));
  for (const value of graph.inputs) message(w, GRAPH.input, (inner) => writeInfo(inner, value.name, value));
  for (const { name, value } of graph.outputs)
    message(w, GRAPH.output, (inner) => writeInfo(inner, name, value));
}

/** An empty sequence as the first output: see NOTHING. */
function writeNothing(w: BinaryWriter): void {
  message(w, GRAPH.node, (inner) => {
    text(inner, NODE.output, NOTHING);
    text(inner, NODE.opType, 'SequenceEmpty');
  });
  message(w, GRAPH.output, (inner) => {
    text(inner, VALUE_INFO.name, NOTHING);
    message(inner, VALUE_INFO.type, (type) =>
      message(type, TYPE.sequence, (sequence) =>
        message(sequence, SEQUENCE_TYPE.elemType, (element) =>
          message(element, TYPE.tensor, (tensor) => {
            tensor.tag(TENSOR_TYPE.elemType, WireType.Varint).int32(DTYPES.f32);
          }),
        ),
      ),
    );
  });
}

function writeNode(w: BinaryWriter, node: Node, names: Names): void {
  for (const value of node.inputs) text(w, NODE.input, value ? nameOf(names, value) : '');
  for (const value of node.outputs) text(w, NODE.output, value ? nameOf(names, value) : '');
  const first = node.outputs.find((value) => value !== null);
  if (first) text(w, NODE.name, `${node.op.onnx}${first.name}`);
  text(w, NODE.opType, node.op.onnx);
  for (const [name, value] of Object.entries(node.attributes)) {
    const kind = node.op.attributes[name];
    if (!kind) throw new Error(`${node.op.onnx} has no attribute ${name}`);
    message(w, NODE.attribute, (inner) => writeAttribute(inner, name, kind, value, names));
  }
  text(w, NODE.domain, node.op.domain);
}

function writeAttribute(
  w: BinaryWriter,
  name: string,
  kind: AttributeKind,
  value: Attribute,
  names: Names,
): void {
  text(w, ATTRIBUTE.name, name);
  if (kind === 'int') int(w, ATTRIBUTE.i, value as number);
  else if (kind === 'float') w.tag(ATTRIBUTE.f, WireType.Bit32).float(value as number);
  else if (kind === 'string') text(w, ATTRIBUTE.s, value as string);
  else if (kind === 'ints') for (const item of value as readonly number[]) int(w, ATTRIBUTE.ints, item);
  else if (kind === 'floats')
    for (const item of value as readonly number[]) w.tag(ATTRIBUTE.floats, WireType.Bit32).float(item);
  else message(w, ATTRIBUTE.g, (inner) => writeGraph(inner, value as Graph, names));
  w.tag(ATTRIBUTE.type, WireType.Varint).int32(ATTRIBUTE_TYPE[kind]);
}

function writeTensor(w: BinaryWriter, { value, data }: Initializer): void {
  for (const dim of value.shape) {
    if (typeof dim !== 'number') throw new Error(`initializer ${value.name} has the size ${dim}`);
    int(w, TENSOR.dims, dim);
  }
  w.tag(TENSOR.dataType, WireType.Varint).int32(DTYPES[value.dtype]);
  text(w, TENSOR.name, value.name);
  if (ArrayBuffer.isView(data)) {
    // Little-endian, as every platform that onnxruntime-node runs on.
    const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
    w.tag(TENSOR.rawData, WireType.LengthDelimited).bytes(bytes);
    return;
  }
  for (const [key, entry] of Object.entries(data))
    message(w, TENSOR.externalData, (inner) => {
      text(inner, ENTRY.key, key);
      text(inner, ENTRY.value, String(entry));
    });
  w.tag(TENSOR.dataLocation, WireType.Varint).int32(EXTERNAL);
}

function writeInfo(w: BinaryWriter, name: string, value: Value): void {
  text(w, VALUE_INFO.name, name);
  message(w, VALUE_INFO.type, (type) =>
    message(type, TYPE.tensor, (tensor) => {
      tensor.tag(TENSOR_TYPE.elemType, WireType.Varint).int32(DTYPES[value.dtype]);
      message(tensor, TENSOR_TYPE.shape, (shape) => {
        for (const dim of value.shape)
          message(shape, 1, (inner) => {
            if (typeof dim === 'number') int(inner, DIM.value, dim);
            else if (dim !== UNKNOWN) text(inner, DIM.param, dim);
          });
      });
    }),
  );
}
