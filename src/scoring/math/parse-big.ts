/** Reads sums, products, limits and integrals with what stands below and above their sign. */
import { literal } from '../../text/python-classes.ts';
import { BOUND, type Expression, rebuild, symbol } from './expression.ts';
import type { ArgumentRules } from './parse-call.ts';
import type { Reader } from './reader.ts';

/** `\sum_{k=0}^{n} ...`: a function of what stands below, above and behind it. */
export function parseBig(reader: Reader, command: string, rules: ArgumentRules): Expression {
  const below: Expression[] = [];
  const above: Expression[] = [];
  let name = command;
  for (const mark of ['_', '^', '_']) {
    if (!reader.take(mark)) continue;
    const bounds = mark === '_' ? below : above;
    if (!reader.take('{')) {
      bounds.push(rules.argument(reader));
      continue;
    }
    bounds.push(rules.sum(reader));
    while (reader.peek()?.text && /^[=→≤<,]$/.test(reader.peek()!.text)) {
      name += reader.peek()!.text;
      reader.at++;
      bounds.push(rules.sum(reader));
    }
    reader.expect('}');
  }
  return withIndex(name, [...below, ...above, rules.product(reader)]);
}

/** Names the index by how deep sums stand inside it: `\sum_{k=1}^n k` is `\sum_{j=1}^n j`. */
function withIndex(name: string, args: readonly Expression[]): Expression {
  const [index] = args;
  if (!/[=→]/.test(name) || index?.kind !== 'symbol') return { kind: 'call', name, args };
  let depth = 1;
  for (const arg of args) {
    rebuild(arg, (part) => {
      if (part.kind === 'symbol' && part.name.startsWith(BOUND))
        depth = Math.max(depth, 1 + Number(part.name.slice(BOUND.length)));
      return part;
    });
  }
  const bound = `${BOUND}${depth}`;
  const inSubscript = new RegExp(`(?<![A-Za-z])${literal(index.name)}(?![A-Za-z])`, 'g');
  const renamed = (part: Expression): Expression => {
    if (part.kind !== 'symbol') return part;
    if (part.name === index.name) return symbol(bound);
    const [base, subscript] = part.name.split('_');
    return subscript === undefined ? part : symbol(`${base}_${subscript.replace(inSubscript, bound)}`);
  };
  return { kind: 'call', name, args: args.map((arg) => rebuild(arg, renamed)) };
}
