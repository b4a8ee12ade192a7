import { expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';

it.each([['--no-serve'], ['--json']])('refuses a port with %s: nothing would be served', async (flag) => {
  const { code, error } = await carryover('start', '--port', '4000', flag);
  expect([code, error]).toEqual([2, `--port has no effect with ${flag}\n  Give one of them.\n`]);
});
