/** Work of which nothing is kept when it is interrupted. */
import { Interrupted } from '../errors.ts';
import { onInterrupt } from '../platform/signals.ts';
import { commandAgain } from './invocation.ts';

/**
 * Does `work`, whose signal a first Ctrl-C aborts; whatever it throws then is the interruption (`Interrupted`). `writes`:
 * false for a command that only looks.
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { writes = true }: { readonly writes?: boolean } = {},
): Promise<T> {
  const abort = new AbortController();
  const release = onInterrupt(() => abort.abort());
  try {
    return await work(abort.signal);
  } catch (error) {
    throw abort.signal.aborted ? new Interrupted(commandAgain(), { kept: false, writes }) : error;
  } finally {
    release();
  }
}
