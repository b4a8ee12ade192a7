/** The optimizer steps of a pretraining: documents of the corpus, every token supervised, packed into rows. */
import type { Tokenizer } from '../checkpoint/checkpoint.ts';
import { packBestFit, rowLengthFor } from '../data/packing/pack.ts';
import type { PackedRow } from '../data/packing/packed-row.ts';
import { UserError } from '../errors.ts';
import { type Corpus, documentAt } from './corpus.ts';

export interface BatchShape {
  /** Documents of one optimizer step. */
  readonly documents: number;
  /** Tokens that a document may have, its end included. */
  readonly longest: number;
}

/**
 * Rows of step `step`: documents `step * documents` and on. They are as long as the step's longest document needs, since
 * attention looks at whole rows. Throws UserError for a document that is too long.
 */
export function batchAt(
  corpus: Corpus,
  { documents, longest }: BatchShape,
  tokenizer: Tokenizer,
  end: number,
  step: number,
): PackedRow[] {
  const encoded = Array.from({ length: documents }, (_, at) => [
    ...tokenizer.encode(documentAt(corpus, step * documents + at)),
    end,
  ]);
  const lengths = encoded.map((ids) => ids.length);
  const long = lengths.findIndex((length) => length > longest);
  if (long >= 0)
    throw new UserError(
      `document ${step * documents + long} has ${lengths[long]} tokens, more than ${longest}`,
      { remedy: 'Raise training.max_length and start again.' },
    );
  const rowLength = rowLengthFor(Math.max(...lengths));
  return packBestFit([...encoded.keys()], lengths, rowLength).map((bin) =>
    packedRow(
      bin.map((at) => encoded[at]!),
      rowLength,
    ),
  );
}

function packedRow(examples: readonly (readonly number[])[], rowLength: number): PackedRow {
  const ids = new Int32Array(rowLength);
  const positions = new Int32Array(rowLength);
  const segments = new Int32Array(rowLength).fill(-1);
  const supervised = new Uint8Array(rowLength);
  let at = 0;
  for (const [segment, example] of examples.entries()) {
    for (const [position, id] of example.entries()) {
      ids[at] = id;
      positions[at] = position;
      segments[at] = segment;
      // Nothing stands before a document's first token that it could be predicted from.
      supervised[at] = position === 0 ? 0 : 1;
      at++;
    }
  }
  return { ids, positions, segments, supervised };
}
