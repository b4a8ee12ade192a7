/**
 * Reads the unit words behind a value: which dimension they measure and how large one is. Composed of two by a bar or
 * "per", a unit measures their quotient; the halves of the day, "am" and "pm", measure each something of its own.
 */
import type { Unit } from './answer.ts';
import { unitOf } from './names.table.ts';

const PREFIXES: Readonly<Record<string, number>> = { square: 2, sq: 2, cubic: 3, cu: 3 };

/** Null when the words name no known unit ("apples per child"): these say what was counted and change nothing. */
export function readUnit(words: readonly string[]): Unit | null {
  const text = words.join(' ').trim();
  if (text === '' || text.length > 40) return null;
  if (text === 'am' || text === 'pm') return { dimension: text, size: [1n, 1n], text };
  const [above, below, ...more] = text.split(/\s*(?:\/|\bper\b)\s*/i).map(readSimple);
  if (!above || below === undefined) return above ?? null;
  if (below === null || more.length > 0) return null;
  return {
    dimension: `${above.dimension}/${below.dimension}`,
    size: [above.size[0] * below.size[1], above.size[1] * below.size[0]],
    text,
  };
}

function readSimple(text: string): Unit | null {
  const match =
    /^(?:(square|sq|cubic|cu)\.?\s+)?([A-Za-z]+|[$€£¢%°])\.?(?:\s*\^\s*\{?([1-9])\}?|([²³]))?$/i.exec(text);
  if (!match) return null;
  const unit = unitOf(match[2]!);
  if (unit === null) return null;
  const squared = match[4] === undefined ? undefined : match[4] === '²' ? 2 : 3;
  const exponent = PREFIXES[match[1]?.toLowerCase() ?? ''] ?? squared ?? Number(match[3] ?? 1);
  const [n, d] = unit.size.map((size) => BigInt(size) ** BigInt(exponent));
  return {
    dimension: exponent === 1 ? unit.dimension : `${unit.dimension}^${exponent}`,
    size: [n!, d!],
    text,
  };
}
