/** Reads the arguments of instructions. Each returns null for what is missing or of another kind. */
import type { Args } from './instruction.ts';

/** IFEval knows these two and no others. */
export const RELATIONS = ['less than', 'at least'] as const;
export type Relation = (typeof RELATIONS)[number];

export interface Threshold {
  readonly relation: Relation;
  readonly count: number;
}

/** A whole number from 1: IFEval drops zeros and draws a number of its own instead. */
export function countOf(args: Args, name: string): number | null {
  const value = args[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}

export function textOf(args: Args, name: string): string | null {
  const value = args[name];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

export function textsOf(args: Args, name: string): readonly string[] | null {
  const value = args[name];
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.every((one) => typeof one === 'string' && one.trim() !== '') ? (value as string[]) : null;
}

export function thresholdOf(args: Args, count: string, relation: string): Threshold | null {
  const number = countOf(args, count);
  const word = RELATIONS.find((one) => one === args[relation]);
  if (number === null || word === undefined) return null;
  return { relation: word, count: number };
}

export function meets(count: number, { relation, count: threshold }: Threshold): boolean {
  return relation === 'less than' ? count < threshold : count >= threshold;
}

/** `3 of "word", at least 5 asked`. */
export function counted(count: number, what: string, { relation, count: threshold }: Threshold): string {
  return `${count} ${what}, ${relation} ${threshold} asked`;
}
