/** The receipt of a prepared stage: what it is made of, in numbers that two equal runs share to the byte. */

import type { LoadedSource } from '../load-source.ts';
import { type BatchPlan, plannedPlaces } from '../packing/batch-plan.ts';
import type { PlannedStage } from '../packing/packed-content.ts';
import { RENDERER_VERSION } from '../render/render.ts';
import type { NamedTemplate } from '../render/stand-in-template.ts';
import type { Schedule } from '../selection/schedule.ts';
import type { Selection } from '../selection/selection.ts';
import { furthestShare } from '../selection/steady-order.ts';
import type { Taken } from '../selection/taken.ts';
import type { DataReceipt, SourceReceipt, StageSpec } from '../stage.ts';
import { namedRows } from './named-rows.ts';
import { notLeftOut } from './row-account.ts';

/** `packed`: SHA-256 of `packed.bin`. */
export async function makeReceipt(
  spec: StageSpec,
  tokenizer: string,
  template: NamedTemplate,
  { taken, schedule, plan }: PlannedStage<Taken>,
  packed: string,
): Promise<DataReceipt> {
  const { length, lengths, tokens, supervisedTokens } = schedule;
  return {
    version: 1,
    seed: spec.seed,
    tokenizer,
    template: { name: template.name, sha256: template.sha256 },
    renderer: RENDERER_VERSION,
    trainOn: spec.trainOn ?? 'assistant',
    overlong: spec.overlong ?? 'drop',
    rowLength: plan.rowLength,
    maxLength: spec.rowLength,
    steps: plan.starts.length - 1,
    packedRows: plan.rows.length,
    examples: length,
    tokens,
    supervisedTokens,
    fill: Number((tokens / plannedPlaces(plan, lengths)).toFixed(4)),
    ...(spec.course === undefined ? { furthest: trainedFurthest(schedule, plan, taken.length) } : {}),
    sources: await Promise.all(taken.map(sourceReceipt)),
    lengths: histogram(lengths),
    packed,
  };
}

/** Behind each optimizer step. */
function trainedFurthest(
  { lists, learns }: Schedule,
  { rows, starts }: BatchPlan,
  sources: number,
): number | null {
  const furthest = furthestShare({
    items: starts.length - 1,
    sources,
    addTo: (given, step) => {
      for (let row = starts[step]!; row < starts[step + 1]!; row++)
        for (const index of rows.row(row)) given[lists[index]!]! += learns[index]!;
    },
  });
  return furthest === null ? null : Number(furthest.toFixed(4));
}

async function sourceReceipt({ source, from, selection }: Taken): Promise<SourceReceipt> {
  const { name, opened, format, rows, counts } = source;
  const screen = source.screen?.receipt();
  return {
    name,
    source: opened.title,
    licence: opened.licence,
    ...(opened.revision ? { revision: opened.revision } : {}),
    format: format.name,
    formatFrom: format.from,
    files: await opened.facts(),
    rows,
    dropped: droppedRows(source),
    named: namedRows(counts.named),
    ...(screen ? { screen } : {}),
    kept: selection.fates,
    examples: selection.size,
    epochs: selection.epochs,
    passes: passesOf(selection),
    supervisedTokens: selection.supervisedTokens,
    tokens: selection.tokens,
    ...selection.counts,
    from,
    shared: selection.shared,
  };
}

/** Rows of a source that were left out so far, by reason. */
export function droppedRows({
  counts,
  screen,
}: Pick<LoadedSource, 'counts' | 'screen'>): SourceReceipt['dropped'] {
  const { emptyAnswers, emptyQuestions, overlong, faults } = counts;
  const { duplicates, contaminated = 0 } = screen?.receipt() ?? {};
  return {
    'empty-answer': emptyAnswers,
    'empty-question': emptyQuestions,
    overlong,
    ...faults,
    ...(duplicates ? { duplicate: duplicates.exact + duplicates.near, contaminated } : {}),
  };
}

/** See `passes` of a receipt, to four digits. */
export function passesOf({ rows, fates }: Selection): number {
  return Number((rows / notLeftOut({ kept: fates })).toPrecision(4));
}

/** Bounds at powers of two from 32 on. */
function histogram(lengths: ArrayLike<number>): { upTo: number; examples: number }[] {
  const examples: number[] = [];
  for (let index = 0; index < lengths.length; index++) {
    const bin = Math.max(0, Math.ceil(Math.log2(lengths[index]! / 32)));
    while (examples.length <= bin) examples.push(0);
    examples[bin]!++;
  }
  return examples.map((count, bin) => ({ upTo: 32 * 2 ** bin, examples: count }));
}
