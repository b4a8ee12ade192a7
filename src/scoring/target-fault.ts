/** What is wrong with a target from a user's file, in the words of its columns. */

/** Null for an object, else what it is instead; lists are no objects here. */
export function objectFault(target: unknown, shape: string): string | null {
  if (typeof target === 'object' && target !== null && !Array.isArray(target)) return null;
  const kind = target === null ? 'null' : Array.isArray(target) ? 'a list' : `a ${nameOf(target)}`;
  return `"target" is ${kind}, not ${shape}.`;
}

/** What is wrong with a text of a target; null when nothing is, or when it is absent and need not be there. */
export function textFault(name: string, value: unknown, { needed }: { needed: boolean }): string | null {
  if (value === undefined) return needed ? `"target" has no "${name}".` : null;
  if (typeof value !== 'string') return `"${name}" of "target" is ${value === null ? 'null' : 'not a text'}.`;
  return needed && value.trim() === '' ? `"${name}" of "target" is empty.` : null;
}

const nameOf = (value: unknown): string => (typeof value === 'string' ? 'text' : typeof value);
