/** The three views of a run: a live table, plain lines, or the events themselves as JSON lines. */
import { monotonic } from '../../platform/clock.ts';
import { isLiveTerminal, liveBlock, printLine, sayLine } from '../../platform/terminal.ts';
import type { StudyEvent } from '../events.ts';
import { drawFrame, type ViewRow } from './frame.ts';
import { plainLines } from './plain.ts';
import { advance, EMPTY_VIEW } from './progress-state.ts';

export interface RunDisplay {
  show(event: StudyEvent): void;
  close(): void;
}

/** `json`: events on standard output. Otherwise a live view where the terminal can draw one, else lines. */
export function openDisplay(rows: readonly ViewRow[], options: { readonly json: boolean }): RunDisplay {
  if (options.json) return { show: (event) => printLine(JSON.stringify(event)), close: () => undefined };
  if (!isLiveTerminal()) {
    const lines = plainLines();
    return {
      show: (event) => {
        for (const line of lines.next(event, monotonic())) sayLine(line);
      },
      close: () => undefined,
    };
  }
  let view = EMPTY_VIEW;
  // Until the run has begun there are no steps to count.
  const block = liveBlock((now, width) => (view === EMPTY_VIEW ? '' : drawFrame(view, rows, now, width)));
  return {
    show: (event) => {
      view = advance(view, event, monotonic());
      block.refresh();
    },
    close: () => block.close(),
  };
}
