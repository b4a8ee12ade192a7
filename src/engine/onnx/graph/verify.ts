/** Checks that a graph means something: run after every pass in tests, and before every graph is written. */
import { shapesAgree } from './dim.ts';
import { printType } from './print.ts';
import type { Graph, Node, Value } from './types.ts';

/** Throws on the first fault: a repeated name, a value used before it is made, arity, dtype or shape. */
export function verifyGraph(graph: Graph): void {
  verifyScope(graph, new Set(), new Set());
}

function verifyScope(graph: Graph, outer: ReadonlySet<Value>, names: Set<string>): void {
  const fail = (what: string): never => {
    throw new Error(`graph ${graph.name}: ${what}`);
  };
  const known = new Set(outer);
  const define = (value: Value) => {
    if (names.has(value.name)) fail(`the name ${value.name} is used twice`);
    names.add(value.name);
    known.add(value);
  };
  for (const value of graph.inputs) define(value);
  for (const { value } of graph.initializers) define(value);
  for (const node of graph.nodes) {
    const at = `${node.outputs[0]?.name ?? '-'} = ${node.op.onnx}`;
    const [least, most] = node.op.arity;
    if (node.inputs.length < least || node.inputs.length > most)
      fail(`${at} has ${node.inputs.length} inputs, not ${least} to ${most}`);
    for (const input of node.inputs)
      if (input && !known.has(input)) fail(`${at} uses ${input.name} before it is made`);
    for (const [key, value] of Object.entries(node.attributes)) {
      const kind = node.op.attributes[key];
      if (!kind) fail(`${at} has no attribute ${key}`);
      if (kind === 'graph') verifyScope(value as Graph, known, names);
    }
    verifyTypes(node, at, fail);
    for (const output of node.outputs) if (output) define(output);
  }
  const outputs = new Set<string>();
  for (const { name, value } of graph.outputs) {
    if (!known.has(value)) fail(`output ${name} is ${value.name}, which is never made`);
    if (outputs.has(name)) fail(`two outputs are named ${name}`);
    outputs.add(name);
  }
}

function verifyTypes(node: Node, at: string, fail: (what: string) => never): void {
  const types = node.op.shape(node.inputs, node.attributes);
  if (node.outputs.length > types.length)
    fail(`${at} has ${node.outputs.length} outputs, not ${types.length}`);
  node.outputs.forEach((output, index) => {
    const type = types[index];
    if (!output || !type) return;
    if (output.dtype !== type.dtype || !shapesAgree(output.shape, type.shape))
      fail(`${at}: ${output.name} is ${printType(output)}, the rule says ${printType(type)}`);
  });
}
