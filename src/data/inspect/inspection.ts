/** What was looked at, and how its rows became tokens. */
import type { ShownRow } from './shown-row.ts';

export interface Inspection {
  /** `openai/gsm8k main train`, `step 3 of 24 of data-math-1`. */
  readonly title: string;
  /** The model whose tokenizer it is. */
  readonly model: string;
  /** `rendered with the chat template chatml`, and what is supervised. */
  readonly facts: readonly string[];
  readonly rows: readonly { readonly title: string; readonly row: ShownRow }[];
  /** What could not be shown, and why. */
  readonly notes: readonly string[];
}

/** For machines: every token with its position id. */
export function inspectionJson({ title, model, facts, rows, notes }: Inspection): string {
  const shown = rows.map(({ title, row: { documents, padding } }) => ({
    title,
    padding,
    documents: documents.map(({ tokens, ...document }) => ({
      ...document,
      tokens: tokens.map((token, position) => ({ position, ...token })),
    })),
  }));
  return JSON.stringify({ title, model, facts, notes, rows: shown }, null, 1);
}
