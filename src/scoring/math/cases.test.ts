/**
 * Facts about answers. `issues.jsonl`: what users reported against Math-Verify (github.com/huggingface/Math-Verify),
 * by number of the issue. `answers.jsonl`: one line for each thing this judge knows.
 *
 * `math-verify.jsonl`: the parametrised cases of Math-Verify's own tests (commit 5d148cf) with the verdict they expect;
 * long inputs are cut to the end, where their answer stands. `options` are what those tests ask for: numbers rounded to
 * so many decimals, unknowns renamed, answers in math delimiters alone. `peer`: Math-Verify 0.9.0 fails it. `ours`: we
 * give another verdict on purpose, and `why`.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type JudgeOptions, judge } from './judge.ts';
import { type ScoreMathOptions, scoreMath } from './score-math.ts';

const linesOf = <T>(name: string): T[] =>
  readFileSync(new URL(`./cases/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly expect: string;
  readonly note: string;
  readonly options?: JudgeOptions;
}

describe.each(['issues', 'answers'])('cases/%s.jsonl', (name) => {
  it.each(linesOf<Pair>(name).map((row, i) => [i + 1, row.note, row] as const))(
    'line %i: %s',
    (_line, _note, row) => {
      const verdict = judge(row.a, row.b, row.options);
      expect(verdict.verdict, verdict.why).toBe(row.expect);
      expect(judge(row.b, row.a, row.options)).toEqual(verdict);
    },
  );
});

interface Fact {
  readonly gold: string;
  readonly pred: string;
  readonly expect: 0 | 1;
  readonly test: string;
  readonly options?: ScoreMathOptions;
  readonly peer?: 'fails';
  readonly ours?: 0 | 1;
  readonly why?: string;
}

describe('cases/math-verify.jsonl', () => {
  const facts = linesOf<Fact>('math-verify');
  const got = facts.map((fact) => scoreMath(fact.pred, fact.gold, undefined, fact.options));

  it('gives the expected verdict on every case, but where the expectation is wrong', () => {
    const off = facts.flatMap((fact, i) =>
      got[i]!.value === (fact.ours ?? fact.expect) ? [] : [`line ${i + 1}, ${fact.test}: ${got[i]!.why}`],
    );
    expect(off).toEqual([]);
  });

  it('has at least as many of them right as Math-Verify itself', () => {
    const right = facts.filter((fact, i) => got[i]!.value === fact.expect).length;
    const theirs = facts.filter(({ peer }) => peer === undefined).length;
    expect([right, theirs, facts.length]).toEqual([267, 267, 269]);
  });
});
