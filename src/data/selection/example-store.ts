/** Rendered rows of a source by number, on the disk when they are many: each is rendered once, however often it is used. */
import { type ByteSpill, openByteSpill } from '../../platform/spill.ts';
import type { Example } from '../load-source.ts';
import type { ExampleAnswer } from '../render/example-answers.ts';

/** Bytes of rendered rows that are kept in memory: 6 million tokens. */
const MEMORY = 32 * 1024 * 1024;

/**
 * The row's number, the number of its examples and that of all their answers; of each example the tokens, the learned
 * ones, its answers, what it is (`truncated`, `expanded`) and what it tells of its row; of each answer its two ends and
 * what it is: four bytes each. Then the ids of all (four each) and their masks (one each).
 */
const HEAD = 3;
const EXAMPLE = 6;
const ANSWER = 3;
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

const headOf = (examples: number, answers: number): number => HEAD + EXAMPLE * examples + ANSWER * answers;

/** The first flag is the lowest bit. */
const bits = (flags: readonly boolean[]): number =>
  flags.reduce((sum, flag, index) => sum + (flag ? 1 << index : 0), 0);
const bit = (flags: number, index: number): boolean => ((flags >> index) & 1) === 1;

function toBytes(examples: readonly Example[]): Uint8Array {
  const tokens = examples.reduce((sum, { ids }) => sum + ids.length, 0);
  const answers = examples.flatMap((example) => example.answers);
  const heads = 4 * headOf(examples.length, answers.length);
  const bytes = new Uint8Array(heads + TOKEN * tokens);
  new Uint32Array(bytes.buffer, 0, heads / 4).set([
    ...[examples[0]!.row, examples.length, answers.length],
    ...examples.flatMap(
      ({ ids, learns, answers: own, truncated, expanded, rewritten, overlongAnswers }): number[] => [
        ...[ids.length, learns, own.length, bits([truncated, expanded])],
        ...[rewritten, overlongAnswers],
      ],
    ),
    ...answers.flatMap(({ from, to, stops, straddled, promptDiffers, inserted }): number[] => {
      return [from, to, bits([stops, straddled, promptDiffers, inserted])];
    }),
  ]);
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
  const [row, count, answers] = new Uint32Array(buffer, 0, HEAD) as unknown as [number, number, number];
  const heads = 4 * headOf(count, answers);
  const facts = new Uint32Array(buffer, 0, heads / 4);
  const tokens = (bytes.length - heads) / TOKEN;
  let place = 0;
  let said = HEAD + EXAMPLE * count;
  return Array.from({ length: count }, (_, which): Example => {
    const at = HEAD + EXAMPLE * which;
    const [length, learns, own, flags] = facts.subarray(at, at + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    const from = place;
    place += length;
    const first = said;
    said += ANSWER * own;
    const masks = heads + 4 * tokens + from;
    return {
      row,
      ids: new Int32Array(buffer, heads + 4 * from, length),
      supervised: bytes.subarray(masks, masks + length),
      learns,
      answers: Array.from({ length: own }, (_, answer) => answerAt(facts, first + ANSWER * answer)),
      truncated: bit(flags, 0),
      expanded: bit(flags, 1),
      rewritten: facts[at + 4]!,
      overlongAnswers: facts[at + 5]!,
    };
  });
}

function answerAt(facts: Uint32Array, at: number): ExampleAnswer {
  const flags = facts[at + 2]!;
  return {
    from: facts[at]!,
    to: facts[at + 1]!,
    stops: bit(flags, 0),
    straddled: bit(flags, 1),
    promptDiffers: bit(flags, 2),
    inserted: bit(flags, 3),
  };
}
