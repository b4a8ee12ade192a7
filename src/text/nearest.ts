import { distance } from 'fastest-levenshtein';

/**
 * The known name most like `typed`, or undefined when none is near: more than 2 edits or a third of the name; 1 of up to
 * four letters, and none of a single one, which every name of one letter would be near.
 */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const name of known) {
    const edits = distance(typed.toLowerCase(), name.toLowerCase());
    if (edits < least) {
      least = edits;
      best = name;
    }
  }
  const { length } = typed;
  const most = length < 2 ? 0 : length <= 4 ? 1 : Math.max(2, Math.floor(length / 3));
  return least <= most ? best : undefined;
}
