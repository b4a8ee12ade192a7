/** The judge on the whole of MATH. Needs CARRYOVER_HUB, a local mirror of the hub. */
import { describe, expect, it } from 'vitest';
import { readRows } from '../../data/sources/read-rows.ts';
import { judge } from './judge.ts';
import { referenceText, scoreMath } from './score-math.ts';

const mirror = process.env['CARRYOVER_HUB'];
const SUBJECTS =
  'algebra counting_and_probability geometry intermediate_algebra number_theory prealgebra precalculus'.split(
    ' ',
  );

/** Other spellings of the same answer. */
const SPELLINGS: readonly ((gold: string) => string)[] = [
  (gold) => gold.replaceAll('\\frac', '\\dfrac'),
  (gold) => gold.replace(/[+\-=]/g, ' $& '),
  (gold) => `$${gold}$`,
  (gold) => gold.replace(/(?<![\d}])\\[dt]?frac\{(\d+)\}\{(\d+)\}(?!.*(?:\\theta|\^))/g, '$1/$2'),
];

describe.skipIf(!mirror)(`MATH, on the data of CARRYOVER_HUB${mirror ? '' : ' (not set)'}`, () => {
  it('finds each of the 5,000 gold solutions right, and equal to other spellings of its answer', async () => {
    const off: string[] = [];
    let solutions = 0;
    for (const subject of SUBJECTS) {
      const files = `${subject}/test-*.parquet`;
      for (const { solution } of await readRows({
        dataset: 'EleutherAI/hendrycks_math',
        split: 'test',
        files,
      })) {
        const text = String(solution);
        const gold = referenceText(text);
        const score = scoreMath(text, gold);
        if (score.outcome !== 'correct') off.push(score.why);
        for (const spell of SPELLINGS) {
          const { verdict, why } = judge(spell(gold), gold);
          if (verdict !== 'equal') off.push(`${spell(gold)} | ${gold}: ${why}`);
        }
        solutions++;
      }
    }
    expect([solutions, off]).toEqual([5000, []]);
  });

  it('finds the answers of MATH-500 in their solutions, and no two different ones equal', async () => {
    const rows = await readRows({ dataset: 'HuggingFaceH4/MATH-500', split: 'test', files: 'test.jsonl' });
    const right = rows.filter(
      ({ solution, answer }) => scoreMath(String(solution), String(answer)).value === 1,
    );
    expect([rows.length, right.length]).toEqual([500, 500]);
    const answers = [...new Set(rows.map(({ answer }) => String(answer)))];
    const equal: string[] = [];
    for (const [i, a] of answers.entries()) {
      for (const b of answers.slice(i + 1)) if (judge(a, b).verdict === 'equal') equal.push(`${a} = ${b}`);
    }
    // What is left is the same answer in another spelling, or with a unit that only one side has.
    expect(equal).toMatchInlineSnapshot(`
      [
        "90^\\circ = 90",
        "5 = x=5",
        "1,-2 = -2,1",
        "120^\\circ = 120",
        "36 = 36^\\circ",
        "36 = \\$36",
        "\\frac{1}{4} = \\frac14",
        "30^\\circ = 30",
        "10,\\!080 = 10080",
        "15 = 15\\mbox{ cm}^2",
        "2 \\sqrt{5} = 2\\sqrt{5}",
      ]
    `);
  });
});
