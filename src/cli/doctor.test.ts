import { afterEach, expect, it, vi } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';

afterEach(() => vi.unstubAllEnvs());

it('ends with 0 when there are warnings alone, such as a hub that cannot be reached', async () => {
  vi.stubEnv('CARRYOVER_HUB', '');
  vi.stubEnv('HF_ENDPOINT', 'http://127.0.0.1:9');
  const { out, code } = await carryover('doctor', '--json');
  const { ready, findings } = JSON.parse(out);
  expect([code, ready, findings.hub.state]).toEqual([0, true, 'warning']);
});

it('ends with 1 when something that was asked for is not there', async () => {
  vi.stubEnv('CARRYOVER_HUB', 'no-such-folder');
  const { out, code } = await carryover('doctor', '--json');
  const { ready, findings } = JSON.parse(out);
  expect([code, ready, findings.hub.state]).toEqual([1, false, 'problem']);
});
