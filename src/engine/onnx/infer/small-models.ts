/**
 * What is done otherwise for small models, whose time goes into starting operators instead of arithmetic. Functions of
 * the model alone, so that units of work, and with them the last bits of results, are the same on every machine.
 */

/** From so many parameters on, reading the weights is most of a step, and a batch of `ROWS` hides the rest. */
const LARGE = 100e6;
const ROWS = 32;
/** More gain nothing: at 1 million parameters a token costs the same in 64, 128 and 256 rows. */
const MOST_ROWS = 128;

/** Texts written side by side; the cache's budget may allow fewer. */
export function rowsAtOnce(parameters: number): number {
  return Math.min(MOST_ROWS, ROWS * Math.max(1, Math.floor(LARGE / Math.max(1, parameters))));
}

/** Below this most operators are shorter than the wake-up of a thread. */
const SPINNING_PAYS = 20e6;

/**
 * Settings of the session. Threads that wait for the next operator by spinning take as much processor time as the work
 * itself when operators are short (a step of 32 rows at 1 million parameters: 3.9 ms on one thread, 7.1 to 8.6 on two
 * that spin, 3.8 to 4.2 on two that sleep), and on a busy machine they take it from the thread they wait for.
 */
export function sessionConfig(parameters: number): Readonly<Record<string, string>> {
  return parameters < SPINNING_PAYS ? { 'session.intra_op.allow_spinning': '0' } : {};
}
