/** Finds what many texts begin with (few-shot heads), so that it is computed once for all of them. */
import { commonPrefix } from './row.ts';

export interface PrefixGroup {
  /** Tokens that all members begin with; 0 for those that share too little. */
  readonly prefix: number;
  /** Indices into the list of texts, in rising order. */
  readonly members: readonly number[];
}

/**
 * Groups of at least `fewest` texts that share at least `shortest` tokens; all others are one group without prefix.
 * A function of the list alone. Neighbours in lexicographic order have the longest common prefixes; a text joins a
 * group unless the group's prefix would shrink to less than half.
 */
export function sharedPrefixes(
  texts: readonly (readonly number[])[],
  { shortest, fewest }: { readonly shortest: number; readonly fewest: number },
): PrefixGroup[] {
  const order = [...texts.keys()].sort((a, b) => compareTokens(texts[a]!, texts[b]!) || a - b);
  const runs: { prefix: number; members: number[] }[] = [];
  for (const index of order) {
    const run = runs.at(-1);
    const common = run ? Math.min(run.prefix, commonPrefix(texts[run.members[0]!]!, texts[index]!)) : 0;
    const enough = run && common >= shortest && (run.members.length === 1 || common * 2 >= run.prefix);
    if (run && enough) {
      run.prefix = common;
      run.members.push(index);
    } else runs.push({ prefix: texts[index]!.length, members: [index] });
  }
  const groups: PrefixGroup[] = [];
  const rest: number[] = [];
  for (const { prefix, members } of runs) {
    if (members.length >= Math.max(2, fewest))
      groups.push({ prefix, members: members.sort((a, b) => a - b) });
    else rest.push(...members);
  }
  groups.sort((a, b) => a.members[0]! - b.members[0]!);
  if (rest.length > 0) groups.push({ prefix: 0, members: rest.sort((a, b) => a - b) });
  return groups;
}

function compareTokens(a: readonly number[], b: readonly number[]): number {
  const at = commonPrefix(a, b);
  return (a[at] ?? -1) - (b[at] ?? -1);
}
