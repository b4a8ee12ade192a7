/** Small pieces of English that several tasks need. */
import type { RandomStream } from '../stats/random.ts';

/** `Ann, Ben and Cara`. */
export function listed(items: readonly string[], link = 'and'): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${link} ${items.at(-1)!}`;
}

/** With a capital first letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Puts an idle clause, if there is one, at a random place among sentences. */
export function withAside(random: RandomStream, sentences: string[], aside: string | null): string[] {
  if (aside !== null) sentences.splice(random.below(sentences.length + 1), 0, aside);
  return sentences;
}
