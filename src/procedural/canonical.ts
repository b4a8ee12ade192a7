/** One text for one content: the identity of a core, and its hash. */

/**
 * The key of a core. Native and quick, so fields stand in the order in which they were set: generators name them in
 * alphabetical order, and the contract test compares with `sortedJson`.
 */
export function keyOf(core: unknown): string {
  return JSON.stringify(core);
}

/** JSON with sorted keys. Throws TypeError for what JSON cannot hold, so that no difference is lost. */
export function sortedJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      if (Number.isFinite(value)) return String(value);
      break;
    case 'boolean':
      return String(value);
    case 'object': {
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
      const record = value as Record<string, unknown>;
      const fields = Object.keys(record).sort();
      return `{${fields.map((name) => `${JSON.stringify(name)}:${sortedJson(record[name])}`).join(',')}}`;
    }
  }
  throw new TypeError(`a core holds JSON data only, not ${typeof value} ${String(value)}`);
}

/** 32 well-mixed bits: FNV-1a over the UTF-16 units, then MurmurHash3's finaliser, as FNV's low bits are weak. */
export function hashBits(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
