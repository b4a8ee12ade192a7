/** Control flow. Bodies are graphs that may use values of the graph around them. Inference only. */
import { UNKNOWN } from '../graph/dim.ts';
import type { Attribute, Graph, OpTable, TensorType } from '../graph/types.ts';

type Name = 'If' | 'Loop';

function body(attribute: Attribute | undefined, name: string): Graph {
  if (typeof attribute !== 'object' || Array.isArray(attribute))
    throw new Error(`the attribute ${name} is no graph`);
  return attribute as Graph;
}

const typeOf = ({ value }: Graph['outputs'][number]): TensorType => ({
  dtype: value.dtype,
  shape: value.shape,
});

export const CONTROL: OpTable<Name> = {
  If: {
    onnx: 'If',
    domain: '',
    arity: [1, 1],
    attributes: { then_branch: 'graph', else_branch: 'graph' },
    shape: (_, attributes) => {
      const yes = body(attributes['then_branch'], 'then_branch').outputs.map(typeOf);
      const no = body(attributes['else_branch'], 'else_branch').outputs.map(typeOf);
      if (yes.length !== no.length) throw new Error('the branches differ in their number of outputs');
      return yes.map((type, at) => {
        const other = no[at] as TensorType;
        if (type.dtype !== other.dtype || type.shape.length !== other.shape.length)
          throw new Error(`output ${at} differs between the branches`);
        return {
          dtype: type.dtype,
          shape: type.shape.map((dim, axis) => (dim === other.shape[axis] ? dim : UNKNOWN)),
        };
      });
    },
    vjp: 'none',
  },
  /**
   * Inputs: most rounds (i64 or absent), condition (bool or absent), carried values. The body takes (round,
   * condition, carried...) and gives (condition, carried..., collected...); the node gives (carried..., collected...),
   * where collected values get a first axis, the round.
   */
  Loop: {
    onnx: 'Loop',
    domain: '',
    arity: [2, 1000],
    attributes: { body: 'graph' },
    shape: (ins, attributes) => {
      const graph = body(attributes['body'], 'body');
      const carried = ins.length - 2;
      if (graph.inputs.length !== carried + 2)
        throw new Error(`the body takes ${graph.inputs.length} values, ${carried + 2} are carried in`);
      return graph.outputs.slice(1).map((output, at) => {
        const { dtype, shape } = typeOf(output);
        if (at >= carried) return { dtype, shape: [UNKNOWN, ...shape] };
        const start = ins[at + 2];
        const inner = graph.inputs[at + 2];
        if (!start || start.dtype !== dtype || inner?.dtype !== dtype)
          throw new Error(`carried value ${at} changes its type: ${start?.dtype}, ${inner?.dtype}, ${dtype}`);
        return { dtype, shape: inner.shape.map((dim, axis) => (dim === shape[axis] ? dim : UNKNOWN)) };
      });
    },
    vjp: 'none',
  },
};
