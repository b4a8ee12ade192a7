import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseExpression } from './parse.ts';
import { print, printLines } from './print.ts';
import { callFunction, run } from './run.ts';
import type { Expression } from './syntax.ts';

/** What a program prints, or why it is none or stopped. */
function outcome(source: string): string {
  const parsed = parse(source);
  if ('why' in parsed) return `refused: ${parsed.why}`;
  const ran = run(parsed.program);
  return 'fault' in ran ? `fault: ${ran.fault}` : ran.printed.join('\n');
}

const lines = (...text: string[]): string => text.join('\n');

// What CPython 3.11 prints for each.
it.each([
  ['print(-7 // 2, -7 % 3, 7 % -3, 7 // -2, -7 // -2)', '-4 2 -2 -4 3'],
  ['print(2 + 3 * 4, (2 + 3) * 4, 10 - 3 - 2, 2 ** 3 ** 2, -2 ** 2)', '14 20 5 512 -4'],
  ['print(not True or True, not (True or True), not False and False)', 'True False False'],
  ['print(1 < 2 < 3, 1 < 3 < 2, 1 == 1 != 2, "a" < "b", True == 1)', 'True False True True True'],
  ['print(3 and 0, 0 or "x", None or False, True + True, -True)', '0 x False 2 -1'],
  [
    's = "stone"\nprint(s[0], s[-1], s[1:3], s[:-1], s[::-1], s[::2], s[3:0:-1], s[9:], s[-9:2])',
    's e to ston enots soe not  st',
  ],
  ['print("ab" * 3, 2 * "x", "a" + "b", "ab" * -1, [1] * 2 + [3])', 'ababab xx ab  [1, 1, 3]'],
  [
    'print("banana".count("an"), "banana".replace("a", "o"), "banana".find("n"), "bab".startswith("ba"))',
    '2 bonono 2 True',
  ],
  [
    'print(len("cup"), abs(-3), min(4, 2), max([1, 5, 3]), sum(range(5)), str(12) + "x", int("7") + 1)',
    '3 3 2 5 10 12x 8',
  ],
  [
    'print(sorted("cab"), "".join(reversed("cab")), list(range(6, 0, -2)), "-".join(["a", "b"]))',
    "['a', 'b', 'c'] bac [6, 4, 2] a-b",
  ],
  [
    'print("a" in "cat", 3 not in [1, 2], "x" if 3 > 2 else "y", [True, None, "a\'b"])',
    'True True x [True, None, "a\'b"]',
  ],
  ['a, b = 1, 2\na, b = b, a + b\nprint(a, b)', '2 3'],
  ['x = 5\nx += 2\nx *= 3\nx -= 1\nprint(x)', '20'],
  [
    lines(
      't = 0',
      'for i in range(1, 5):',
      '    if i % 2 == 0:',
      '        t = t + i',
      '    else:',
      '        t = t - 1',
      'print(t, i)',
    ),
    '4 4',
  ],
  [lines('t = ""', 'for c in "abc":', '    t = c + t', 'print(t)'), 'cba'],
  [lines('x = 40', 'while x > 3: x = x // 2', 'print(x)'), '2'],
  [lines('x = 7', 'if x > 9: print("a")', 'elif x > 5: print("b")', 'else: print("c")'), 'b'],
  [
    lines('def f(n):', '    if n < 2:', '        return n', '    return f(n - 1) + f(n - 2)', 'print(f(10))'),
    '55',
  ],
  [
    lines(
      'k = 3',
      'def f(x):',
      '    y = x + k  # the shared one',
      '    return y',
      '',
      'print(f(2), f(y := 1))',
    ),
    'refused: : instead of ,',
  ],
  [lines('k = 3', 'def f(x):', '    y = x + k', 'print(f(2))'), 'None'],
])('%s', (source, printed) => {
  expect(outcome(source)).toBe(printed);
});

// Each of these is an error in CPython too, or has a meaning that the language leaves out.
it.each([
  'print(x)',
  'print(1 // 0)',
  'print("a" + 1)',
  'print("abc"[3])',
  'print(len(3))',
  'print(1 < "a")',
  'k = 1\ndef f():\n    k = k + 1\n    return k\nprint(f())',
  'def f(x):\n    return x\nprint(f(1, 2))',
  'len = 3\nprint(len("ab"))',
  'return 3',
  'while True: x = 1',
  'x = 9\nfor i in range(60): x = x * x',
  'print(9007199254740993)',
  'def f(x): return f(x)\nprint(f(1))',
])('is a fault: %s', (source) => {
  expect(outcome(source)).toMatch(/^fault: /);
});

