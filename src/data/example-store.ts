/** Rendered rows of a source by number, on the disk when they are many: each is rendered once, however often it is used. */
import { type ByteSpill, openByteSpill } from '../platform/spill.ts';
import type { Example } from './load-source.ts';

/** Bytes of rendered rows that are kept in memory: 6 million tokens. */
const MEMORY = 32 * 1024 * 1024;

/** Row, learned tokens; then ids (four bytes each) and the mask (one byte each). */
const HEAD = 8;
const TOKEN = 5;

/** What is known of a row: nothing, that it was rendered, that it came to nothing, or from 3 on the place of its example. */
const RENDERED = 1;
const NOTHING = 2;
const KEPT = 3;

export class ExampleStore {
  readonly #known: Uint32Array;
  readonly #spill: ByteSpill;

  /** `size`: rows of the source; `memory`: bytes before they go to the disk, 32 MiB by default. */
  constructor(size: number, memory: number = MEMORY) {
    this.#known = new Uint32Array(size);
    this.#spill = openByteSpill({ memory });
  }

  /** Whether a row was rendered before, kept or not. */
  seen(index: number): boolean {
    return this.#known[index] !== 0;
  }

  /** Undefined for a row that is not kept, null for one that came to nothing. */
  get(index: number): Example | null | undefined {
    const known = this.#known[index]!;
    if (known < NOTHING) return undefined;
    return known === NOTHING ? null : fromBytes(this.#spill.read(known - KEPT));
  }

  /** `keep: false` notes only that the row was rendered. */
  set(index: number, example: Example | null, keep: boolean): void {
    if (example === null) this.#known[index] = NOTHING;
    else if (!keep) this.#known[index] = RENDERED;
    else {
      this.#known[index] = KEPT + this.#spill.size;
      this.#spill.append(toBytes(example));
    }
  }

  close(): void {
    this.#spill.close();
  }
}

function toBytes({ row, learns, ids, supervised }: Example): Uint8Array {
  const bytes = new Uint8Array(HEAD + TOKEN * ids.length);
  new Uint32Array(bytes.buffer, 0, 2).set([row, learns]);
  new Int32Array(bytes.buffer, HEAD, ids.length).set(ids);
  bytes.set(supervised, HEAD + 4 * ids.length);
  return bytes;
}

function fromBytes(bytes: Uint8Array): Example {
  const { buffer } = bytes;
  const tokens = (bytes.length - HEAD) / TOKEN;
  const [row, learns] = new Uint32Array(buffer, 0, 2) as unknown as [number, number];
  return {
    row,
    ids: new Int32Array(buffer as ArrayBuffer, HEAD, tokens),
    supervised: bytes.subarray(HEAD + 4 * tokens),
    learns,
  };
}
