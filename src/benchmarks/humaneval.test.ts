import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { afterAll, describe, expect, it } from 'vitest';
import { closePython } from '../platform/python-worker.ts';
import type { Score } from '../scoring/score.ts';
import type { GenerateItem, Row } from './benchmark.ts';
import { humaneval } from './humaneval.ts';

afterAll(closePython);

const ROW = {
  task_id: 'Test/0',
  prompt: 'def double(x):\n    """ Twice x """\n',
  test: 'def check(candidate):\n    assert candidate(2) == 4\n    assert candidate(-1) == -2\n',
  entry_point: 'double',
};

/** The way of `carryover eval`: the benchmark's own item and its own score. */
const itemOf = (row: Row) => humaneval.items([row], [])[0] as GenerateItem;
const score = async (completion: string, row: Row): Promise<Score> =>
  await humaneval.score!(completion, itemOf(row), { ending: 'stop' });

describe('the score of a completion', () => {
  it('says how every kind of completion ends', async () => {
    const completions = [
      '    return 2 * x\n',
      '    return x + 2\n',
      '    return y\n',
      '    return (\n',
      '    import sys; sys.exit(0)\n',
      '    while True: pass\n',
      '  \n',
      '',
    ];
    const said = [];
    for (const completion of completions) {
      const { outcome, value, why, answer } = await score(completion, ROW);
      said.push(`${JSON.stringify(completion)} ${outcome} ${value}${answer === null ? ' null' : ''}: ${why}`);
    }
    expect(said).toMatchInlineSnapshot(`
      [
        ""    return 2 * x\\n" correct 1: All tests passed.",
        ""    return x + 2\\n" wrong 0: The program ended with AssertionError (line 7: assert candidate(-1) == -2).",
        ""    return y\\n" wrong 0: The program ended with NameError: name 'y' is not defined (line 3: return y).",
        ""    return (\\n" wrong 0: The program ended with SyntaxError: '(' was never closed (line 3: return ().",
        ""    import sys; sys.exit(0)\\n" wrong 0: The program ended with SystemExit: 0 (line 3: import sys; sys.exit(0)).",
        ""    while True: pass\\n" timeout 0: The program was stopped after 3 s.",
        ""  \\n" no_answer 0 null: The completion is empty.",
        """ no_answer 0 null: The completion is empty.",
      ]
    `);
  });
});

const { CARRYOVER_HUB: hub } = process.env;
describe.skipIf(!hub)(
  `all 164 problems${hub ? '' : ' (skipped: CARRYOVER_HUB names no mirror of the hub)'}`,
  () => {
    const rows = async () => {
      const path = 'datasets/openai/openai_humaneval/openai_humaneval/test-00000-of-00001.parquet';
      const bytes = readFileSync(join(hub ?? '', path));
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
      return (await parquetReadObjects({ file, compressors })) as (Row & {
        task_id: string;
        canonical_solution: string;
      })[];
    };

    it('pass with the canonical solution', async () => {
      const scores = await Promise.all(
        (await rows()).map(async (row) => ({
          row,
          result: await score(row.canonical_solution, row),
        })),
      );
      expect(scores).toHaveLength(164);
      const failed = scores.filter(({ result }) => result.outcome !== 'correct');
      expect(failed.map(({ row, result }) => `${row.task_id}: ${result.why}`)).toEqual([]);
    });

    it('do not pass with a body that does nothing', async () => {
      const scores = await Promise.all((await rows()).map((row) => score('    pass\n', row)));
      expect(scores.filter(({ outcome }) => outcome !== 'wrong')).toEqual([]);
    });
  },
);
