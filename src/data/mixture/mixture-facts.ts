/** What a mixture comes to: rows, tokens, epochs, and the shares of its sources along the run. */
import type { ScreenReceipt } from '../overlap/screen.ts';
import type { PlacedExample } from '../packed-file.ts';
import type { Taken } from '../receipt.ts';
import { LONG_BEGINNING } from '../steady-order.ts';
import { type Course, shareBetween } from './course.ts';
import type { BySource } from './mixture.ts';

export interface MixtureSource {
  readonly name: string;
  /** `openai/gsm8k main train`, or the file's name. */
  readonly source: string;
  readonly licence: string | null;
  /** Rows that the source has. */
  readonly rows: number;
  /** Of these, how many were left out for what an earlier row says; where duplicates were looked for. */
  readonly duplicates?: Omit<ScreenReceipt['duplicates'], 'first'>;
  /** Rows used, one used in two epochs counted twice. */
  readonly used: number;
  /** Rows used for each row that may be drawn. */
  readonly epochs: number;
  readonly tokens: number;
  readonly supervisedTokens: number;
  /** Of the supervised tokens of the mixture, 0 to 1. */
  readonly share: number;
}

/** Shares of the supervised tokens in one stretch of the run, `from` to `to` of it, as they are and as asked for. */
export interface MixtureStretch {
  readonly from: number;
  readonly to: number;
  readonly shares: BySource;
  readonly asked: BySource;
}

export interface MixtureFacts {
  readonly rows: number;
  readonly tokens: number;
  readonly supervisedTokens: number;
  readonly sources: readonly MixtureSource[];
  readonly stretches: readonly MixtureStretch[];
  /**
   * The greatest distance between a source's share and the share asked for, 0 to 1, over all beginnings of at least
   * 50,000 supervised tokens; null for a shorter mixture.
   */
  readonly furthest: number | null;
}

const STRETCHES = 10;

/** The examples of a row stand side by side in the order of their source. */
function usedRows(examples: readonly { readonly row: number; readonly epoch: number }[]): number {
  return examples.filter(({ row, epoch }, at) => {
    const before = examples[at - 1];
    return before?.row !== row || before.epoch !== epoch;
  }).length;
}

/** None where nobody looked. */
function duplicatesOf(screen: Taken['source']['screen']): Pick<MixtureSource, 'duplicates'> {
  if (!screen) return {};
  const { exact, near, across = {} } = screen.receipt().duplicates;
  return { duplicates: { exact, near, across } };
}

/** `examples`: those of `taken` in their order; `course`: as the stage has it. */
export function mixtureFacts(
  taken: readonly Taken[],
  examples: readonly PlacedExample[],
  course: Course | undefined,
): MixtureFacts {
  const whole = total(taken.map(({ selection }) => selection.learns));
  const sources = taken.map(({ source, selection }): MixtureSource => {
    const used = usedRows(selection.examples);
    return {
      name: source.name,
      source: source.opened.title,
      licence: source.opened.licence,
      rows: source.rows,
      ...duplicatesOf(source.screen),
      used,
      epochs: used / source.size,
      tokens: total(selection.examples.map(({ ids }) => ids.length)),
      supervisedTokens: selection.learns,
      share: selection.learns / whole,
    };
  });
  const asked = (from: number, to: number): number[] =>
    sources.map(({ name, share }) => (course ? shareBetween(course, name, from, to) : share));
  const along = givenAlong(examples, sources.length);
  const bySource = (shares: readonly number[]): BySource =>
    Object.fromEntries(sources.map(({ name }, list) => [name, shares[list]!]));
  return {
    rows: total(sources.map(({ used }) => used)),
    tokens: total(sources.map(({ tokens }) => tokens)),
    supervisedTokens: whole,
    sources,
    stretches: Array.from({ length: STRETCHES }, (_, index) => {
      const [from, to] = [index / STRETCHES, (index + 1) / STRETCHES];
      const [before, after] = [givenAt(along, from * whole), givenAt(along, to * whole)];
      const given = after.map((amount, list) => amount - before[list]!);
      return {
        from,
        to,
        shares: bySource(given.map((amount) => amount / total(given))),
        asked: bySource(asked(from, to)),
      };
    }),
    furthest: along.reduce<number | null>((most, given) => {
      const tokens = total(given);
      if (tokens < LONG_BEGINNING) return most;
      const wanted = asked(0, tokens / whole);
      return Math.max(most ?? 0, ...given.map((amount, list) => Math.abs(amount / tokens - wanted[list]!)));
    }, null),
  };
}

/** Supervised tokens given by each source after each example. */
function givenAlong(examples: readonly PlacedExample[], sources: number): number[][] {
  let given = Array.from({ length: sources }, () => 0);
  return examples.map(({ list, learns }) => {
    given = given.map((amount, index) => (index === list ? amount + learns : amount));
    return given;
  });
}

/** What each source has given when so many tokens are given in all, part of an example counted as such. */
function givenAt(along: readonly number[][], tokens: number): number[] {
  const index = along.findIndex((given) => total(given) >= tokens);
  const after = along[index < 0 ? along.length - 1 : index]!;
  const before = along[(index < 0 ? along.length : index) - 1] ?? after.map(() => 0);
  const length = total(after) - total(before);
  const part = length > 0 ? (tokens - total(before)) / length : 0;
  return before.map((amount, list) => amount + part * (after[list]! - amount));
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
