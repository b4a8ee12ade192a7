/** A clock on which every look at the time takes a second, so that what is shown of long work is shown of short work too. */
import { vi } from 'vitest';

/** Does `work` by that clock. */
export async function byASlowClock<T>(work: () => Promise<T>): Promise<T> {
  let seconds = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => 1000 * seconds++);
  try {
    return await work();
  } finally {
    clock.mockRestore();
  }
}
