/** Names for items and clusters that stay the same when rows are added, removed or reordered. */
import { sha256 } from '../platform/files.ts';

/** 16 hexadecimal digits of the texts' hash: for items whose dataset gives them no id. */
export function hashId(...texts: readonly string[]): string {
  return sha256(JSON.stringify(texts)).slice(0, 16);
}

/** Makes repeated ids unique, in order: `a`, `a-2`, `a-3`. Some published sets hold an item or an id twice. */
export function uniqueIds(ids: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return ids.map((id) => {
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id}-${count}`;
  });
}
