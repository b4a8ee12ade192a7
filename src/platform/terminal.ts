/** The terminal: whether there is one, a block of text that is drawn over itself, and plain lines. */
import { createLogUpdate } from 'log-update';
import { monotonic, sleep } from './clock.ts';

/** Whether standard error is a terminal that can redraw; `TERM=dumb` and CI logs cannot. */
export function isLiveTerminal(): boolean {
  const { isTTY, columns } = process.stderr;
  // Some containers give a terminal without a size: nothing can be drawn there.
  return isTTY === true && columns > 0 && process.env['TERM'] !== 'dumb' && !process.env['CI'];
}

/** Whether someone looks at standard output who can end what stays open: a terminal, and not that of a CI job. */
export function isAttended(): boolean {
  return process.stdout.isTTY === true && !process.env['CI'];
}

/** Whether single keys can be read from a terminal. */
export function readsKeys(): boolean {
  return process.stdin.isTTY === true;
}

/** One line on standard error, where people look; standard output is for results. */
export function sayLine(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** One line on standard output. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Text on standard output as it is: a file's content, with the line breaks that it has. */
export function printText(text: string): void {
  process.stdout.write(text);
}

/** 128 + SIGPIPE (13): what a shell reports of a program that writes where nobody reads on. */
const UNREAD = 141;

/**
 * When nobody reads on (`| head`), the process ends without a word, as other tools do. Its exit code is then 141: what a
 * long command was doing is broken off there, which must not look like success.
 */
export function endWhenUnread(): void {
  for (const stream of [process.stdout, process.stderr])
    if (!stream.listeners('error').includes(unread)) stream.on('error', unread);
}

function unread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(UNREAD);
}

export interface LiveBlock {
  /** Draws again soon; called as often as the caller likes. */
  refresh(): void;
  /** Draws a last time and leaves the text standing. */
  close(): void;
}

/** Milliseconds between two drawings when nothing happens (clocks and remaining times go on). */
const TICK = 1000;
/** Milliseconds between two drawings at least. */
const THROTTLE = 100;

/** A block on standard error that is drawn from `draw(now, width)`, `now` in monotonic milliseconds. */
export function liveBlock(draw: (now: number, width: number) => string): LiveBlock {
  const update = createLogUpdate(process.stderr);
  const stop = new AbortController();
  let drawnAt = 0;
  const redraw = (): void => {
    drawnAt = monotonic();
    update(draw(drawnAt, process.stderr.columns ?? 80));
  };
  const tick = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      redraw();
      await sleep(TICK, stop.signal).catch(() => undefined);
    }
  };
  void tick();
  return {
    refresh: () => {
      if (monotonic() - drawnAt >= THROTTLE) redraw();
    },
    close: () => {
      stop.abort();
      redraw();
      update.done();
    },
  };
}

/**
 * Whether standard output shows colours: FORCE_COLOR and NO_COLOR (https://no-color.org) have the word, in this order,
 * then whether it is a terminal that has them.
 */
export function hasColours(): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused } = process.env;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (refused) return false;
  return process.stdout.isTTY === true && process.stdout.hasColors();
}

/** Cells of a line of standard output; 100 where it is no terminal. */
export function outputWidth(): number {
  return process.stdout.columns || 100;
}
