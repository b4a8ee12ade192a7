/** Ctrl-C: once asks for a clean stop, twice ends the process. */

/**
 * Calls `onFirst` at the first SIGINT or SIGTERM; a second one ends the process at once with exit code 130.
 * Returns a function that takes the handlers away.
 */
export function onInterrupt(onFirst: () => void): () => void {
  let seen = false;
  const handler = (): void => {
    if (seen) process.exit(130);
    seen = true;
    onFirst();
  };
  process.on('SIGINT', handler);
  process.on('SIGTERM', handler);
  return () => {
    process.off('SIGINT', handler);
    process.off('SIGTERM', handler);
  };
}
