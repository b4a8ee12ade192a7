/**
 * How much time a thread has had for its own work, whatever else the machine did. A thread is named as Linux names it
 * below /proc: `PID/task/THREAD`, or `PID` for the first thread of a process; null where the system tells nothing.
 */
import { readFileSync } from 'node:fs';

interface ThreadTimes {
  /** Milliseconds on a core, and waiting for one, since the thread's start. */
  readonly ran: number;
  readonly waited: number;
}

/** From Linux's scheduler: nanoseconds on a core, nanoseconds waiting for one, turns. Null where nobody tells. */
function threadTimes(thread: string | null): ThreadTimes | null {
  if (thread === null) return null;
  try {
    const [ran, waited] = readFileSync(`/proc/${thread}/schedstat`, 'utf8').split(' ').map(Number);
    return { ran: ran! / 1e6, waited: waited! / 1e6 };
  } catch {
    return null;
  }
}

/** Seconds of processor time the thread has used; null where the system does not tell. */
export function processorTime(thread: string | null): number | null {
  const times = threadTimes(thread);
  return times && times.ran / 1000;
}

/** Longer than this between two looks, and this process itself was stopped or got no core. */
const STALL_MS = 2000;

/** How often a watch must be looked at. */
export const LOOK_MS = 500;

/**
 * A stop watch that runs while the thread runs or sleeps, and stands while it waits for a core or the whole process is
 * stopped, so that a busy machine does not turn answers into timeouts. Returns the milliseconds since its start; call
 * it at least every `LOOK_MS`. Where the system tells nothing of threads it shows the time on the wall.
 */
export function ownTime(thread: string | null): () => number {
  const look = () => ({ wall: performance.now(), times: threadTimes(thread) });
  let spent = 0;
  let last = look();
  return () => {
    const now = look();
    const wall = now.wall - last.wall;
    const ran = (now.times?.ran ?? 0) - (last.times?.ran ?? 0);
    const waited = (now.times?.waited ?? 0) - (last.times?.waited ?? 0);
    spent += wall > STALL_MS ? Math.max(ran, now.times ? 0 : STALL_MS) : Math.max(0, wall - waited);
    last = now;
    return spent;
  };
}
