/** What one row of a source becomes, as text. */
import { chooseFormat } from '../../src/data/formats/choose-format.ts';
import type { FileSource, SourceSpec } from '../../src/data/source-spec.ts';
import type { SourceRow } from '../../src/data/sources/row.ts';

export const SPEC: FileSource = { file: 'rows.jsonl' };
export const row = (values: Record<string, unknown>): SourceRow => ({
  values,
  file: 'rows.jsonl',
  row: 3,
  line: 4,
});

export function convert(values: Record<string, unknown>, spec: SourceSpec = SPEC): unknown {
  const format = chooseFormat(spec, row(values));
  const result = format.convert(row(values));
  return {
    format: `${format.name} (${format.from})`,
    ...(result.kind === 'conversation'
      ? { messages: result.messages.map((m) => `${m.role}: ${m.content}`) }
      : result),
  };
}

export function said(values: Record<string, unknown>, spec: SourceSpec = SPEC): string {
  try {
    return JSON.stringify(convert(values, spec));
  } catch (error) {
    return String(error);
  }
}
