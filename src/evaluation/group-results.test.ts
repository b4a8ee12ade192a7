import { expect, it } from 'vitest';
import { GROUPS } from '../benchmarks/groups.ts';
import { groupSummaries } from './group-results.ts';
import type { BenchmarkSummary } from './results.ts';
import { showResults } from './show-results.ts';

function member(n: number, right: number, errors = 0): BenchmarkSummary {
  const judged = n - errors;
  const value = right / judged;
  const acc = { value, stderr: Math.sqrt((value * (1 - value)) / (judged - 1)), low: 0, high: 1 };
  return {
    n,
    metrics: { acc, 'acc,none': acc },
    outcomes: {
      correct: right,
      wrong: judged - right,
      no_answer: 0,
      truncated: 0,
      timeout: 0,
      error: errors,
    },
  };
}

const names = GROUPS['mmlu_mathematics']!;
const members = Object.fromEntries(names.map((name, i) => [name, member(10 * (i + 1), 3 * i + 1)]));

it('is the mean over all items of the members, once all are there', () => {
  expect(groupSummaries({})).toEqual({});
  expect(groupSummaries(Object.fromEntries(Object.entries(members).slice(1)))).toEqual({});
  const groups = groupSummaries({ ...members, winogrande: member(4, 2) });
  expect(Object.keys(groups)).toEqual(['mmlu_mathematics']);
  const { n, metrics, outcomes } = groups['mmlu_mathematics']!;
  expect(n).toBe(150);
  expect(outcomes).toMatchObject({ correct: 35, wrong: 115, error: 0 });
  expect(metrics['acc']!.value).toBeCloseTo(35 / 150, 14);
  expect(metrics['acc,none']).toEqual(metrics['acc']);
});

it('weighs by the items that were judged: errors say nothing about the model', () => {
  const groups = groupSummaries({ ...members, [names[0]!]: member(10, 1, 5) });
  expect(groups['mmlu_mathematics']!.metrics['acc']!.value).toBeCloseTo(35 / 145, 14);
});

it('has no metrics where a member has none', () => {
  const none = { ...member(10, 1), metrics: {} };
  expect(groupSummaries({ ...members, [names[2]!]: none })['mmlu_mathematics']!.metrics).toEqual({});
});

it('is shown below the table', () => {
  const settings = { fingerprint: '', limit: null, chat_template: false };
  const groups = groupSummaries(members);
  const text = showResults({ model: 'm', settings, benchmarks: members, groups, asked: [] });
  expect(text.slice(text.indexOf('Groups'))).toMatchInlineSnapshot(`
    "Groups, over all items of their members:
      mmlu_mathematics  150  acc  23.3  16.4 to 30.2  acc,none 23.3"
  `);
});
