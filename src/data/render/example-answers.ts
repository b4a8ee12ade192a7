/** The answers of an example, and what of them is in a stage: told by the mask, so that a row on a border counts right. */

export interface ExampleAnswer {
  /** Its first supervised token and the one behind the last, in the rendered row: a cut example may end before. */
  readonly from: number;
  readonly to: number;
  /** Whether the last of its tokens is a special one, which ends a turn. */
  readonly stops: boolean;
  /** Its beginning falls inside a token, which is not supervised. */
  readonly straddled: boolean;
  /** Its prompt has other tokens alone than inside the row (white space at the border). */
  readonly promptDiffers: boolean;
  /** The template inserts something before it that its prompt lacks (an empty pair of think tags). */
  readonly inserted: boolean;
}

/** What an example tells of the row that it is of. */
export interface ExampleFacts {
  readonly answers: readonly ExampleAnswer[];
  /** It is cut at the length of a packed row. */
  readonly truncated: boolean;
  /** Its answers are in an example of their own, because the whole conversation shows them otherwise. */
  readonly expanded: boolean;
  /** Of a row's last example: answers that no row shows as they are written, and those whose own example is too long. */
  readonly rewritten: number;
  readonly overlongAnswers: number;
}

/** Counts over the examples of a stage, each as often as it is used; answers are those with a supervised token in it. */
export interface StageCounts {
  turns: number;
  /** Answers that end in a supervised special token. */
  stopTurns: number;
  straddled: number;
  promptDiffers: number;
  inserted: number;
  rewritten: number;
  expanded: number;
  overlongAnswers: number;
  /** Examples that are cut at the length of a packed row. */
  truncated: number;
  /** Answers that begin in a cut example and end behind it: they teach no stop. */
  cutAnswers: number;
}

export function noStageCounts(): StageCounts {
  return {
    turns: 0,
    stopTurns: 0,
    straddled: 0,
    promptDiffers: 0,
    inserted: 0,
    rewritten: 0,
    expanded: 0,
    overlongAnswers: 0,
    truncated: 0,
    cutAnswers: 0,
  };
}

/** Adds what of an example is supervised. `length`: its tokens, of which `supervised` may be the first ones only. */
export function countExample(
  { answers, truncated, expanded, rewritten, overlongAnswers }: ExampleFacts,
  length: number,
  supervised: Uint8Array,
  counts: StageCounts,
): void {
  counts.truncated += Number(truncated);
  counts.rewritten += rewritten;
  counts.overlongAnswers += overlongAnswers;
  for (const { from, to, stops, straddled, promptDiffers, inserted } of answers) {
    if (!supervised.subarray(from, to).includes(1)) continue;
    counts.turns++;
    counts.stopTurns += Number(stops && supervised[to - 1] === 1);
    counts.cutAnswers += Number(to > length);
    counts.straddled += Number(straddled);
    counts.promptDiffers += Number(promptDiffers);
    counts.inserted += Number(inserted);
    counts.expanded += Number(expanded);
  }
}
