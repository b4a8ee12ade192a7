import { expect, it } from 'vitest';
import { askedTogether, withEarlier } from './asked-together.ts';

const asked = (...names: string[]) => askedTogether(names, 3e6);
const names = (all: ReturnType<typeof withEarlier>) => all.map(({ benchmarks }) => benchmarks.join(' '));

it('says how a small model and a large one were asked', () => {
  expect(asked('a', 'b')).toEqual({
    benchmarks: ['a', 'b'],
    chunks: {
      choice: { items: 512, tokens: 100_000, across: true },
      generate: { items: 384, tokens: 100_000, across: true },
    },
  });
  expect(askedTogether(['a'], 8e9).chunks.choice).toEqual({ items: 32, tokens: null, across: false });
});

it('keeps the evaluations of results that stay, the newest first', () => {
  expect(names(withEarlier(asked('c'), [asked('a', 'b')], ['a', 'b']))).toEqual(['c', 'a b']);
  expect(names(withEarlier(asked('b'), [asked('c'), asked('a', 'b')], ['c', 'a']))).toEqual([
    'b',
    'c',
    'a b',
  ]);
  // Asked again, all of an earlier one are described by the new one; a name counts where it comes first.
  expect(names(withEarlier(asked('a', 'b'), [asked('a', 'b')], []))).toEqual(['a b']);
  expect(names(withEarlier(asked('b'), [asked('a'), asked('a', 'b')], ['a']))).toEqual(['b', 'a']);
});