it.each([
  '',
  'print(1',
  'print 1',
  'x = ',
  'x == 3',
  '  x = 1',
  'if x:\nprint(1)',
  'x = 007',
  'x = 1.5',
  'x = 3 4',
  'x = 3x',
  'x = 3.upper()',
  'x = "a',
  'import os',
  'x = lambda: 1',
  'def f():\n    def g(): return 1\n    return g()',
  'else: x = 1',
  'a, b = 1',
  'x = 1 ==  not 2',
  'x = [1, , 2]',
  `x = ${'('.repeat(200)}1${')'.repeat(200)}`,
  `x = ${'-'.repeat(200)}1`,
])('refuses %j', (source) => {
  expect(outcome(source)).toMatch(/^refused: /);
});

it('calls a function with given arguments', () => {
  const parsed = parse('def f(s, n):\n    return s[:n] + str(n)');
  if ('why' in parsed) throw new Error(parsed.why);
  expect(callFunction(parsed.program, 'f', ['stone', 2])).toEqual({ value: 'st2' });
  expect(callFunction(parsed.program, 'f', ['stone'])).toEqual({ fault: 'f takes 2 arguments' });
});

describe('printing', () => {
  const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<Expression>(
        { kind: 'name', name: 'x' },
        { kind: 'literal', value: 3 },
        { kind: 'literal', value: 'a "b" \\' },
        { kind: 'literal', value: true },
        { kind: 'literal', value: null },
      ),
      fc.record({
        kind: fc.constant('binary' as const),
        op: fc.constantFrom('or', 'and', '+', '-', '*', '//', '%', '**'),
        left: tie('expression'),
        right: tie('expression'),
      }),
      fc.record({
        kind: fc.constant('compare' as const),
        first: tie('expression'),
        links: fc.array(
          fc.record({
            op: fc.constantFrom('<', '<=', '>', '>=', '==', '!=', 'in', 'not in'),
            right: tie('expression'),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      }),
      fc.record({
        kind: fc.constant('unary' as const),
        op: fc.constantFrom('-', 'not'),
        of: tie('expression'),
      }),
      fc.record({
        kind: fc.constant('choose' as const),
        test: tie('expression'),
        yes: tie('expression'),
        no: tie('expression'),
      }),
      fc.record({
        kind: fc.constant('slice' as const),
        of: tie('expression'),
        from: fc.option(tie('expression')),
        to: fc.option(tie('expression')),
        by: fc.option(tie('expression')),
      }),
      fc.record({ kind: fc.constant('index' as const), of: tie('expression'), at: tie('expression') }),
      fc.record({
        kind: fc.constant('method' as const),
        of: tie('expression'),
        name: fc.constant('count'),
        args: fc.array(tie('expression'), { maxLength: 2 }),
      }),
      fc.record({
        kind: fc.constant('list' as const),
        items: fc.array(tie('expression'), { maxLength: 2 }),
      }),
    ),
  }));

  it('is undone by parsing', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        expect(parseExpression(print(tree))).toEqual(tree);
      }),
      { numRuns: 500 },
    );
  });

  it('writes blocks as they were read', () => {
    const source = lines(
      'def f(a, b):',
      '    t = 0',
      '    for i in range(a):',
      '        if i % 2 == 0:',
      '            t += i',
      '        else:',
      '            t = t - (b - 1)',
      '    while t > 3:',
      '        t = t // 2',
      '    return t',
      'a, b = 4, 5',
      'print(f(a, b), "end")',
    );
    const parsed = parse(source);
    if ('why' in parsed) throw new Error(parsed.why);
    expect(printLines(parsed.program).join('\n')).toBe(source);
    const compact = printLines(parsed.program, true);
    expect(compact).toContain('    while t > 3: t = t // 2');
    expect(parse(compact.join('\n'))).toEqual(parsed);
  });
});

it('takes any text without throwing', () => {
  const pieces = fc.constantFrom(
    ...'x y 1 23 "a" ( ) [ ] , : . + - * // % ** < == = if else for in not and print return \n'.split(' '),
    '\n    ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((all) => all.join(' ')),
      ),
      (source) => {
        expect(typeof outcome(source)).toBe('string');
      },
    ),
    { numRuns: 500 },
  );
});
