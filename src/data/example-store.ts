/** Rendered rows of a source by number, on the disk when they are many: each is rendered once, however often it is used. */
import { type ByteSpill, openByteSpill } from '../platform/spill.ts';
import type { Example } from './load-source.ts';

/** Bytes of rendered rows that are kept in memory: 6 million tokens. */
const MEMORY = 32 * 1024 * 1024;

/**
 * The row's number and the number of its examples (four bytes each); of each example the tokens and the learned ones
 * (four each); then the ids of all (four each) and their masks (one each).
 */
const HEAD = 8;
const EACH = 8;
const TOKEN = 5;

/** What is known of a row: nothing, that it was rendered, that it came to nothing, or from 3 on the place of its examples. */
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

  /** Undefined for a row that is not kept, none for one that came to nothing. */
  get(index: number): readonly Example[] | undefined {
    const known = this.#known[index]!;
    if (known < NOTHING) return undefined;
    return known === NOTHING ? [] : fromBytes(this.#spill.read(known - KEPT));
  }

  /** `keep: false` notes only that the row was rendered. */
  set(index: number, examples: readonly Example[], keep: boolean): void {
    if (examples.length === 0) this.#known[index] = NOTHING;
    else if (!keep) this.#known[index] = RENDERED;
    else {
      this.#known[index] = KEPT + this.#spill.size;
      this.#spill.append(toBytes(examples));
    }
  }

  close(): void {
    this.#spill.close();
  }
}

function toBytes(examples: readonly Example[]): Uint8Array {
  const tokens = examples.reduce((sum, { ids }) => sum + ids.length, 0);
  const heads = HEAD + EACH * examples.length;
  const bytes = new Uint8Array(heads + TOKEN * tokens);
  const sizes = examples.flatMap(({ ids, learns }) => [ids.length, learns]);
  new Uint32Array(bytes.buffer, 0, heads / 4).set([examples[0]!.row, examples.length, ...sizes]);
  let place = 0;
  for (const { ids, supervised } of examples) {
    new Int32Array(bytes.buffer, heads + 4 * place, ids.length).set(ids);
    bytes.set(supervised, heads + 4 * tokens + place);
    place += ids.length;
  }
  return bytes;
}

function fromBytes(bytes: Uint8Array): readonly Example[] {
  const buffer = bytes.buffer as ArrayBuffer;
  const [row, count] = new Uint32Array(buffer, 0, 2) as unknown as [number, number];
  const heads = HEAD + EACH * count;
  const sizes = new Uint32Array(buffer, HEAD, 2 * count);
  const tokens = (bytes.length - heads) / TOKEN;
  let place = 0;
  return Array.from({ length: count }, (_, which): Example => {
    const [from, length, learns] = [place, sizes[2 * which]!, sizes[2 * which + 1]!];
    place += length;
    const masks = heads + 4 * tokens + from;
    return {
      row,
      ids: new Int32Array(buffer, heads + 4 * from, length),
      supervised: bytes.subarray(masks, masks + length),
      learns,
    };
  });
}
