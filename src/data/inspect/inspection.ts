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
  /** What is not shown, and why. */
  readonly notes: readonly string[];
  /** Of an optimizer step: packed rows that it has, shown or not. */
  readonly rowsOfStep?: number;
}

/** For machines: every token with its position id. */
export function inspectionJson({ title, model, facts, rows, notes, rowsOfStep }: Inspection): string {
  const shown = rows.map(({ title, row: { documents, padding } }) => ({
    title,
    padding,
    documents: documents.map(({ tokens, ...document }) => ({
      ...document,
      tokens: tokens.map((token, position) => ({ position, ...token })),
    })),
  }));
  return JSON.stringify({ title, model, facts, notes, rowsOfStep, rows: shown }, null, 1);
}
