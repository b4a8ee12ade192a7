import fc from 'fast-check';
import { expect, test } from 'vitest';
import { divideTokens } from './divide-tokens.ts';

test('shares add up exactly and are less than one token from their weight', () => {
  const weights = fc.array(fc.double({ min: 0.001, max: 10, noNaN: true }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e7 }), weights, (tokens, all) => {
      const named = all.map((weight, index) => ({ source: `s${index}`, weight }));
      const parts = divideTokens(tokens, named);
      expect(parts.reduce((sum, part) => sum + part.tokens, 0)).toBe(tokens);
      const whole = all.reduce((sum, weight) => sum + weight, 0);
      for (const { source, weight } of named) {
        const share = parts.find((part) => part.source === source)?.tokens ?? 0;
        expect(Math.abs(share - (tokens * weight) / whole)).toBeLessThan(1 + 1e-6);
      }
    }),
  );
});
