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

/**
 * The cache grows by so many slots: few, so that rows which end early never take the memory of `maxTokens`, and that
 * attention reads little that is empty. In small models reading the cache is half of a step; where it is less, copying
 * it seldom counts for more.
 */
export function growth(parameters: number): number {
  return parameters < SMALL ? 32 : 64;
}

/** Below this most operators are shorter than the wake-up of a thread. */
const SMALL = 20e6;

/**
 * Settings of the session. Threads that wait for the next operator by spinning take as much processor time as the work
 * itself when operators are short, and on a busy machine they take it from the thread they wait for. Processor time of a
 * step of 128 rows at 1 million parameters on a busy machine: 12 ms on one thread, 17 to 29 on two that spin, 12 to 13.5
 * on two that spin for 30 microseconds. On two idle cores full spinning is the fastest; how near this comes is not known.
 */
export function sessionConfig(parameters: number): Readonly<Record<string, string>> {
  return parameters < SMALL ? { 'session.intra_op.spin_duration_us': '30' } : {};
}
