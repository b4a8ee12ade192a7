/** Whether an expression completes a function: it is put into the gap, and the function is run. */
import { computed, type FunctionSpec, type SpecKind } from './function-spec.ts';
import { parse } from './language/parse.ts';
import { callFunction } from './language/run.ts';

/** The lines of the function with something in the gap. */
export function functionLines([kind, names]: FunctionSpec, name: string, gap: string): string[] {
  const head = `def ${name}(${names.join(', ')}):`;
  if (kind !== 'sum') return [head, `    return ${gap}`];
  return [
    head,
    '    total = 0',
    `    for i in range(${names[0]!}):`,
    `        total = total + ${gap}`,
    '    return total',
  ];
}

type Arguments = readonly [number] | readonly [number, number] | readonly [string];

/** Enough to tell apart what can be written in a line. Words of several lengths, none the same from both sides. */
const ARGUMENTS: Readonly<Record<Exclude<SpecKind, 'test'>, readonly Arguments[]>> = {
  number: [[3], [0], [-4], [10], [7], [1], [2], [25], [-11], [100], [6], [-1]],
  pair: [
    [3, 5],
    [0, 1],
    [1, 0],
    [7, 2],
    [-4, 6],
    [10, -3],
    [12, 12],
    [100, 7],
    [2, 9],
    [-5, -8],
    [6, 4],
    [1, 31],
  ],
  text: [['stone'], ['cup'], ['banana'], ['at'], ['garden'], ['yellow'], ['potatoes'], ['x'], ['book'], ['']],
  sum: [[4], [1], [7], [0], [2], [10], [3]],
};

/** Numbers on both sides of where a test changes, then many others. */
function testArguments([, , ...operations]: FunctionSpec): readonly Arguments[] {
  const edges: [number][] = [];
  const others: [number][] = [];
  let before: unknown;
  for (let x = -40; x <= 60; x++) {
    const now = computed(operations, x, 0);
    if (before !== undefined && now !== before) edges.push([x - 1], [x]);
    else if (x % 7 === 0) others.push([x]);
    before = now;
  }
  return [...edges, ...others];
}

function expected([kind, , ...operations]: FunctionSpec, [first, second = 0]: Arguments): unknown {
  if (kind !== 'sum') return computed(operations, first, second);
  let total = 0;
  for (let i = 0; i < Number(first); i++) total += computed(operations, i, 0) as number;
  return total;
}

const LONGEST = 300;
const MOST_STEPS = 2000;

/** Never throws. One full stop at the end does not matter, as in every answer. */
export function completes(spec: FunctionSpec, stated: string): boolean {
  const expression = stated.trim().replace(/\.$/, '');
  if (expression.length > LONGEST || expression.includes('\n')) return false;
  const parsed = parse(functionLines(spec, 'f', expression).join('\n'));
  if ('why' in parsed) return false;
  const all = spec[0] === 'test' ? testArguments(spec) : ARGUMENTS[spec[0]];
  return all.every((args) => {
    const called = callFunction(parsed.program, 'f', args, MOST_STEPS);
    return 'value' in called && called.value === expected(spec, args);
  });
}
