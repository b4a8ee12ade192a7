/** The first rows of what a benchmark file names: enough to tell whether its templates fit. */

import type { HubSource } from '../../data/source-spec.ts';
import type { OpenSource } from '../../data/sources/open-files.ts';
import type { SourceRow } from '../../data/sources/row.ts';
import { UserError } from '../../errors.ts';
import type { Diagnostic } from '../../study/diagnostics.ts';
import { checkSections, type FirstRows } from './check-definition.ts';
import type { DataSection } from './definition.ts';
import { parseDefinition } from './schema.ts';

/** Opens a section of data. Throws UserError when it cannot be had. */
export type OpenData = (section: DataSection) => Promise<OpenSource>;

/** What the sources of data take, with the split that benchmarks have where none is stated. */
export function specOf({
  file,
  dataset,
  limit,
  split,
  ...rest
}: DataSection): { file: string; limit?: number } | HubSource {
  const first = limit === undefined ? {} : { limit };
  return file === undefined
    ? { ...rest, dataset: dataset ?? '', split: split ?? 'test', ...first }
    : { file, ...first };
}

/**
 * `raw`: the file's content, right or not. Of a section with mistakes the file that it names is read all the same, so
 * that a mistake there hides none in the templates; the check says what is wrong.
 */
export async function firstRows(raw: object, open: OpenData): Promise<FirstRows> {
  const { value } = parseDefinition(raw).parts;
  const problems: Diagnostic[] = [];
  const first = async (
    section: DataSection | undefined,
    path: readonly PropertyKey[],
  ): Promise<SourceRow | undefined> => {
    const readable =
      section !== undefined && checkSections({ data: section }).length === 0
        ? section
        : fileOnly(valueIn(raw, path));
    if (readable === undefined) return undefined;
    try {
      for await (const row of (await open(readable)).rows()) return row;
      problems.push({ path, what: 'holds no rows' });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { file, line } = error.place ?? {};
      const where = [file, line].filter((part) => part !== undefined).join(':');
      problems.push({ path, what: where ? `${where}: ${error.message}` : error.message, hint: error.remedy });
    }
    return undefined;
  };
  return {
    data: await first(value.data, ['data']),
    shots: await first(value.shots?.data, ['shots', 'data']),
    problems,
  };
}

function fileOnly(section: unknown): DataSection | undefined {
  const { file, dataset } = (section ?? {}) as { file?: unknown; dataset?: unknown };
  return typeof file === 'string' && file !== '' && dataset === undefined ? { file } : undefined;
}

function valueIn(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], raw);
}
