/** Reads the unit words behind a value: which dimension they measure and how large one is. */
import type { Unit } from './answer.ts';
import { unitOf } from './names.table.ts';

const PREFIXES: Readonly<Record<string, number>> = { square: 2, sq: 2, cubic: 3, cu: 3 };

/**
 * Null when the words name no known unit, or a composed one ("miles per hour"): these say what was counted and change
 * nothing.
 */
export function readUnit(words: readonly string[]): Unit | null {
  const text = words.join(' ').trim();
  if (text === '' || text.length > 40) return null;
  const match =
    /^(?:(square|sq|cubic|cu)\.?\s+)?([A-Za-z]+|[$€£¢%°])\.?(?:\s*\^\s*\{?([1-9])\}?|([²³]))?$/i.exec(text);
  if (!match) return null;
  const unit = unitOf(match[2]!);
  if (unit === null) return null;
  const squared = match[4] === undefined ? undefined : match[4] === '²' ? 2 : 3;
  const exponent = PREFIXES[match[1]?.toLowerCase() ?? ''] ?? squared ?? Number(match[3] ?? 1);
  return {
    dimension: exponent === 1 ? unit.dimension : `${unit.dimension}^${exponent}`,
    size: [unit.size[0] ** exponent, unit.size[1] ** exponent],
    text,
  };
}
