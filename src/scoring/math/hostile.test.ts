import { describe, expect, it } from 'vitest';
import { HOSTILE_ANSWERS, HOSTILE_OUTPUTS } from './hostile.cases.ts';
import { judge } from './judge.ts';
import { scoreMath } from './score-math.ts';

/** Processor seconds: no wall time, which other work on the machine stretches. */
const spent = (run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** A hundred times what any of them takes, far below what a search without bounds would. */
const LIMIT = 20;
const TIMEOUT = 120_000;

describe('hostile answers', () => {
  it('are at least a hundred', () => {
    expect(HOSTILE_ANSWERS.length).toBeGreaterThanOrEqual(100);
  });

  it.each(HOSTILE_ANSWERS.map(({ name, answer }) => [name, answer] as const))(
    '%s',
    (_name, answer) => {
      const seconds = spent(() => {
        for (const gold of ['5', 'x^2+1', `${answer.slice(0, 3000)} `]) {
          const verdict = judge(answer, gold);
          expect(verdict.why).not.toBe('');
          expect(judge(gold, answer)).toEqual(verdict);
        }
        const score = scoreMath(`So it is \\boxed{${answer}}`, '5');
        // None of them is 5, and none is taken for it.
        expect(['wrong', 'no_answer', 'timeout']).toContain(score.outcome);
        expect(score.why).toMatch(/\.$/);
      });
      expect(seconds).toBeLessThan(LIMIT);
    },
    TIMEOUT,
  );
});

it('calls a spent budget by its name', () => {
  const digits = scoreMath(`\\boxed{${'7'.repeat(1_000_000)}}`, '5');
  expect([digits.outcome, digits.value, digits.why.split(': ').at(-1)]).toEqual([
    'timeout',
    0,
    'an answer of more than 5000 characters is not read.',
  ]);
  const nested = scoreMath(`\\boxed{${'('.repeat(300)}1${')'.repeat(300)}}`, '5');
  expect(nested.why).toMatch(/given up: it is nested more than 100 deep\.$/);
  const product = Array.from({ length: 300 }, (_, i) => `(x+${i})`).join('');
  expect(scoreMath(`\\boxed{${product}}`, `${product}+0`).outcome).toBe('timeout');
});

describe('hostile outputs', () => {
  it.each(HOSTILE_OUTPUTS.map(({ name, answer }) => [name, answer] as const))(
    '%s',
    (_name, answer) => {
      const seconds = spent(() => {
        expect(scoreMath(answer, '7').outcome).not.toBe('correct');
        expect(scoreMath(`${answer}\nSo the answer is \\boxed{7}.`, '7').outcome).toBe('correct');
      });
      expect(seconds).toBeLessThan(LIMIT);
    },
    TIMEOUT,
  );
});
