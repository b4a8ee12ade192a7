/** The receipt of a prepared stage: what it is made of, in numbers that two equal runs share to the byte. */
import { sha256 } from '../platform/files.ts';
import { type BatchPlan, plannedPlaces } from './batch-plan.ts';
import type { LoadedSource } from './load-source.ts';
import type { ScreenReceipt } from './overlap/screen.ts';
import type { PlacedExample } from './packed-file.ts';
import { RENDERER_VERSION } from './render.ts';
import type { Selection } from './select.ts';
import type { DataReceipt, SourceReceipt, StageSpec } from './stage.ts';
import type { NamedTemplate } from './stand-in-template.ts';

/** What one source gave to the stage. */
export interface Taken {
  readonly source: LoadedSource;
  readonly from: number;
  readonly selection: Selection;
}

export async function makeReceipt(
  spec: StageSpec,
  tokenizer: string,
  template: NamedTemplate,
  taken: readonly Taken[],
  examples: readonly PlacedExample[],
  plan: BatchPlan,
  bin: Uint8Array,
): Promise<DataReceipt> {
  const tokens = examples.reduce((sum, example) => sum + example.ids.length, 0);
  return {
    version: 1,
    seed: spec.seed,
    tokenizer,
    template: { name: template.name, sha256: template.sha256 },
    renderer: RENDERER_VERSION,
    trainOn: spec.trainOn ?? 'assistant',
    overlong: spec.overlong ?? 'drop',
    rowLength: plan.rowLength,
    steps: plan.starts.length - 1,
    packedRows: plan.rows.length,
    examples: examples.length,
    tokens,
    supervisedTokens: examples.reduce((sum, example) => sum + example.learns, 0),
    fill: Number(
      (
        tokens /
        plannedPlaces(
          plan,
          examples.map((example) => example.ids.length),
        )
      ).toFixed(4),
    ),
    sources: await Promise.all(taken.map(sourceReceipt)),
    lengths: histogram(examples.map((example) => example.ids.length)),
    packed: sha256(bin),
  };
}

async function sourceReceipt({ source, from, selection }: Taken): Promise<SourceReceipt> {
  const { name, opened, format, rows, counts } = source;
  const screen = source.screen?.receipt();
  const { emptyAnswers, emptyQuestions, faults, overlong, truncated, cutAnswers, turns, stopTurns } = counts;
  const { straddled, promptDiffers, inserted, rewritten } = counts;
  return {
    name,
    source: opened.title,
    licence: opened.licence,
    format: format.name,
    formatFrom: format.from,
    files: await opened.facts(),
    rows,
    dropped: {
      'empty-answer': emptyAnswers,
      'empty-question': emptyQuestions,
      ...{ overlong, ...faults, ...(screen ? screenedOut(screen) : {}) },
    },
    ...(screen ? { screen } : {}),
    truncated,
    cutAnswers,
    examples: selection.examples.length,
    epochs: selection.epochs,
    supervisedTokens: selection.learns,
    tokens: selection.examples.reduce((sum, example) => sum + example.ids.length, 0),
    turns,
    stopTurns,
    straddled,
    promptDiffers,
    inserted,
    rewritten,
    from,
    shared: selection.shared,
  };
}

function screenedOut({
  duplicates,
  contaminated,
}: ScreenReceipt): Pick<SourceReceipt['dropped'], 'duplicate' | 'contaminated'> {
  return { duplicate: duplicates.exact + duplicates.near, contaminated };
}

/** Bounds at powers of two from 32 on. */
function histogram(lengths: readonly number[]): { upTo: number; examples: number }[] {
  const bins: { upTo: number; examples: number }[] = [];
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  for (let upTo = 32, above = 0; above < longest; above = upTo, upTo *= 2) {
    const low = above;
    const high = upTo;
    bins.push({ upTo, examples: lengths.filter((length) => length > low && length <= high).length });
  }
  return bins;
}
