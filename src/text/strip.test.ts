import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stripBoth, stripEnd } from './strip.ts';

it('strips as the pattern that it stands for', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '.', ' ', '(') }), (text) => {
      expect(stripEnd(text, /[. ]/)).toBe(text.replace(/[. ]+$/, ''));
      expect(stripBoth(text, /[. ]/)).toBe(text.replace(/^[. ]+|[. ]+$/g, ''));
    }),
  );
});
