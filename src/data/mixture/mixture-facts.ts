/** What a mixture comes to: rows, tokens, epochs, and the shares of its sources along the run. */
import type { ScreenReceipt } from '../overlap/screen.ts';
import { droppedRows, passesOf } from '../receipt/receipt.ts';
import type { Schedule } from '../selection/schedule.ts';
import type { RowFates } from '../selection/selection.ts';
import { LONG_BEGINNING } from '../selection/steady-order.ts';
import type { Taken } from '../selection/taken.ts';
import type { SourceReceipt } from '../stage.ts';
import { sumOf } from '../sum-of.ts';
import { type Course, meanShare, shareBetween } from './course.ts';
import type { BySource } from './mixture.ts';

export interface MixtureSource {
  readonly name: string;
  /** `openai/gsm8k main train`, or the file's name. */
  readonly source: string;
  readonly licence: string | null;
  /** Rows that the source has: those in `dropped` and `kept` together. */
  readonly rows: number;
  /** Of these, the rows left out by reason, and what became of the others, as in a receipt. */
  readonly dropped: SourceReceipt['dropped'];
  readonly kept: RowFates;
  /** Of these, how many were left out for what an earlier row says; where duplicates were looked for. */
  readonly duplicates?: Omit<ScreenReceipt['duplicates'], 'first'>;
  /** Rows used, one used in two epochs counted twice. */
  readonly used: number;
  /** Epochs begun. */
  readonly epochs: number;
  /** Rows used, one used in two epochs counted twice, for each row not left out: those of `kept`. At least so many. */
  readonly passes: number;
  readonly tokens: number;
  readonly supervisedTokens: number;
  /** Of the supervised tokens of the mixture, 0 to 1. */
  readonly share: number;
  /** As asked for: the mean of the course, or, where shares stay, the part, which is met to the token. */
  readonly asked: number;
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

/** None where nobody looked. */
function duplicatesOf(screen: Taken['source']['screen']): Pick<MixtureSource, 'duplicates'> {
  if (!screen) return {};
  const { exact, near, across = {} } = screen.receipt().duplicates;
  return { duplicates: { exact, near, across } };
}

/** `schedule`: the examples of `taken` in their order; `course`: as the stage has it. */
export function mixtureFacts(
  taken: readonly Taken[],
  schedule: Schedule,
  course: Course | undefined,
): MixtureFacts {
  const whole = schedule.supervisedTokens;
  const sources = taken.map(({ source, selection }): MixtureSource => {
    return {
      name: source.name,
      source: source.opened.title,
      licence: source.opened.licence,
      rows: source.rows,
      dropped: droppedRows(source),
      kept: selection.fates,
      ...duplicatesOf(source.screen),
      used: selection.rows,
      epochs: selection.epochs,
      passes: passesOf(selection),
      tokens: selection.tokens,
      supervisedTokens: selection.supervisedTokens,
      share: selection.supervisedTokens / whole,
      asked: course ? meanShare(course, source.name) : selection.supervisedTokens / whole,
    };
  });
  const asked = (from: number, to: number): number[] =>
    sources.map(({ name, share }) => (course ? shareBetween(course, name, from, to) : share));
  /** What each source has given at the ends of the stretches. */
  const ends: (readonly number[])[] = [];
  let furthest: number | null = null;
  for (const { before, after } of givenAlong(schedule, sources.length)) {
    while (ends.length <= STRETCHES && sumOf(after) >= (ends.length / STRETCHES) * whole)
      ends.push(between(before, after, (ends.length / STRETCHES) * whole));
    const tokens = sumOf(after);
    if (tokens < LONG_BEGINNING) continue;
    const wanted = asked(0, tokens / whole);
    furthest = Math.max(
      furthest ?? 0,
      ...after.map((amount, list) => Math.abs(amount / tokens - wanted[list]!)),
    );
  }
  const bySource = (shares: readonly number[]): BySource =>
    Object.fromEntries(sources.map(({ name }, list) => [name, shares[list]!]));
  return {
    rows: sumOf(sources.map(({ used }) => used)),
    tokens: sumOf(sources.map(({ tokens }) => tokens)),
    supervisedTokens: whole,
    sources,
    stretches: Array.from({ length: STRETCHES }, (_, index) => {
      const [from, to] = [index / STRETCHES, (index + 1) / STRETCHES];
      const given = ends[index + 1]!.map((amount, list) => amount - ends[index]![list]!);
      return {
        from,
        to,
        shares: bySource(given.map((amount) => amount / sumOf(given))),
        asked: bySource(asked(from, to)),
      };
    }),
    furthest,
  };
}

interface Given {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Supervised tokens given by each source before and after each example. */
function* givenAlong({ length, lists, learns }: Schedule, sources: number): Generator<Given> {
  let before = Array.from({ length: sources }, () => 0);
  for (let place = 0; place < length; place++) {
    const after = before.slice();
    after[lists[place]!]! += learns[place]!;
    yield { before, after };
    before = after;
  }
}

/** What each source has given when so many tokens are given in all, part of an example counted as such. */
function between(before: readonly number[], after: readonly number[], tokens: number): number[] {
  const part = (tokens - sumOf(before)) / (sumOf(after) - sumOf(before));
  return before.map((amount, list) => amount + part * (after[list]! - amount));
}
