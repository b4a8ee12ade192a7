// The command line from its sources, for tests that need it as a process of its own (to kill it, for instance).
import { run } from '../src/cli/main.ts';

await run(process.argv.slice(2));
