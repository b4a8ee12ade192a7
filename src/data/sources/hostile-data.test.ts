import { mkdir, mkdtemp, open, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { frameHeader, rawZstd, repeatedZstd } from '../../../test/support/zstd-frames.ts';
import { UserError } from '../../errors.ts';
import type { HubSource } from '../source-spec.ts';
import { openSource } from './open-source.ts';

/** Files that are wrong, damaged or made to harm: each ends in an error that says what, where and how to mend it. */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-hostile-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Reads all of a source; what was wrong with it, or how many rows it has. */
async function read(spec: Parameters<typeof openSource>[0]): Promise<string> {
  let rows = 0;
  try {
    const source = await openSource(spec, { baseFolder: folder, hub: { env: { CARRYOVER_HUB: folder } } });
    for await (const _ of source.rows()) rows++;
    return `${rows} rows`;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.toString().replaceAll(folder, 'FOLDER');
  }
}

async function said(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content);
  return read({ file: name });
}

const MIB = 1024 * 1024;
/** Peak memory of this process in MiB. */
const peak = (): number => process.resourceUsage().maxRSS / 1024;

describe('text that is nearly right', () => {
  test.each([
    ['bom.jsonl', '\ufeff{"a": 1}\r\n{"a": 2}\r\n', '2 rows'],
    ['lines.json', '[\r\n{"a": 1},\r\n{"a": 2}\r\n]\r\n', '2 rows'],
    ['one.json', '\ufeff[{"a": "x]}\\"["}]', '1 rows'],
    ['none.json', ' [ ] ', '0 rows'],
    ['returns.csv', 'q,a\r\n"x\r\ny",1\r\n', '1 rows'],
  ])('%s is read', async (name, content, expected) => {
    expect(await said(name, content)).toBe(expected);
  });

  test('what is refused, with its place and remedy', async () => {
    const cases: Record<string, string | Uint8Array> = {
      'nan.jsonl': '{"a": 1}\n{"score": NaN}\n',
      'infinity.json': '[{"score": -Infinity}]',
      'twice.jsonl': '{"a": 1}\n{"a": {"b": 1, "c": {"b": ":"}, "b": 2}}\n',
      'array.jsonl': '[\n{"a": 1},\n{"a": 2}\n]',
      'one-line-array.jsonl': '[{"a": 1}, {"a": 2}]',
      'object.json': '{\n  "data": [{"a": 1}]\n}',
      'trailing.json': '[{"a": 1},]',
      'no-comma.json': '[{"a": 1}\n {"a": 2}]',
      'two-arrays.json': '[{"a": 1}]\n[{"a": 2}]',
      'cut.json': '[{"a": 1},\n{"a": 2},\n',
      'cut-inside.json': '[{"a": 1},\n{"a": "unend',
      'word.json': 'null',
      'mixed.jsonl': '{"a": 1}\nq,a\n1,2\n',
      'utf16.csv': Buffer.from('\ufeffq,a\n1,2\n', 'utf16le'),
      'latin1.jsonl': Buffer.from('{"a": "\ufffd is real"}\n{"a": "caf\xe9"}\n'.replace('\ufffd', '?'), 'latin1'),
      'latin1.json': Buffer.from('[{"a": 1},\n{"a": "caf\xe9"}]', 'latin1'),
      'empty.jsonl': '',
      'empty.parquet': '',
      'empty.json.gz': '',
      'not.jsonl.gz': '{"a": 1}\n',
      'not.jsonl.zst': '{"a": 1}\n',
      'cut.jsonl.gz': gzipSync('{"a": 1}\n'.repeat(1000)).subarray(0, 30),
      'cut.jsonl.zst': rawZstd('{"a": 1}\n'.repeat(1000)).subarray(0, 3000),
      'open-quote.csv': 'q,a\n"never closed,1\n2,3\n',
    };
    const all: string[] = [];
    for (const [name, content] of Object.entries(cases)) all.push(await said(name, content));
    expect(all.join('\n')).toMatchInlineSnapshot();
  });

  test('a replacement character of the file’s own is no fault; the fault after it has the right column', async () => {
    const bytes = Buffer.concat([Buffer.from('{"a": "\ufffd'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(await said('replaced.jsonl', bytes)).toContain('replaced.jsonl:1:9: The bytes here are not UTF-8.');
    expect(await said('replacement.jsonl', '{"a": "\ufffd"}')).toBe('1 rows');
  });

  test('nested deeper than calls may be', async () => {
    expect(await said('deep.jsonl', `{"a": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`)).toBe('1 rows');
  });
});

describe('files that are none', () => {
  test('a folder, a loop of links, a device, a missing file', async () => {
    await mkdir(join(folder, 'rows.jsonl'));
    await writeFile(join(folder, 'rows.jsonl', 'part.jsonl'), '{}');
    await symlink('loop-b.jsonl', join(folder, 'loop-a.jsonl'));
    await symlink('loop-a.jsonl', join(folder, 'loop-b.jsonl'));
    await symlink('/dev/zero', join(folder, 'zeros.jsonl'));
    const all: string[] = [];
    for (const file of ['rows.jsonl', 'loop-a.jsonl', 'zeros.jsonl', 'gone.jsonl', 'gone/x.jsonl'])
      all.push(await read({ file }));
    expect(all.join('\n')).toMatchInlineSnapshot();
  });

  test('a file that may not be read', async () => {
    const file = join(folder, 'secret.jsonl');
    await writeFile(file, '{"a": 1}\n', { mode: 0o000 });
    // The superuser may read everything: for the moment of the test we are nobody.
    const isRoot = process.geteuid?.() === 0;
    await import('node:fs/promises').then(({ chmod }) => chmod(folder, 0o755));
    if (isRoot) process.seteuid?.(65534);
    try {
      expect(await read({ file: 'secret.jsonl' })).toMatchInlineSnapshot();
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });
});

describe('names that would lead elsewhere', () => {
  test('in an id, a revision and a pattern', async () => {
    await writeFile(join(folder, 'outside.jsonl'), '{"secret": 1}\n');
    await mkdir(join(folder, 'datasets/org/name'), { recursive: true });
    await writeFile(join(folder, 'datasets/org/name/train.jsonl'), '{"a": 1}\n');
    const cases: HubSource[] = [
      { dataset: 'org/..' },
      { dataset: '../../etc' },
      { dataset: 'org/name', revision: '..' },
      { dataset: 'org/name', revision: 'main/../../x' },
      { dataset: 'org/name', files: '../../../outside.jsonl' },
      { dataset: 'org/name', files: '/etc/passwd' },
      { dataset: 'org/name', split: '../../../outside' },
    ];
    const all: string[] = [];
    for (const spec of cases) all.push(await read(spec));
    expect(all.join('\n')).toMatchInlineSnapshot();
    expect(await read({ dataset: 'org/name', revision: 'refs/pr/1' })).toBe('1 rows');
  });

  test('in the files that a README declares', async () => {
    const repo = join(folder, 'datasets/org/liar');
    await mkdir(repo, { recursive: true });
    await writeFile(join(repo, 'train.jsonl'), '{"a": 1}\n{"a": 2}\n');
    await writeFile(
      join(repo, 'README.md'),
      '---\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n    path: ../../../outside.jsonl\n---\n',
    );
    // Only files of the repository are looked at, so that the names decide instead.
    expect(await read({ dataset: 'org/liar' })).toBe('2 rows');
  });
});

describe('larger than the memory', () => {
  test('1 GB without a line feed, in every text format', async () => {
    for (const [name, head] of [
      ['long.jsonl', '{"a": "'],
      ['long.json', '[{"a": "'],
      ['long.csv', 'q,a\n"'],
    ] as const) {
      const file = await open(join(folder, name), 'w');
      await file.write(head);
      await file.truncate(1024 * MIB);
      await file.close();
      const [line] = (await read({ file: name })).split('\n');
      expect(line).toBe(
        `${name}:${name.endsWith('.csv') ? 2 : 1}: What begins here is longer than 64 MiB without an end.`,
      );
    }
    expect(peak()).toBeLessThan(1500);
  });

  test('a bomb of gzip and one of zstd: 10 GB of rows, 10 GB of zeros', async () => {
    const lines = gzipSync('{"a":1}\n'.repeat(2 * MIB), { level: 9 });
    const zeros = gzipSync(Buffer.alloc(64 * MIB), { level: 9 });
    const bombs = {
      'lines.jsonl.gz': Buffer.concat(Array<Buffer>(640).fill(lines)),
      'zeros.jsonl.gz': Buffer.concat(Array<Buffer>(160).fill(zeros)),
      'zeros.json.zst': repeatedZstd(0x20, 80_000),
      'window.jsonl.zst': Buffer.concat([frameHeader(31), Buffer.alloc(20)]),
    };
    const all: string[] = [];
    for (const [name, content] of Object.entries(bombs)) all.push(await said(name, content));
    expect(all.join('\n')).toMatchInlineSnapshot();
    expect(peak()).toBeLessThan(1500);
  });
});

describe('Parquet', () => {
  const whole = Buffer.from(
    parquetWriteBuffer({
      columnData: [
        { name: 'question', data: Array.from({ length: 500 }, (_, i) => `What is ${i} + 1?`), type: 'STRING' },
        { name: 'score', data: Array.from({ length: 500 }, (_, i) => (i % 3 ? i / 7 : Number.NaN)), type: 'DOUBLE' },
        { name: 'note', data: Array.from({ length: 500 }, () => null), type: 'STRING', nullable: true },
      ],
      rowGroupSize: 100,
    }),
  );

  test('nulls and NaN are values of rows', async () => {
    expect(await said('whole.parquet', whole)).toBe('500 rows');
  });

  test('cut short, a wrong footer, no Parquet at all', async () => {
    const wrongLength = Buffer.from(whole);
    wrongLength.writeUInt32LE(0xfffffff0, whole.length - 8);
    const smallLength = Buffer.from(whole);
    smallLength.writeUInt32LE(5, whole.length - 8);
    const cases = {
      'tiny.parquet': 'PAR1',
      'text.parquet': '{"a": 1}\n'.repeat(10),
      'head.parquet': whole.subarray(0, whole.length - 20),
      'length.parquet': wrongLength,
      'small-length.parquet': smallLength,
      'no-data.parquet': Buffer.concat([whole.subarray(0, 4), whole.subarray(1000)]),
    };
    for (const [name, content] of Object.entries(cases)) {
      expect(await said(name, content)).toMatch(
        new RegExp(`^${name}: Cannot read this Parquet file: .*\\n {2}It is damaged or cut short: fetch it again\\.$`),
      );
    }
  });

  test('any one byte changed is an error of the user or harmless, never a crash', async () => {
    for (let at = 0; at < whole.length; at += 7) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0x41;
      expect(await said('changed.parquet', changed)).toMatch(/^\d+ rows$|^changed\.parquet: /);
    }
    expect(peak()).toBeLessThan(1500);
  });
});
