/** A graph as text, one line a node: `%3:f32[2,8] = MatMul %1 %2 {alpha=0.5}`. Bodies of Loop and If are indented. */
import type { Attribute, Graph, Value } from './types.ts';

/** `f32[batch,8]` */
export function printType(value: Pick<Value, 'dtype' | 'shape'>): string {
  return `${value.dtype}[${value.shape.join(',')}]`;
}

const typed = (value: Value) => `${value.name}:${printType(value)}`;

const isGraph = (attribute: Attribute): attribute is Graph =>
  typeof attribute === 'object' && !Array.isArray(attribute);

export function printGraph(graph: Graph): string {
  return lines(graph, '').join('\n');
}

function lines(graph: Graph, indent: string): string[] {
  const out: string[] = [`${indent}graph ${graph.name}(${graph.inputs.map(typed).join(', ')})`];
  const inner = `${indent}  `;
  for (const { value } of graph.initializers) {
    const numbers = value.constant
      ? ` = ${value.shape.length === 0 ? value.constant[0] : `[${value.constant}]`}`
      : '';
    out.push(`${inner}const ${typed(value)}${numbers}`);
  }
  for (const node of graph.nodes) {
    const results = node.outputs.map((value) => (value ? typed(value) : '-')).join(' ');
    const operands = node.inputs.map((value) => value?.name ?? '-').join(' ');
    const plain: string[] = [];
    const bodies: Graph[] = [];
    for (const [key, value] of Object.entries(node.attributes)) {
      if (isGraph(value)) {
        plain.push(`${key}=${value.name}`);
        bodies.push(value);
      } else plain.push(`${key}=${typeof value === 'object' ? `[${value}]` : value}`);
    }
    const attributes = plain.length > 0 ? ` {${plain.join(', ')}}` : '';
    out.push(`${inner}${results} = ${node.op.onnx} ${operands}${attributes}`);
    for (const body of bodies) out.push(...lines(body, `${inner}  `));
  }
  out.push(`${inner}return ${graph.outputs.map(({ name, value }) => `${name}=${value.name}`).join(' ')}`);
  return out;
}
