/** What a response to an IFEval prompt is judged by: the columns of the dataset. */
import type { BoundInstruction } from './instruction.ts';
import { INSTRUCTIONS } from './instructions.ts';

export interface IfevalTarget {
  readonly prompt?: string;
  readonly instruction_id_list: readonly string[];
  /** One record for each instruction; nulls, zeros and empty texts are as good as absent. */
  readonly kwargs: readonly Readonly<Record<string, unknown>>[];
}

export const IFEVAL_TARGET = '{prompt?, instruction_id_list, kwargs} as in google/IFEval';

export function isIfevalTarget(target: unknown): target is IfevalTarget {
  if (typeof target !== 'object' || target === null) return false;
  const { prompt, instruction_id_list: ids, kwargs } = target as Record<string, unknown>;
  if (prompt !== undefined && typeof prompt !== 'string') return false;
  if (!Array.isArray(ids) || !Array.isArray(kwargs) || ids.length === 0) return false;
  return bindTarget(target as IfevalTarget) !== null;
}

/** The target's instructions with their arguments; null when one is unknown or lacks an argument. */
export function bindTarget({ instruction_id_list: ids, kwargs }: IfevalTarget): BoundInstruction[] | null {
  if (ids.length === 0 || ids.length !== kwargs.length) return null;
  const bound: BoundInstruction[] = [];
  for (const [i, id] of ids.entries()) {
    const args = kwargs[i];
    if (typeof args !== 'object' || args === null || !Object.hasOwn(INSTRUCTIONS, id)) return null;
    const instruction = INSTRUCTIONS[id]!.bind(args);
    if (instruction === null) return null;
    bound.push(instruction);
  }
  return bound;
}
