import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import { byASlowClock } from '../../test/support/slow-clock.ts';
import { sha256 } from '../platform/files.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-files-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Text that neither compresses nor repeats. */
const answers = Array.from({ length: 4000 }, (_, row) =>
  ['a', 'b', 'c', 'd', 'e', 'f'].map((part) => sha256(`${row}${part}`)).join(' '),
);
const questions = answers.map((_, row) => `q${row}`);
const lines = answers.map((answer, row) => JSON.stringify({ question: questions[row], answer })).join('\n');

test.each([
  ['rows.jsonl', Buffer.from(lines)],
  ['rows.jsonl.gz', gzipSync(lines)],
  [
    'rows.parquet',
    Buffer.from(
      parquetWriteBuffer({
        columnData: [
          { name: 'question', data: questions },
          { name: 'answer', data: answers },
        ],
      }),
    ),
  ],
])('%s: progress is in bytes of the file, so that nothing is read beforehand', async (name, content) => {
  const input = join(folder, name);
  await writeFile(input, content);
  const { said, code } = await byASlowClock(() =>
    carryover('data', 'dedup', '--near', 'off', '--in', input, '--out', join(folder, `${name}.out.jsonl`)),
  );
  expect(code).toBe(0);
  const shown = [...said.matchAll(/^(\d+) of (\d+) MB (?:.* )?([\d,]+) rows of /gm)];
  const rows = shown.map(([, , , rows]) => Number(rows!.replace(',', '')));
  expect(shown.length).toBeGreaterThan(0);
  expect(rows.at(-1)).toBe(4000);
  for (const [, done, total] of shown) {
    expect(Number(total)).toBe(Math.round(content.length / 1e6));
    expect(Number(done)).toBeLessThanOrEqual(Number(total));
  }
});
