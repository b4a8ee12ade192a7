/** The closed table of operators: each is one record with its shape rule and its gradient rule. */
import { GraphBuilder } from '../graph/builder.ts';
import type { OpTable } from '../graph/types.ts';
import { ATTENTION } from './attention.ts';
import { CONTROL } from './control.ts';
import { ELEMENTWISE } from './elementwise.ts';
import { INDEX } from './index.ts';
import { LINALG } from './linalg.ts';
import { MOVEMENT } from './movement.ts';
import { REDUCE } from './reduce.ts';

export type OpName =
  | keyof typeof ATTENTION
  | keyof typeof CONTROL
  | keyof typeof ELEMENTWISE
  | keyof typeof INDEX
  | keyof typeof LINALG
  | keyof typeof MOVEMENT
  | keyof typeof REDUCE;

export const OPS: OpTable<OpName> = {
  ...ATTENTION,
  ...CONTROL,
  ...ELEMENTWISE,
  ...INDEX,
  ...LINALG,
  ...MOVEMENT,
  ...REDUCE,
};

export type Builder = GraphBuilder<OpName>;

/** An empty graph to build on. */
export function newGraph(name: string): Builder {
  return new GraphBuilder<OpName>(OPS, name);
}
