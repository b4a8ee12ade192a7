/** Waits for someone at the terminal to end what is on show: the key q, Ctrl-C, or a signal. */
import { holdSignals } from './signals.ts';

/** Ctrl-C and Ctrl-D as a terminal in raw mode sends them. */
const QUIT = new Set(['q', 'Q', '\u0003', '\u0004']);

/**
 * Resolves at q, Ctrl-C or Ctrl-D, at SIGINT or SIGTERM, and when the terminal goes away. Without a terminal to read
 * from only signals count. The terminal is as before afterwards.
 */
export async function untilQuit(): Promise<void> {
  const { stdin } = process;
  const reads = stdin.isTTY === true;
  await new Promise<void>((done) => {
    const onKeys = (keys: Buffer): void => {
      if ([...keys.toString()].some((key) => QUIT.has(key))) end();
    };
    const end = (): void => {
      release();
      if (reads) {
        stdin.off('data', onKeys).off('end', end).off('error', end);
        stdin.setRawMode(false);
        stdin.pause();
      }
      done();
    };
    const release = holdSignals(end);
    if (!reads) return;
    stdin.setRawMode(true);
    stdin.on('data', onKeys).on('end', end).on('error', end);
    stdin.resume();
  });
}
