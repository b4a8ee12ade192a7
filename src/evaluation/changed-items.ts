/** The items of a benchmark on which two evaluations ended differently, with what a person needs to judge them. */
import type { Item } from '../benchmarks/benchmark.ts';
import type { Sample } from '../scoring/score.ts';
import { promptHash, requestFor } from './request.ts';

export interface ChangedItems {
  readonly benchmark: string;
  /** Items with another outcome; `items` holds the first of them. */
  readonly total: number;
  readonly items: readonly ChangedItem[];
}

export interface ChangedItem {
  readonly id: string;
  readonly index: number;
  /** What was asked, without worked examples; null where the benchmark's items could not be made again. */
  readonly question: string | null;
  /** False where the model saw another text than this version's plain prompt, as with a chat template. */
  readonly samePrompt: boolean;
  /** The reference as a person reads it. */
  readonly gold: string;
  readonly a: Ending;
  readonly b: Ending;
}

export type Ending = Pick<Sample, 'outcome' | 'answer' | 'output' | 'why'>;

/** Pairs by id with different outcomes, in the order of `first`. Samples without a partner are left out. */
export function changedPairs(
  first: readonly Sample[],
  second: readonly Sample[],
): readonly (readonly [Sample, Sample])[] {
  const byId = new Map(second.map((sample) => [sample.id, sample]));
  return first.flatMap((a) => {
    const b = byId.get(a.id);
    return b !== undefined && b.outcome !== a.outcome ? [[a, b] as const] : [];
  });
}

/** `item`: what the benchmark makes for this id, if it can be made again. */
export function changedItem(a: Sample, b: Sample, item: Item | undefined): ChangedItem {
  const asked = item && promptHash(requestFor(item, null));
  return {
    id: a.id,
    index: a.index,
    question: item ? questionOf(item) : null,
    samePrompt: asked === a.prompt_sha256 && asked === b.prompt_sha256,
    gold: goldText(a),
    a: ending(a),
    b: ending(b),
  };
}

/** The last turn of the conversation: earlier ones are worked examples. */
function questionOf(item: Item): string {
  const messages = item.kind === 'generate' ? item.messages : (item.pairs[0]?.chat.messages ?? []);
  return (messages.at(-1)?.content ?? '').trim();
}

function ending({ outcome, answer, output, why }: Sample): Ending {
  return { outcome, answer, output, why };
}

/** A choice's text, a text, or a structure as JSON. */
function goldText({ gold, choices }: Sample): string {
  if (typeof gold === 'number' && choices[gold]) return choices[gold].text.trim();
  return typeof gold === 'string' ? gold : (JSON.stringify(gold) ?? '');
}
