import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalValues } from './math-value.ts';
import { parseMath } from './parse-math.ts';
import { scoreMath } from './score-math.ts';

const same = (a: string, b: string): boolean => {
  const [x, y] = [parseMath(a), parseMath(b)];
  if (x === null || y === null) throw new Error(`${a} or ${b} cannot be read`);
  return equalValues(x, y);
};
const whole = fc.integer({ min: -5000, max: 5000 });

describe('parseMath', () => {
  it('reads every way of writing a fraction alike', () => {
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 400 }), (n, d) => {
        const ways = [`${n}/${d}`, `\\frac{${n}}{${d}}`, `\\dfrac{${2 * n}}{${2 * d}}`, `(${n})/${d}`];
        for (const way of ways) expect(same(way, ways[0]!), way).toBe(true);
        expect(same(`${n + 1}/${d}`, ways[0]!)).toBe(false);
      }),
    );
  });

  it('keeps decimals exact', () => {
    fc.assert(
      fc.property(whole, fc.integer({ min: 0, max: 9999 }), (n, part) => {
        const digits = String(part).padStart(4, '0');
        expect(same(`${n}.${digits}`, `${n}.${digits}00`)).toBe(true);
        expect(same(`${n}.${digits}`, `${n}.${digits}1`)).toBe(false);
      }),
    );
  });

  it('calculates by precedence, as JavaScript does', () => {
    const expression = fc.letrec((tie) => ({
      leaf: fc.integer({ min: 1, max: 20 }).map(String),
      node: fc
        .tuple(tie('any'), fc.constantFrom('+', '-', '*'), tie('any'))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      flat: fc
        .tuple(
          tie('leaf'),
          fc.constantFrom('+', '-', '*'),
          tie('leaf'),
          fc.constantFrom('+', '*'),
          tie('leaf'),
        )
        .map((parts) => parts.join(' ')),
      any: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('node')),
      top: fc.oneof(tie('any'), tie('flat')),
    })).top as fc.Arbitrary<string>;
    fc.assert(
      fc.property(expression, (text) => {
        const value = Function(`return (${text});`)() as number;
        if (Math.abs(value) > 1e15) return;
        expect(same(text, String(BigInt(value)))).toBe(true);
      }),
    );
  });

  it('never throws and never hangs, whatever it is given', () => {
    const alphabet = fc.constantFrom(
      ...'0123456789.,()[]{}|^!%+-*/\\$ =xie',
      '\\frac',
      '\\sqrt',
      'pi',
      '\\{',
      '9999',
    );
    fc.assert(
      fc.property(
        fc.array(alphabet, { maxLength: 60 }).map((parts) => parts.join('')),
        (text) => {
          parseMath(text);
          const { outcome, value } = scoreMath(text, '1');
          expect(value).toBe(outcome === 'correct' ? 1 : 0);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('refuses what it cannot read instead of guessing', () => {
    for (const text of ['', 'x', '2x', '1 2', '1/0', '\\sqrt{-1}', '(1', '5 5', 'sin(3)', '\\frac{1}']) {
      expect(parseMath(text), text).toBeNull();
    }
  });
});
