/** What one source gave to a stage. */
import type { LoadedSource } from '../load-source.ts';
import type { Selection } from './selection.ts';

/** What order and packing need of it. */
export interface Chosen {
  readonly source: Pick<LoadedSource, 'name'>;
  readonly selection: Selection;
}

export interface Taken extends Chosen {
  readonly source: LoadedSource;
  /** Supervised tokens of the source's line that are passed over. */
  readonly from: number;
}
