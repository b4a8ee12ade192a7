/** What the sub-commands of `data` do with their options. */
import type { ColumnMapping, SourceSpec } from '../data/source-spec.ts';
import { UserError } from '../errors.ts';

/** Throws UserError naming the options that were given and mean nothing for this kind of data. */
export function refuseFlags(given: Readonly<Record<string, unknown>>, kind: string): void {
  const flags = Object.keys(given).filter((flag) => given[flag] !== undefined);
  if (flags.length > 0)
    throw new UserError(`${flags.join(' and ')} cannot be used with ${kind}`, {
      remedy: `Leave out ${flags.join(' and ')}.`,
    });
}

/** Every source with the columns of `--columns`. Throws UserError where there is none that has columns. */
export function sourcesWithColumns(
  sources: Readonly<Record<string, SourceSpec>>,
  columns: ColumnMapping | undefined,
): Readonly<Record<string, SourceSpec>> {
  if (columns === undefined) return sources;
  const entries = Object.entries(sources).map(
    ([name, source]) =>
      [name, 'procedural' in source || 'samples' in source ? source : { ...source, columns }] as const,
  );
  if (entries.every(([, source]) => 'procedural' in source || 'samples' in source))
    throw new UserError('--columns has no effect on procedural tasks and samples');
  return Object.fromEntries(entries);
}
