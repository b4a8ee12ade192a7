// `carryover start` from its sources, for a study other than the one in the box: a small one, made by a test.
import { run } from '../src/cli/main.ts';
import { startOf } from '../src/cli/start.ts';

const [study = '', ...options] = process.argv.slice(2);
process.argv.splice(2, 1, 'start');
await run(['start', ...options], [startOf(study)]);
