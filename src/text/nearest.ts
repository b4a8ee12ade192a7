import { distance } from 'fastest-levenshtein';

/** The known name most like `typed`, or undefined when none is near (more than 2 edits, or a third of the name). */
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
  return least <= Math.max(2, Math.floor(typed.length / 3)) ? best : undefined;
}
