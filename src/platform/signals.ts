/** Ctrl-C: once asks for a clean stop, twice ends the process. */

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** 128 + SIGINT (2): what a shell reports of an interrupted program. */
const INTERRUPTED = 130;

/** How many pieces of work look after Ctrl-C at the moment. */
let holders = 0;

/**
 * Says until someone else looks after it that Ctrl-C was heard: while the program is loaded, which takes a second or
 * two, and in commands with nothing to keep. Called before anything else is loaded.
 */
export function sayWhenInterrupted(): void {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (holders > 0) return;
      process.stderr.write('Interrupted.\n');
      process.exit(INTERRUPTED);
    });
  }
}

/** Calls `handler` at SIGINT and SIGTERM, alone, until the function that it returns is called. */
export function holdSignals(handler: () => void): () => void {
  holders++;
  for (const signal of SIGNALS) process.on(signal, handler);
  let held = true;
  return () => {
    if (held) holders--;
    held = false;
    for (const signal of SIGNALS) process.off(signal, handler);
  };
}

/**
 * Calls `onFirst` at the first SIGINT or SIGTERM; a second one ends the process at once with exit code 130.
 * Returns a function that takes the handlers away.
 */
export function onInterrupt(onFirst: () => void): () => void {
  let seen = false;
  return holdSignals(() => {
    if (seen) process.exit(INTERRUPTED);
    seen = true;
    onFirst();
  });
}
