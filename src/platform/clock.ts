/** The only clock. Results never hold a time; progress, events and estimates do. */
import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds since 1970. */
export function now(): number {
  return Date.now();
}

/** Milliseconds since an arbitrary start; never goes backwards. */
export function monotonic(): number {
  return performance.now();
}

/** Resolves after `milliseconds`; rejects when the signal aborts first. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, signal ? { signal } : {});
}
