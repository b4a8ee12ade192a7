/** A part of an example's supervised tokens. */
import type { Example } from '../load-source.ts';

/**
 * An example of which only the supervised tokens `first` to `last` count, numbered from its end: the part that ends
 * inside a row takes the row's last tokens (with the stop token), the part that begins inside it takes the others.
 */
export function supervisedShare(example: Example, first: number, last: number): Example {
  if (first === 0 && last === example.learns) return example;
  const supervised = example.supervised.slice();
  let number = 0;
  let length = 0;
  for (let index = supervised.length - 1; index >= 0; index--) {
    if (supervised[index] !== 1) continue;
    if (number < first || number >= last) supervised[index] = 0;
    else if (length === 0) length = index + 1;
    number++;
  }
  // What follows the last supervised token cannot change a loss.
  return {
    ...example,
    ids: example.ids.slice(0, length),
    supervised: supervised.slice(0, length),
    learns: last - first,
  };
}
