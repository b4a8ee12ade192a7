import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HubSource } from '../source-spec.ts';
import { splitFiles } from './split-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-split-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function of(
  source: Omit<HubSource, 'dataset'>,
  files: Record<string, string> | string[],
): Promise<string> {
  const contents = Array.isArray(files) ? Object.fromEntries(files.map((file) => [file, ''])) : files;
  for (const [path, content] of Object.entries(contents)) {
    const file = join(folder, 'datasets/org/name', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return splitFiles({ dataset: 'org/name', ...source }, { env: { CARRYOVER_HUB: folder } }).then(
    ({ paths, licence }) => [...paths, ...(licence ? [licence] : [])].join(' '),
    String,
  );
}

const CARD = `---
license: apache-2.0
configs:
- config_name: a
  data_files:
  - split: train
    path: [one/*.parquet, two/x.parquet]
  - split: test
    path: one/t.jsonl
- config_name: b
  data_files: rows.json
---
# Text`;

describe('what the README declares', () => {
  const files = {
    'README.md': CARD,
    'one/1.parquet': '',
    'one/2.parquet': '',
    'one/t.jsonl': '',
    'two/x.parquet': '',
    'rows.json': '',
  };
  test.each([
    [{ config: 'a' }, 'one/1.parquet one/2.parquet two/x.parquet apache-2.0'],
    [{ config: 'a', split: 'test' }, 'one/t.jsonl apache-2.0'],
    [{ config: 'b' }, 'rows.json apache-2.0'],
    // Without a split's name they are for training: the test split is looked for by name, and is another file.
    [
      { config: 'b', split: 'test' },
      expect.stringContaining('No file of org/name looks like org/name b test.'),
    ],
    [{ files: 'two/*' }, 'two/x.parquet apache-2.0'],
  ])('%j', async (source, expected) => {
    expect(await of(source, files)).toEqual(expected);
  });

  test('several licences', async () => {
    const card = '---\nlicense:\n- mit\n- cc-by-4.0\n---\n';
    expect(await of({}, { 'README.md': card, 'train.jsonl': '' })).toBe('train.jsonl mit, cc-by-4.0');
  });
});

describe('what the names say', () => {
  test.each([
    [
      { config: 'main' },
      [
        'main/train-00000-of-00002.parquet',
        'main/train-00001-of-00002.parquet',
        'main/test-0.parquet',
        'socratic/train-0.parquet',
      ],
      'main/train-00000-of-00002.parquet main/train-00001-of-00002.parquet',
    ],
    [{ split: 'validation' }, ['folio-train.jsonl', 'folio-validation.jsonl'], 'folio-validation.jsonl'],
    [{ config: 'default' }, ['data/train.json'], 'data/train.json'],
    [{}, ['everything.jsonl', 'LICENSE'], 'everything.jsonl'],
  ])('%j %j', async (source, files, expected) => {
    expect(await of(source, files)).toBe(expected);
  });
});

test('a choice that is the user’s, and nothing that fits', async () => {
  expect(await of({}, ['a/train.jsonl', 'b/train.jsonl'])).toMatchInlineSnapshot(`
    "org/name train is in several folders: a/, b/.
      State the config (the folder’s name), or the files: on the command line org/name:FOLDER/*.parquet, in a study files: FOLDER/*.parquet."
  `);
  expect(await of({ split: 'test' }, [])).toMatchInlineSnapshot(`
    "org/name has no split "test": there is train.
      Name the files: on the command line org/name:PATH, in a study files: PATH. Data files there: a/train.jsonl, b/train.jsonl."
  `);
});

test('what may be meant is proposed, and never the file of another split', async () => {
  const files = ['main/train.parquet', 'main/test.parquet', 'extra/test.parquet'];
  const said = async (source: Omit<HubSource, 'dataset'>) => await of(source, files);
  expect([
    await said({ config: 'main', split: 'tset' }),
    await said({ config: 'mian', split: 'test' }),
    await said({ config: 'extra' }),
    await said({ config: 'main', split: 'nosuch' }),
  ]).toMatchInlineSnapshot(`
    [
      "org/name main has no split "tset": there is train, test.
      Did you mean test? Name the files: on the command line org/name:PATH, in a study files: PATH. Data files there: main/test.parquet, main/train.parquet.",
      "No file of org/name looks like org/name mian test.
      Did you mean main? Name the files: on the command line org/name:PATH, in a study files: PATH. Data files there: extra/test.parquet, main/test.parquet, main/train.parquet.",
      "org/name extra has no split "train": there is test.
      Name the files: on the command line org/name:PATH, in a study files: PATH. Data files there: extra/test.parquet.",
      "org/name main has no split "nosuch": there is train, test.
      Name the files: on the command line org/name:PATH, in a study files: PATH. Data files there: main/test.parquet, main/train.parquet.",
    ]
  `);
  // Names of a README's own are told as it has them.
  const card = CARD.replace('split: train', 'split: train_sft');
  expect(await of({ config: 'a', split: 'dev' }, { 'README.md': card, 'one/t.jsonl': '' })).toContain(
    'org/name a has no split "dev": there is train_sft, test.',
  );
  expect(await of({ config: 'b', split: 'tests' }, { 'README.md': CARD, 'one/t.jsonl': '' })).toContain(
    'Did you mean test?',
  );
});

test('a split file of which a part is missing, unless the source names the part itself', async () => {
  const part = 'data/train-00001-of-00002.parquet';
  expect(await of({}, [part])).toMatchInlineSnapshot(`
    "The dataset org/name has data/train-00001-of-00002.parquet but not data/train-00000-of-00002.parquet.
      A part of the data must not pass for the whole: complete the copy."
  `);
  expect(await of({ files: 'data/train-00001-*' }, [part])).toBe(part);
});
