/** Texts without certain characters at their ends. */

/**
 * `text` without the characters at its end that `outer` matches one by one. From the end inwards: a pattern such as
 * `x+$` is tried at every place where such characters stand, which takes quadratic time for a long run of them.
 */
export function stripEnd(text: string, outer: RegExp): string {
  let end = text.length;
  while (end > 0 && outer.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** The same at both ends. */
export function stripBoth(text: string, outer: RegExp): string {
  const bare = stripEnd(text, outer);
  let start = 0;
  while (start < bare.length && outer.test(bare[start]!)) start++;
  return bare.slice(start);
}
