import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { hostileFiles, peakMemory } from '../../../test/support/hostile-files.ts';

const { said } = hostileFiles();

describe('Parquet', () => {
  const whole = Buffer.from(
    parquetWriteBuffer({
      columnData: [
        {
          name: 'question',
          data: Array.from({ length: 500 }, (_, i) => `What is ${i} + 1?`),
          type: 'STRING',
        },
        {
          name: 'score',
          data: Array.from({ length: 500 }, (_, i) => (i % 3 ? i / 7 : Number.NaN)),
          type: 'DOUBLE',
        },
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
        new RegExp(
          `^${name}: Cannot read this Parquet file: .*\\n {2}It is damaged or cut short: fetch it again\\.$`,
        ),
      );
    }
  });

  test('any one byte of the footer changed is an error of the user or harmless, never a crash', async () => {
    const footer = whole.length - 8 - whole.readUInt32LE(whole.length - 8);
    for (let at = footer; at < whole.length; at += 3) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0x41;
      expect(await said('changed.parquet', changed)).toMatch(/^\d+ rows$|^changed\.parquet: /);
    }
    expect(peakMemory()).toBeLessThan(1500);
  });
});
