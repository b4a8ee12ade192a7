import { expect, it } from 'vitest';
import { growth, rowsAtOnce, sessionConfig } from './small-models.ts';

it('a batch of a large model has 32 rows, that of a small one up to 128', () => {
  expect([8e9, 135e6, 100e6, 60e6, 45e6, 30e6, 25e6, 1e6, 1].map(rowsAtOnce)).toEqual([
    32, 32, 32, 32, 64, 96, 128, 128, 128,
  ]);
});

it('the threads of a small model spin for a short while only', () => {
  expect(sessionConfig(1e6)).toEqual({ 'session.intra_op.spin_duration_us': '30' });
  expect(sessionConfig(135e6)).toEqual({});
});

it('the cache of a small model grows in smaller steps', () => {
  expect([1e6, 135e6].map(growth)).toEqual([32, 64]);
});
