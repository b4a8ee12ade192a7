import { expect, it } from 'vitest';
import type { Item } from '../../benchmarks/benchmark.ts';
import { buildPrompt, choiceItem, loneItem } from '../../benchmarks/prompt.ts';
import { itemTexts, withoutFrame } from './item-texts.ts';

const generated = (id: string, question: string, gold: unknown = '4'): Item => ({
  ...loneItem(id, 0, buildPrompt({ shots: [{ question: 'Shown', answer: 'one' }], question })),
  stop: [],
  maxTokens: 8,
  gold,
});

/** Twenty and more items: fewer may begin alike by chance. */
const many = (of: (n: number) => Item): Item[] => Array.from({ length: 25 }, (_, n) => of(n));

it('takes the question without examples and without the frame that all items share', () => {
  const items = many((n) => generated(`i${n}`, `Question: Has ${n} a half?\nAnswer:`));
  const [first] = itemTexts({ name: 'own' }, items, []);
  expect(first).toEqual({
    item: 'i0',
    cluster: 'own i0',
    questions: ['0'],
    choices: '',
    solution: '4',
  });
});

it('parts the question from choices that stand in the prompt', () => {
  const items = many((n) => generated(`i${n}`, `Why ${n}?\nChoices:\nA. one ${n}\nB. two ${n}\nAnswer:`));
  const [first] = itemTexts({ name: 'own' }, items, []);
  expect(first?.questions).toEqual(['0']);
  expect(first?.choices).toBe('\nA. one 0\nB. two 0');
});

it('letters choices that stand outside of the prompt', () => {
  const of = { id: 'i', index: 0, cluster: 'c', gold: 0, choices: ['red', 'blue'] };
  const [first] = itemTexts(
    { name: 'own' },
    [choiceItem(of, buildPrompt({ question: 'Which colour?' }))],
    [],
  );
  expect(first?.questions).toEqual(['Which colour?']);
  expect(first?.choices).toBe('A. red\nB. blue');
});

it('knows a sentence with a blank by the blank and by each filling', () => {
  const pair = (option: string) => ({
    context: '',
    continuation: '',
    chat: {
      messages: [{ role: 'user' as const, content: `Sarah met Maria, and ${option}` }],
      continuation: 'was glad.',
    },
  });
  const item: Item = {
    kind: 'choice',
    id: 'i',
    index: 0,
    cluster: 'c',
    pairs: [pair('Sarah'), pair('Maria')],
    choices: ['a', 'b'],
    gold: 0,
  };
  expect(itemTexts({ name: 'own' }, [item], [])[0]?.questions).toEqual([
    'Sarah met Maria, and was glad.',
    'Sarah met Maria, and Sarah was glad.',
    'Sarah met Maria, and Maria was glad.',
  ]);
});

it('takes the solution of the dataset before the reference answer', () => {
  const item = generated('i', 'Write it.', { test: 'x' });
  const [first] = itemTexts({ name: 'own' }, [item], [{ canonical_solution: 'return 1', answer: 'no' }]);
  expect(first?.solution).toBe('return 1');
});

it('leaves a text whole that is nothing but frame', () => {
  const texts = [...Array.from({ length: 25 }, (_, n) => `Q: ${n} A`), 'Q A'];
  expect(withoutFrame(texts).at(-1)).toBe('Q A');
  expect(withoutFrame(['Q: one', 'Q: two'])).toEqual(['Q: one', 'Q: two']);
});
