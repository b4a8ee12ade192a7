/** Which sources a stage reads: a row that several sources hold belongs to the one that is declared first. */
import type { DedupMode } from './screen.ts';

/**
 * In the order `declared`: the sources `drawn` from, and where duplicates are left out those before them that may hold
 * the same rows. `made`: whether a source's rows are made from a seed; such rows repeat nobody's.
 */
export function sourcesToRead(
  declared: readonly string[],
  drawn: readonly string[],
  made: (source: string) => boolean,
  dedup: DedupMode,
): string[] {
  const last = declared.findLastIndex((source) => drawn.includes(source) && !made(source));
  return declared.filter(
    (source, place) => drawn.includes(source) || (dedup !== 'off' && place < last && !made(source)),
  );
}
