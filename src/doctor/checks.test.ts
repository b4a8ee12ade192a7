import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { line } from '../cli/doctor.ts';
import { CHECKS, runCheck, type Surroundings } from './checks.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-doctor-'));
  await mkdir(join(folder, 'hub/datasets/openai/gsm8k'), { recursive: true });
  await mkdir(join(folder, 'cache'));
  await writeFile(join(folder, 'cache/a'), 'x'.repeat(2 ** 20));
  await writeFile(join(folder, 'file'), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const find = async (name: string, with_: Partial<Surroundings> = {}) => {
  const surroundings = { env: {}, folder, node: process.versions.node, ...with_ };
  return line(name, await runCheck(CHECKS[name]!, surroundings)).replaceAll(folder, 'FOLDER');
};

test('this machine: everything that is needed works', async () => {
  for (const name of ['node', 'onnxruntime', 'processor', 'pyodide', 'python']) {
    expect(await find(name)).toMatch(/^ok /);
  }
});

test('lines and remedies', async () => {
  expect(
    [
      await find('node', { node: '18.20.1' }),
      await find('hub', { env: { CARRYOVER_HUB: join(folder, 'hub') } }),
      await find('hub', { env: { CARRYOVER_HUB: join(folder, 'none') } }),
      await find('hub', { env: { CARRYOVER_HUB: join(folder, 'cache') } }),
      await find('hub', { env: { HF_ENDPOINT: 'http://127.0.0.1:9' } }),
      await find('cache', { env: { CARRYOVER_CACHE: join(folder, 'cache') } }),
      await find('cache', { env: { CARRYOVER_CACHE: join(folder, 'file/below') } }),
      await find('disk', { folder: join(folder, 'file') }),
      line(
        'broken',
        await runCheck(
          async () => {
            throw new Error('cannot open shared object\nstack');
          },
          { env: {}, folder, node: '' },
        ),
      ),
    ].join('\n'),
  ).toMatchInlineSnapshot(`
    "PROBLEM  node         Node 18.20.1, but 20.19 is needed
                          Install Node 20.19 or newer from https://nodejs.org.
    ok       hub          local mirror FOLDER/hub, datasets: 1
    PROBLEM  hub          CARRYOVER_HUB names FOLDER/none, which is not a folder
                          Correct CARRYOVER_HUB or unset it.
    warning  hub          the local mirror FOLDER/cache is empty
                          It should hold datasets/<org>/<name>/<file>.
    warning  hub          http://127.0.0.1:9 cannot be reached (TypeError: fetch failed)
                          Only what is in the cache can be used. Check the network, set HF_ENDPOINT, or set CARRYOVER_HUB to a local mirror.
    ok       cache        FOLDER/cache: 1 files, 1.0 MiB
    PROBLEM  cache        FOLDER/file is a file, not a folder
                          Set CARRYOVER_CACHE to a folder that you may write.
    PROBLEM  disk         FOLDER/file is a file, not a folder
                          Run in a folder that you may write, or name one with --out.
    PROBLEM  broken       does not work: cannot open shared object
                          Reinstall with npm ci."
  `);
});
