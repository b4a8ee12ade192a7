/**
 * Benchmarks whose rows cannot be kept here, and corner cases of others, on rows of our own: whole prompts and
 * references as the real lm-evaluation-harness builds them (test/fixtures/make-lm-eval-prompts.py).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserError } from '../errors.ts';
import type { ChoiceItem, Row } from './benchmark.ts';
import { HUB_BENCHMARKS } from './index.ts';

const fixture = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../test/fixtures/${name}`, import.meta.url), 'utf8')) as T;
const { rows } = fixture<{ rows: Record<string, { test: Row[]; dev?: Row[] }> }>('made-up-rows.json');
const { tasks } = fixture<{
  tasks: Record<string, { pairs: [context: string, continuation: string][]; gold: number }[]>;
}>('lm-eval-prompts-made-up.json');

const itemsOf = (name: string, test: readonly Row[], dev: readonly Row[] = []): readonly ChoiceItem[] =>
  HUB_BENCHMARKS[name]!.items(test, dev) as readonly ChoiceItem[];

describe.each(Object.keys(rows))('%s, on rows of our own', (name) => {
  const { test, dev } = rows[name]!;

  it('asks what lm-evaluation-harness asks', () => {
    const asked = itemsOf(name, test, dev).map(({ pairs, gold }) => ({
      pairs: pairs.map(({ context, continuation }) => [context, continuation]),
      gold,
    }));
    expect(asked).toEqual(tasks[name]);
  });

  it('has unique ids that do not depend on the place, clusters, and a choice for each pair', () => {
    const items = itemsOf(name, test, dev);
    expect(new Set(items.map(({ id }) => id)).size).toBe(test.length);
    expect(itemsOf(name, test.slice(1), dev)[0]!.id).toBe(items[1]!.id);
    for (const { cluster, pairs, choices, gold } of items) {
      expect(cluster).not.toBe('');
      expect(pairs).toHaveLength(choices.length);
      expect(choices[gold]).toBeTypeOf('string');
    }
  });
});

describe('clusters', () => {
  it('join the questions of one puzzle, and the scenes of one activity', () => {
    const [first, second] = itemsOf('agieval_lsat_ar', rows['agieval_lsat_ar']!.test);
    expect(first!.cluster).toBe(second!.cluster);
    const alone = itemsOf('agieval_sat_math', [
      { query: 'Q: What is 1 + 1? Answer Choices: (A)2 (B)3\nA:', choices: ['(A)2', '(B)3'], gold: [0] },
      { query: 'Q: What is 1 + 2? Answer Choices: (A)2 (B)3\nA:', choices: ['(A)2', '(B)3'], gold: [1n] },
    ]);
    expect(alone[0]!.cluster).not.toBe(alone[1]!.cluster);
    expect(alone.map(({ gold }) => gold)).toEqual([0, 1]);
  });
});

describe('rows that are not as published', () => {
  it('are refused with what is wrong', () => {
    const query = 'Q: Which? Answer Choices: (A)a (B)b\nA:';
    const choices = ['(A)a', '(B)b'];
    const refused = (name: string, row: Row) => expect(() => itemsOf(name, [row])).toThrow(UserError);
    refused('agieval_lsat_ar', { query, choices, gold: [0, 1] });
    refused('agieval_lsat_ar', { query, choices, gold: 0 });
    refused('boolq', { question: 'is it', passage: 'It is.', answer: 'yes' });
    refused('bigbench_strategyqa_multiple_choice', {
      inputs: 'Q: Is it?\nA:',
      multiple_choice_targets: ['Yes', 'No'],
      multiple_choice_scores: [0, 0],
    });
    refused('folio', { premises: ['p'], conclusion: 'c', label: 'Perhaps' });
  });
});
