import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';

const whole = fc.integer({ min: -5000, max: 5000 });
const small = fc.integer({ min: 1, max: 20 });

/** Expressions in LaTeX over numbers, x and y, with the kinds of notation that answers use. */
const expression: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'expression' },
    small.map(String),
    fc.constantFrom('x', 'y', '\\pi', '\\sqrt{2}', 'x^2'),
    fc
      .tuple(tie('any'), fc.constantFrom('+', '-', '\\cdot '), tie('any'))
      .map(([a, op, b]) => `(${a})${op}(${b})`),
    fc.tuple(tie('any'), small).map(([a, b]) => `\\frac{${a}}{${b}}`),
    tie('any').map((a) => `\\sqrt{${a}}`),
    tie('any').map((a) => `\\sin(${a})`),
  ),
})).any;

const verdict = (a: string, b: string): string => judge(a, b).verdict;

describe('judge', () => {
  it.each([
    ['500 cm', '5 m', '5 m is 500 cm'],
    ['500 cm', '4 m', '4 m is not 500 cm'],
    ['50%', '0.5', '50% is 1/2'],
    ['2\\sqrt{2}', '3', 'they are 3 and 2.82843'],
    ['x+1', 'x+2', 'with x = 0.529619 they are 1.52962 and 2.52962'],
    ['[0, 1]', '(0, 1) \\cup \\{0, 1\\}', 'the same set of numbers'],
    ['[0, 1]', '0 \\le x \\le 1', 'they hold for the same numbers, of 55 that were tried'],
    ['9^{9^{9^9}}', '8^{8^{8^8}}', 'it is too large to be computed here'],
  ])('says why: %s and %s', (a, b, why) => {
    expect(judge(a, b).why).toBe(why);
  });

  it('finds everything it can read equal to itself, however it is spaced and delimited', () => {
    fc.assert(
      fc.property(expression, (a) => {
        expect(verdict(a, `$ ${a.replaceAll('+', ' + ')} $`)).toBe('equal');
      }),
      { numRuns: 200 },
    );
  });

  it('is symmetric', () => {
    fc.assert(
      fc.property(expression, expression, (a, b) => {
        expect(judge(a, b)).toEqual(judge(b, a));
      }),
      { numRuns: 200 },
    );
  });

  it('sees through rewritings', () => {
    fc.assert(
      fc.property(expression, expression, expression, small, (a, b, c, n) => {
        const pairs = [
          [`(${a})+(${b})`, `(${b})+(${a})`],
          [`(${a})\\cdot((${b})+(${c}))`, `(${a})(${b})+(${a})(${c})`],
          [`(${a})-(${b})`, `-((${b})-(${a}))`],
          [`\\frac{${a}}{${n}}`, `\\dfrac{${2 * n}(${a})}{${2 * n * n}}`],
          [`((${a})+${n})^2`, `(${a})^2+${2 * n}(${a})+${n * n}`],
        ] as const;
        for (const [left, right] of pairs) expect(verdict(left, right), `${left} | ${right}`).toBe('equal');
      }),
      { numRuns: 60 },
    );
  });

  it('notices a changed number', () => {
    fc.assert(
      fc.property(expression, small, (a, n) => {
        expect(verdict(`${a}+${n}`, `${a}+${n + 1}`)).toBe('different');
        expect(verdict(`(${a}+50)^{${n}}`, `(${a}+50)^{${n + 1}}`)).toBe('different');
      }),
      { numRuns: 150 },
    );
  });

  it('reads every way of writing a fraction alike', () => {
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 400 }), (n, d) => {
        const ways = [`${n}/${d}`, `\\frac{${n}}{${d}}`, `\\dfrac{${2 * n}}{${2 * d}}`, `(${n})/${d}`];
        for (const way of ways) expect(verdict(way, ways[0]!), way).toBe('equal');
        expect(verdict(`${n + 1}/${d}`, ways[0]!)).toBe('different');
      }),
      { numRuns: 100 },
    );
  });

  it('keeps decimals exact', () => {
    fc.assert(
      fc.property(whole, fc.integer({ min: 0, max: 9999 }), (n, part) => {
        const digits = String(part).padStart(4, '0');
        expect(verdict(`${n}.${digits}`, `${n}.${digits}00`)).toBe('equal');
        expect(verdict(`${n}.${digits}`, `${n}.${digits}1`)).toBe('different');
      }),
      { numRuns: 100 },
    );
  });

  it('calculates by precedence, as JavaScript does', () => {
    const sums = fc.letrec<{ any: string; node: string; leaf: string }>((tie) => ({
      leaf: small.map(String),
      node: fc
        .tuple(tie('any'), fc.constantFrom('+', '-', '*'), tie('any'))
        .map((parts) => `(${parts.join(' ')})`),
      any: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('node')),
    }));
    const flat = fc
      .tuple(sums.leaf, fc.constantFrom('+', '-', '*'), sums.any, fc.constantFrom('+', '*'), sums.leaf)
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(flat, (text) => {
        const value = Function(`return (${text});`)() as number;
        if (Math.abs(value) < 1e15) expect(verdict(text, String(BigInt(value)))).toBe('equal');
      }),
      { numRuns: 100 },
    );
  });

  it('never throws, and gives one verdict in both orders, whatever it is given', () => {
    const alphabet = fc.constantFrom(
      ..."0123456789.,()[]{}|^_!%+-*/\\$ =<>:;&xie'",
      ...[
        '\\frac',
        '\\sqrt',
        'pi',
        '\\{',
        '\\}',
        '9999',
        '\\text{',
        '\\left',
        '\\begin{matrix}',
        '\\end{matrix}',
      ],
      ...[
        '\\\\',
        '\\pm',
        '\\cup',
        '\\infty',
        '\\sin',
        '\\log',
        ' and ',
        '\\overline',
        '\\binom',
        '\\sum',
        '\\in',
      ],
    );
    const text = fc.array(alphabet, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(judge(a, b)).toEqual(judge(b, a));
        if (a.trim() !== '') expect(verdict(a, a)).toBe('equal');
      }),
      { numRuns: 1500 },
    );
  });
});
