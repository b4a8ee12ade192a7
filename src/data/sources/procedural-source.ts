/**
 * Procedural tasks as a source of training data. The rows are made while they are read, always of the split `train`,
 * and are those of the file that `carryover procedural export` writes for the same request: the receipt names its hash.
 */
import { sleep } from '../../platform/clock.ts';
import { sha256Chunks } from '../../platform/files.ts';
import { selectTasks } from '../../procedural/select.ts';
import { DEFAULT_SEED, type RowsRequest, rowsTitle, trainingRows } from '../../procedural/training-rows.ts';
import type { ProceduralSource } from '../source-spec.ts';
import type { FileFacts, OpenSource } from './open-files.ts';
import type { SourceRow } from './row.ts';

export const DEFAULT_ROWS = 10_000;

/** Rows between two pauses. */
const PAUSE_EVERY = 256;

/** Throws UserError for unknown tasks and levels. */
export function openProcedural(spec: ProceduralSource): OpenSource {
  const { levels, rows = DEFAULT_ROWS, seed = DEFAULT_SEED, layout = 'both' } = spec;
  const tasks = selectTasks(spec.procedural);
  const request: RowsRequest = { tasks, split: 'train', seed, layout, levels, rows };
  // A level that is none is found at the first row.
  trainingRows(request).next();
  const title = rowsTitle(request);
  return {
    title,
    licence: 'Apache-2.0',
    files: [],
    rows: () => sourceRows(request, title),
    facts: async () => [await factsOf(request, title)],
  };
}

async function* sourceRows(request: RowsRequest, title: string): AsyncGenerator<SourceRow> {
  let row = 0;
  for (const values of trainingRows(request)) yield { values: { ...values }, file: title, row: ++row };
}

/** Text of the export, some hundred rows at a time; between them others get a turn. */
export async function* exportChunks(
  request: RowsRequest,
  onRows?: (done: number) => void,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let lines: string[] = [];
  let done = 0;
  for (const row of trainingRows(request)) {
    lines.push(`${JSON.stringify(row)}\n`);
    done++;
    if (lines.length < PAUSE_EVERY && done < request.rows) continue;
    yield encoder.encode(lines.join(''));
    lines = [];
    onRows?.(done);
    await sleep(0, signal);
  }
}

/** A study asks for the same facts in every data step; they are the same for the same request. */
const FACTS = new Map<string, Promise<FileFacts>>();

function factsOf(request: RowsRequest, title: string): Promise<FileFacts> {
  let facts = FACTS.get(title);
  if (facts === undefined) {
    facts = sha256Chunks(exportChunks(request)).then(({ bytes, sha256 }) => ({ file: title, bytes, sha256 }));
    FACTS.set(title, facts);
  }
  return facts;
}
