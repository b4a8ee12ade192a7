/** Rows of a stage rendered again from their sources, for the roles that packed rows do not keep. */
import { UserError } from '../../errors.ts';
import type { PackedMember } from '../packing/packed-file.ts';
import { RowFault } from '../render/row-fault.ts';
import type { SourceSpec } from '../source-spec.ts';
import { openSource } from '../sources/open-source.ts';
import type { StageTools } from '../stage.ts';
import { wantedRows } from './inspect-source.ts';
import { type KnownRow, rowKey } from './inspect-step.ts';
import { type RowRendering, rowsWithRoles } from './row-with-roles.ts';

export interface KnownRows {
  readonly rows: ReadonlyMap<string, readonly KnownRow[]>;
  /** Why rows of a source are not among them, a sentence each. */
  readonly missing: readonly string[];
}

/** Sources that cannot be had any more are left out: what was trained can be shown without them. */
export async function findRows(
  members: readonly PackedMember[],
  sources: Readonly<Record<string, SourceSpec>>,
  rendering: RowRendering & {
    readonly tools: Pick<StageTools, 'hub' | 'chatTemplate'>;
    readonly baseFolder: string;
  },
): Promise<KnownRows> {
  const rows = new Map<string, readonly KnownRow[]>();
  const missing: string[] = [];
  for (const source of new Set(members.map((member) => member.source))) {
    const wanted = new Set(members.filter((member) => member.source === source).map(({ row }) => row));
    const spec = sources[source];
    if (spec === undefined) continue;
    try {
      for (const [row, known] of await rendered(spec, wanted, rendering))
        rows.set(rowKey({ source, row }), known);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      missing.push(`The rows of ${source} are shown without roles: ${error.message}`);
    }
  }
  return { rows, missing };
}

async function rendered(
  spec: SourceSpec,
  wanted: ReadonlySet<number>,
  rendering: Parameters<typeof findRows>[2],
): Promise<Map<number, readonly KnownRow[]>> {
  const { tools, baseFolder } = rendering;
  const { hub, chatTemplate } = tools;
  const opened = await openSource(spec, {
    baseFolder,
    chatTemplate,
    ...(hub === undefined ? {} : { hub }),
  });
  const found = new Map<number, readonly KnownRow[]>();
  for await (const { row, converted } of wantedRows(
    spec,
    opened,
    (one) => wanted.has(one),
    Math.max(...wanted),
  )) {
    if (converted.kind === 'dropped') continue;
    try {
      found.set(row, rowsWithRoles(converted, rendering));
    } catch (error) {
      // Another file than was trained on, or a faulty row: its tokens are not those that are packed.
      if (!(error instanceof RowFault)) throw error;
    }
  }
  return found;
}
