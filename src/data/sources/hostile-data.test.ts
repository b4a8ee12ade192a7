import { chmod, mkdir, open, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { hostileFiles, peakMemory } from '../../../test/support/hostile-files.ts';
import { frameHeader, rawZstd, repeatedZstd } from '../../../test/support/zstd-frames.ts';
import { UserError } from '../../errors.ts';
import type { HubSource } from '../source-spec.ts';
import { openSource } from './open-source.ts';

/** Files that are wrong, damaged or made to harm: each ends in an error that says what, where and how to mend it. */

const { read, said, path } = hostileFiles();

const MIB = 1024 * 1024;

describe('text that is nearly right', () => {
  test.each([
    ['bom.jsonl', '\ufeff{"a": 1}\r\n{"a": 2}\r\n', '2 rows'],
    ['lines.json', '[\r\n{"a": 1},\r\n{"a": 2}\r\n]\r\n', '2 rows'],
    ['one.json', '\ufeff[{"a": "x]}\\"["}]', '1 rows'],
    ['none.json', ' [ ] ', '0 rows'],
    ['blank.json', `${' \n'.repeat(200_000)}{"a": 1}\n{"a": 2}\n`, '2 rows'],
    ['blank-array.json', `${' '.repeat(400_000)}[{"a": 1}]`, '1 rows'],
    ['brace.json.zst', rawZstd(`${' '.repeat(128 * 1024 - 1)}{"a": 1}\n{"a": 2}`), '2 rows'],
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
      'blank-object.json': `${'\n'.repeat(5000)}{\n"a": 1}`,
      'brace.json': '{',
      'lines-of-arrays.jsonl': '["q", "a"]\n["r", "b"]\n',
      'lines-of-arrays.json': '["q", "a"]\n["r", "b"]\n',
      'utf16.json': Buffer.from('\ufeff[{"a": 1}]', 'utf16le'),
      'utf16be.jsonl': Buffer.from('\ufeff{"a": 1}\n', 'utf16le').swap16(),
      'unmarked-utf16.csv': Buffer.from('q,a\n1,2\n', 'utf16le'),
      'unmarked-utf16be.json': Buffer.from('[{"a": 1}]', 'utf16le').swap16(),
      'utf32.jsonl': Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0, 0x7d, 0, 0, 0]),
      'only-zeros.jsonl': Buffer.alloc(100),
      'mark.jsonl': '\ufeff',
      'mark.json': '\ufeff',
      'mark.csv': '\ufeff',
      'blank.jsonl': ' \n\n',
      'blank.csv': '\n\n',
      'header.csv': 'q,a\n',
      'returns.jsonl': '{"a": 1}\r{"a": 2}\r',
      'utf16.csv': Buffer.from('\ufeffq,a\n1,2\n', 'utf16le'),
      'latin1.jsonl': Buffer.from(
        '{"a": "\ufffd is real"}\n{"a": "caf\xe9"}\n'.replace('\ufffd', '?'),
        'latin1',
      ),
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
    expect(all.join('\n')).toMatchInlineSnapshot(`
      "nan.jsonl:2:11: Not valid JSON: Unexpected token 'N'.
        JSON has no NaN: write null, or leave the column out (json.dumps(..., allow_nan=False) finds them).
      infinity.json:1:13: Not valid JSON: No number after minus sign.
        JSON has no Infinity: write null, or leave the column out (json.dumps(..., allow_nan=False) finds them).
      twice.jsonl:2:33: The key "b" is there twice in one object.
        Only one of the values can be meant: remove the other.
      array.jsonl:1: This is a JSON array, not one object a line.
        Give the file a name that ends in .json: then its elements are the rows.
      one-line-array.jsonl:1: This is a JSON array, not one object a line.
        Give the file a name that ends in .json: then its elements are the rows.
      object.json:1: The file holds one JSON object that is not an array of rows.
        Write an array of objects, or one object a line.
      trailing.json:1:11: Not valid JSON: an element should follow, not "]".
        Write one array of objects, or one object a line.
      no-comma.json:2:2: Not valid JSON: a comma or the end of the array should follow, not "{".
        Write one array of objects, or one object a line.
      two-arrays.json:2:1: Not valid JSON: nothing should follow the end of the array, not "[".
        Write one array of objects, or one object a line.
      cut.json:3: The file ends inside its array.
        It was cut short: fetch or write it again.
      cut-inside.json:2:13: Not valid JSON: Unterminated string.
        Mend the file at this place.
      word.json:1:1: Not valid JSON: an array should begin, not "n".
        Write one array of objects, or one object a line.
      mixed.jsonl:2:1: Not valid JSON: Unexpected token 'q'.
        Each line must hold one JSON object, such as {"question": "...", "answer": "..."}.
      blank-object.json:5001: The file holds one JSON object that is not an array of rows.
        Write an array of objects, or one object a line.
      brace.json:1:2: Not valid JSON: Expected property name or '}'.
        Each line must hold one JSON object, such as {"question": "...", "answer": "..."}.
      lines-of-arrays.jsonl:1: This line is valid JSON but an array, whose values have no names.
        Each line must hold one JSON object, such as {"question": "...", "answer": "..."}.
      lines-of-arrays.json:1:2: Element 1 of the array is not an object.
        Every element must be one object, such as {"question": "...", "answer": "..."}.
      utf16.json:1: This is UTF-16, as spreadsheets and PowerShell write it, not UTF-8.
        Save the file as UTF-8.
      utf16be.jsonl:1: This is UTF-16, as spreadsheets and PowerShell write it, not UTF-8.
        Save the file as UTF-8.
      unmarked-utf16.csv:1: This is UTF-16, as spreadsheets and PowerShell write it, not UTF-8.
        Save the file as UTF-8.
      unmarked-utf16be.json:1: This is UTF-16, as spreadsheets and PowerShell write it, not UTF-8.
        Save the file as UTF-8.
      utf32.jsonl:1: This is UTF-32, not UTF-8.
        Save the file as UTF-8.
      only-zeros.jsonl:1: The file begins with zeros, not with text.
        A disk that was full or a machine that stopped leaves such files: make it again.
      0 rows
      mark.json: The file holds nothing but white space.
        Write one array of objects, or one object a line.
      0 rows
      0 rows
      0 rows
      0 rows
      returns.jsonl:1:10: Not valid JSON: Unexpected non-whitespace character after JSON.
        This line holds carriage returns: if they are the line ends, as on old Macs, write line feeds in their place.
      utf16.csv:1: This is UTF-16, as spreadsheets and PowerShell write it, not UTF-8.
        Save the file as UTF-8.
      latin1.jsonl:2:11: The bytes here are not UTF-8.
        Save the file as UTF-8.
      latin1.json:2:11: The bytes here are not UTF-8.
        Save the file as UTF-8.
      empty.jsonl: This file is empty (0 bytes).
        A download or a disk that was full leaves such files: make it again.
      empty.parquet: This file is empty (0 bytes).
        A download or a disk that was full leaves such files: make it again.
      empty.json.gz: This file is empty (0 bytes).
        A download or a disk that was full leaves such files: make it again.
      not.jsonl.gz: This is no gzip data: incorrect header check.
        Fetch it again, or correct the ending of its name.
      not.jsonl.zst: This is no zstd data.
        Fetch it again, or correct the ending of its name.
      cut.jsonl.gz: The compressed file ends too early.
        It was cut short: fetch it again.
      cut.jsonl.zst: The compressed file ends too early.
        It was cut short: fetch it again.
      open-quote.csv:3: Not valid CSV: Quote Not Closed: the parsing is finished with an opening quote.
        Every row needs as many cells as the first line names columns; cells with commas, quotes or line breaks stand in quotes, and a quote in them is doubled."
    `);
  });

  test('a replacement character of the file’s own is no fault; the fault after it has the right column', async () => {
    const bytes = Buffer.concat([Buffer.from('{"a": "\ufffd'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(await said('replaced.jsonl', bytes)).toContain(
      'replaced.jsonl:1:9: The bytes here are not UTF-8.',
    );
    expect(await said('replacement.jsonl', '{"a": "\ufffd"}')).toBe('1 rows');
  });

  test('nested deeper than calls may be', async () => {
    expect(await said('deep.jsonl', `{"a": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`)).toBe('1 rows');
  });
});

describe('files that are none', () => {
  test('a folder, a loop of links, a device, a missing file', async () => {
    await mkdir(path('rows.jsonl'));
    await writeFile(path('rows.jsonl', 'part.jsonl'), '{}');
    await symlink('loop-b.jsonl', path('loop-a.jsonl'));
    await symlink('loop-a.jsonl', path('loop-b.jsonl'));
    await symlink('/dev/zero', path('zeros.jsonl'));
    const all: string[] = [];
    for (const file of ['rows.jsonl', 'loop-a.jsonl', 'zeros.jsonl', 'gone.jsonl', 'gone/x.jsonl'])
      all.push(await read({ file }));
    expect(all.join('\n')).toMatchInlineSnapshot(`
      "rows.jsonl: This is a folder, not a data file.
        Name one of its files: it has part.jsonl.
      loop-a.jsonl: This is a link that leads to itself.
        Name the file that it should lead to.
      zeros.jsonl: This is a pipe or a device, not a file.
        Rows are read more than once: write them to a file first, and name it.
      gone.jsonl: There is no such data file.
        Looked for FOLDER/gone.jsonl. A path is relative to the file that names it, or to the current folder on the command line.
      gone/x.jsonl: There is no such data file.
        Looked for FOLDER/gone/x.jsonl. A path is relative to the file that names it, or to the current folder on the command line."
    `);
  });

  test('a file that may not be read', async () => {
    const file = path('secret.jsonl');
    await writeFile(file, '{"a": 1}\n', { mode: 0o000 });
    // The superuser may read everything: for the moment of the test we are nobody.
    const isRoot = process.geteuid?.() === 0;
    await chmod(path(), 0o755);
    if (isRoot) process.seteuid?.(65534);
    try {
      expect(await read({ file: 'secret.jsonl' })).toMatchInlineSnapshot(`
        "secret.jsonl: You may not read this file.
          Change its permissions (chmod +r)."
      `);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });
});

describe('files that change', () => {
  const opened = async (name: string) => {
    await writeFile(path(name), '{"a": 1}\n{"a": 2}\n');
    return openSource({ file: name }, { baseFolder: path() });
  };

  test('between reading and hashing, and while they are read', async () => {
    const source = await opened('grows.jsonl');
    for await (const _ of source.rows());
    await writeFile(path('grows.jsonl'), '{"a": 1}\n{"a": 2}\n{"a": 3}\n');
    await expect(source.facts()).rejects.toThrow('The file changed');
    await expect(source.rows().next()).resolves.toMatchObject({ value: { row: 1 } });
    const other = await opened('goes.jsonl');
    await rm(path('goes.jsonl'));
    await expect(other.facts()).rejects.toThrow('The file changed, or went away');
    await expect(other.rows().next()).rejects.toThrow(UserError);
  });

  test('left alone they may be read again', async () => {
    const source = await opened('stays.jsonl');
    for (let time = 0; time < 2; time++) for await (const _ of source.rows());
    expect(await source.facts()).toMatchObject([{ file: 'stays.jsonl', bytes: 18 }]);
  });
});

describe('names that would lead elsewhere', () => {
  test('in an id, a revision and a pattern', async () => {
    await writeFile(path('outside.jsonl'), '{"secret": 1}\n');
    await mkdir(path('datasets/org/name'), { recursive: true });
    await writeFile(path('datasets/org/name/train.jsonl'), '{"a": 1}\n');
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
    expect(all.join('\n')).toMatchInlineSnapshot(`
      ""org/.." is not a dataset id of the hub.
        An id looks like openai/gsm8k: organisation, slash, name.
      "../../etc" is not a dataset id of the hub.
        An id looks like openai/gsm8k: organisation, slash, name.
      ".." is no revision of a dataset.
        Give a branch, a tag or a commit, such as main.
      "main/../../x" is no revision of a dataset.
        Give a branch, a tag or a commit, such as main.
      "../../../outside.jsonl" is not a path inside a repository of the hub.
        Give the path as the hub shows it, such as main/train-00000-of-00001.parquet.
      "/etc/passwd" is not a path inside a repository of the hub.
        Give the path as the hub shows it, such as main/train-00000-of-00001.parquet.
      org/name has no split "../../../outside": there is train.
        Name the files: on the command line org/name:PATH, in a study files: PATH. Data files there: train.jsonl."
    `);
    expect(await read({ dataset: 'org/name', revision: 'refs/pr/1' })).toBe('1 rows');
  });

  test('in the files that a README declares', async () => {
    const repo = path('datasets/org/liar');
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
      const file = await open(path(name), 'w');
      await file.write(head);
      await file.truncate(1024 * MIB);
      await file.close();
      const [line] = (await read({ file: name })).split('\n');
      expect(line).toBe(
        `${name}:${name.endsWith('.csv') ? 2 : 1}: What begins here is longer than 64 MiB without an end.`,
      );
    }
    expect(peakMemory()).toBeLessThan(1500);
  });

  test('a bomb of gzip and one of zstd: 10 GB of rows, 10 GB of zeros', async () => {
    const lines = gzipSync(`{"a":"${'1'.repeat(1000)}"}\n`.repeat(16 * 1024), { level: 9 });
    const zeros = gzipSync(Buffer.alloc(64 * MIB), { level: 9 });
    const bombs = {
      'lines.jsonl.gz': Buffer.concat(Array<Buffer>(640).fill(lines)),
      'zeros.jsonl.gz': Buffer.concat(Array<Buffer>(160).fill(zeros)),
      'zeros.json.zst': repeatedZstd(0x20, 80_000),
      'window.jsonl.zst': Buffer.concat([frameHeader(31), Buffer.alloc(20)]),
    };
    const all: string[] = [];
    for (const [name, content] of Object.entries(bombs)) all.push(await said(name, content));
    expect(all.join('\n')).toMatchInlineSnapshot(`
      "lines.jsonl.gz: This file decompresses to more than 200 times its size, which no text does.
        It is damaged or made to fill a disk. If you trust it, decompress it and name the result.
      zeros.jsonl.gz: This file decompresses to more than 200 times its size, which no text does.
        It is damaged or made to fill a disk. If you trust it, decompress it and name the result.
      zeros.json.zst: This file decompresses to more than 200 times its size, which no text does.
        It is damaged or made to fill a disk. If you trust it, decompress it and name the result.
      window.jsonl.zst: This zstd file needs a window of 2048 MiB, more than the 128 MiB that are read.
        Decompress it with \`zstd -d --long=31\` and name the result."
    `);
    expect(peakMemory()).toBeLessThan(1500);
  });
});
