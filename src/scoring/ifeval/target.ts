/** What a response to an IFEval prompt is judged by: the columns of the dataset. */

import { meantNames } from '../../text/known-name.ts';
import { objectFault, textFault } from '../target-fault.ts';
import { argumentFault } from './argument-fault.ts';
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
  return ifevalFault(target) === null;
}

/** What is wrong with a target, the first thing that is; null when it can be judged by. */
export function ifevalFault(target: unknown): string | null {
  const shape = objectFault(target, IFEVAL_TARGET);
  if (shape !== null) return shape;
  const { prompt, instruction_id_list: ids, kwargs } = target as Record<string, unknown>;
  const wrongPrompt = textFault('prompt', prompt, { needed: false });
  if (wrongPrompt !== null) return wrongPrompt;
  for (const [name, list] of Object.entries({ instruction_id_list: ids, kwargs })) {
    if (list === undefined) return `"target" has no "${name}".`;
    if (!Array.isArray(list)) return `"${name}" of "target" is not a list.`;
  }
  return listsFault(ids as unknown[], kwargs as unknown[]);
}

function listsFault(ids: readonly unknown[], kwargs: readonly unknown[]): string | null {
  if (ids.length === 0) return '"instruction_id_list" of "target" is empty.';
  for (const id of ids) {
    if (typeof id === 'string' && Object.hasOwn(INSTRUCTIONS, id)) continue;
    const meant = typeof id === 'string' ? meantNames(id, Object.keys(INSTRUCTIONS)) : [];
    const hint = meant.length > 0 ? ` Did you mean ${meant.join(' or ')}?` : '';
    return `IFEval has no instruction ${JSON.stringify(id)}.${hint}`;
  }
  if (kwargs.length !== ids.length)
    return `"kwargs" of "target" has ${kwargs.length} records for ${ids.length} ids: one is needed for each, {} where there is nothing to say.`;
  for (const [i, id] of (ids as readonly string[]).entries()) {
    const args = kwargs[i];
    if (typeof args !== 'object' || args === null || Array.isArray(args))
      return `"kwargs" of ${id} is no record: {} where there is nothing to say.`;
    const fault = argumentFault(INSTRUCTIONS[id]!, args as Record<string, unknown>);
    if (fault !== null) return `${id}: ${fault}`;
  }
  return null;
}

/** The target's instructions with their arguments; null when one is unknown or lacks an argument. */
export function bindTarget(target: IfevalTarget): BoundInstruction[] | null {
  if (!isIfevalTarget(target)) return null;
  return target.instruction_id_list.map((id, i) => INSTRUCTIONS[id]!.bind(target.kwargs[i]!)!);
}
