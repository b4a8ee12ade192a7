import { distance } from 'fastest-levenshtein';

/**
 * The known name most like `typed`, or undefined when none is near: more than 2 edits or a third of the name; 1 of up to
 * four letters (two neighbours that changed places are one), and none of a single one, which every name of one letter
 * would be near.
 */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const name of known) {
    const edits = slips(typed.toLowerCase(), name.toLowerCase());
    if (edits < least) {
      least = edits;
      best = name;
    }
  }
  const { length } = typed;
  const most = length < 2 ? 0 : length <= 4 ? 1 : Math.max(2, Math.floor(length / 3));
  return least <= most ? best : undefined;
}

function slips(typed: string, name: string): number {
  const at = [...typed].findIndex((letter, index) => letter !== name[index]);
  const swapped =
    at < 0 ? typed : `${typed.slice(0, at)}${typed[at + 1] ?? ''}${typed[at]}${typed.slice(at + 2)}`;
  return swapped === name && typed !== name ? 1 : distance(typed, name);
}
