/** Keys that an object of a JSON text names twice, which JSON.parse does not tell. */

/** The first key that is named again, and where, in characters; null when none is. `value`: what `text` parses to. */
export function duplicateKey(text: string, value: unknown): { key: string; position: number } | null {
  // Counting is a tenth of the work of looking, and nearly every row passes it.
  return countPairs(text) === countKeys(value) ? null : findDuplicate(text);
}

/** Colons outside strings. */
function countPairs(text: string): number {
  let pairs = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = stringEnd(text, at);
    else if (code === 0x3a) pairs++;
  }
  return pairs;
}

/** With a stack of its own: a text may be nested deeper than calls may be. */
function countKeys(value: unknown): number {
  const open: unknown[] = [value];
  let keys = 0;
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const inner = Object.values(next);
    if (!Array.isArray(next)) keys += inner.length;
    for (const one of inner) if (typeof one === 'object' && one !== null) open.push(one);
  }
  return keys;
}

function findDuplicate(text: string): { key: string; position: number } | null {
  const open: (Set<string> | null)[] = [];
  let last = { start: 0, end: 0 };
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      last = { start: at, end: stringEnd(text, at) };
      at = last.end;
    } else if (character === '{') open.push(new Set());
    else if (character === '[') open.push(null);
    else if (character === '}' || character === ']') open.pop();
    else if (character === ':') {
      const key = JSON.parse(text.slice(last.start, last.end + 1)) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return { key, position: last.start };
      keys?.add(key);
    }
  }
  return null;
}

/** Position of the quote that ends the string which begins at `start`. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end;
  }
}
