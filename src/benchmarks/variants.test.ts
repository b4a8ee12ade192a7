import { expect, it } from 'vitest';
import { BENCHMARKS, LISTED_BENCHMARKS } from './index.ts';
import { variantsOf } from './variants.ts';

it('every benchmark that the tables leave out is told once, procedural splits aside', () => {
  const variants = variantsOf(LISTED_BENCHMARKS);
  const told = variants.reduce((sum, { items }) => sum + items, 0);
  const left = Object.values(BENCHMARKS).filter(
    (one) => one.variantOf !== undefined && !one.name.startsWith('proc/'),
  );
  expect(told).toBe(left.reduce((sum, { size }) => sum + size, 0));
  expect(variants.find(({ name }) => name === 'hendrycks_math500')).toEqual({
    name: 'hendrycks_math500',
    of: 'minerva_math',
    title: 'MATH-500, nothing shown',
    items: 500,
    shots: 0,
  });
  expect(
    variants.filter(({ name }) => name.startsWith('bbh_')).map(({ name, items }) => [name, items]),
  ).toEqual([
    ['bbh_zeroshot_TASK', 6511],
    ['bbh_cot_zeroshot_TASK', 6511],
  ]);
});
