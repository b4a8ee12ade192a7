/** What a name stands for: a benchmark, a group of them, or what others call one. */
import { ALIAS_NOTES, ALIASES } from './aliases.table.ts';
import { GROUPS } from './groups.ts';
import { BENCHMARKS, LISTED_BENCHMARKS } from './index.ts';

/** Small letters, `_` for spaces and hyphens, `_plus` for a plus sign: `MATH-500` is `math_500`. */
export function plainName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/_?\+/g, '_plus')
    .replace(/[\s-]+/g, '_');
}

/**
 * The names of the benchmarks that a name stands for: itself, the members of a group, those of an alias; null when it
 * is none of these. Spelling counts only where it tells names apart.
 */
export function membersOf(name: string): readonly string[] | null {
  for (const spelt of [name, plainName(name)]) {
    if (Object.hasOwn(BENCHMARKS, spelt)) return [spelt];
    if (Object.hasOwn(GROUPS, spelt)) return GROUPS[spelt]!;
    if (Object.hasOwn(ALIASES, spelt)) return ALIASES[spelt]!.flatMap((one) => membersOf(one)!);
  }
  return null;
}

/** Names that results are filed under, so that no benchmark of a user's own may bear one. */
export const TAKEN_NAMES: readonly string[] = [...Object.keys(BENCHMARKS), ...Object.keys(GROUPS)];

/** Every name that there is, without other spellings. */
export const ALL_NAMES: readonly string[] = [...TAKEN_NAMES, ...Object.keys(ALIASES)];

/**
 * The names that may be meant by one that is none: benchmarks of the tables and groups first, so that five-shot and
 * other variants are offered to who types an `@` only.
 */
export function offeredTo(name: string): readonly string[] {
  if (name.includes('@')) return ALL_NAMES;
  const listed = LISTED_BENCHMARKS.map((one) => one.name);
  return [...new Set([...listed, ...ALL_NAMES])].filter((one) => !one.includes('@'));
}

/** What a name that is no benchmark's own was taken for; null for one that is, and for a group's. */
export function nameNote(name: string): string | null {
  const members = membersOf(name);
  if (members === null || members.includes(name) || Object.hasOwn(GROUPS, name)) return null;
  const plain = plainName(name);
  const meant = Object.hasOwn(ALIASES, plain) ? ALIASES[plain]! : [plain];
  const note = Object.hasOwn(ALIAS_NOTES, plain) ? ` (${ALIAS_NOTES[plain]})` : '';
  return `${name}: ${meant.join(', ')} here${note}.`;
}

/** Other names of a benchmark or a group. */
export function otherNames(name: string): readonly string[] {
  return Object.keys(ALIASES).filter((alias) => ALIASES[alias]!.length === 1 && ALIASES[alias]![0] === name);
}
