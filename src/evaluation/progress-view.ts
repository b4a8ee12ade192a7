/** How far an evaluation is, for people: one live line in a terminal, a plain line now and then elsewhere. */
import { monotonic } from '../platform/clock.ts';
import { isLiveTerminal, liveBlock, sayLine } from '../platform/terminal.ts';
import type { Progress } from '../study/events.ts';
import { count, counted } from '../text/counts.ts';
import { roughDuration } from '../text/duration.ts';
import type { KeptAnswers } from './run-chunks.ts';

/** Milliseconds of work that needs no view: what is over by then was quick. */
export const QUIET = 2000;

/** Milliseconds between two plain lines. */
const PLAIN_EVERY = 10_000;

export interface EvaluationView {
  readonly show: (progress: Progress) => void;
  /** A line that stays, above the progress. */
  readonly say: (line: string) => void;
  readonly close: () => void;
}

/** `begun`: when the work began and what was done then, where that was before the first that is shown. */
export function evaluationView(begun?: { readonly at: number; readonly done: number }): EvaluationView {
  let first = begun ?? null;
  let latest: Progress | null = null;
  let saidAt = Number.NEGATIVE_INFINITY;
  let closed = false;
  const text = (now: number): string => (latest ? progressLine(latest, first, now) : 'Loading');
  const said: string[] = [];
  const live = isLiveTerminal() ? liveBlock((now) => [...said, text(now)].join('\n')) : null;
  return {
    show: (progress) => {
      const now = monotonic();
      // What a resumed evaluation restores in no time says nothing about its speed.
      if (first === null || progress.tokens === 0) first = { at: now, done: reached(progress) };
      latest = progress;
      if (live) live.refresh();
      else if (now - saidAt >= PLAIN_EVERY) {
        saidAt = now;
        sayLine(text(now));
      }
    },
    say: (line) => {
      said.push(line);
      if (live) live.refresh();
      else sayLine(line);
    },
    close: () => {
      if (closed) return;
      closed = true;
      live?.close();
      if (!live && latest) sayLine(text(monotonic()));
    },
  };
}

/** What an evaluation finds of earlier starts, a line each, and what becomes of it. */
export function keptLines({ kept, elsewhere, total }: KeptAnswers): string[] {
  const lines: string[] = [];
  if (kept === total && total > 0)
    lines.push(`All ${counted(total, 'answer')} are here already: the model is asked nothing.`);
  else if (kept > 0) lines.push(`${counted(kept, 'answer')} of ${count(total)} are here already.`);
  if (elsewhere > 0)
    lines.push(
      `${counted(elsewhere, 'item')} ${elsewhere === 1 ? 'is' : 'are'} asked again although the folder has answers: they were computed beside other items or under other settings (another --limit, other benchmarks), and what is computed together can change an answer.`,
    );
  return lines;
}

/** Answers are finished many at a time; a speed must not wait for that. */
const reached = ({ done, ahead = 0 }: Progress): number => done + ahead;

/** Three digits, of large numbers all of them: `5.00`, `31.3`, `3,130`. */
const rateText = (rate: number): string => (rate >= 1000 ? count(rate) : rate.toPrecision(3));

/**
 * `96 of 300 items (17 more in work)  12.3 items/s  17 s left  2 benchmarks, now arc_challenge`: what the count is of
 * stands first. It counts what an interruption cannot take away any more.
 */
export function progressLine(
  progress: Progress,
  first: { readonly at: number; readonly done: number } | null,
  now: number,
): string {
  // Nobody counts bytes one by one.
  const scale = progress.unit === 'bytes' ? 1e6 : 1;
  const unit = progress.unit === 'bytes' ? 'MB' : progress.unit;
  const { done: kept, ahead = 0, total, note } = progress;
  const done = reached(progress);
  const scaled = (value: number): number => Math.round(value / scale);
  const parts = [`${scaled(kept)} of ${scaled(total)} ${unit}${ahead > 0 ? ` (${ahead} more in work)` : ''}`];
  const seconds = first ? (now - first.at) / 1000 : 0;
  const worked = first ? done - first.done : 0;
  if (worked > 0 && seconds > 0.5) {
    const rate = worked / seconds;
    parts.push(`${rateText(rate / scale)} ${unit}/s`);
    if (done < total) parts.push(`${roughDuration((total - done) / rate)} left`);
  }
  if (note) parts.push(note);
  return parts.join('  ');
}
