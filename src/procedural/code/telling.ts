/** What the tasks about programs share: names, a line that changes nothing, and the run that checks an answer. */
import type { RandomStream } from '../../stats/random.ts';
import { between, happens, pick } from '../random-choice.ts';
import { parse } from './language/parse.ts';
import { printLines } from './language/print.ts';
import { run } from './language/run.ts';
import type { Program } from './language/syntax.ts';

/** Names of variables. What a variable is called decides nothing, so they belong to the surface. */
export const VARIABLES: readonly string[] = 'a b c d k m n p q t x y z'.split(' ');
/** Names that no program uses. */
const IDLE: readonly string[] = ['spare', 'extra', 'unused'];

/** A line of code whose variable is used nowhere: `spare = 7`. */
export function idleLine(random: RandomStream): string {
  return `${pick(random, IDLE)} = ${between(random, 2, 99)}`;
}

/** The lines as one text, the idle one at the top or before the last. The last line must not be indented. */
export function codeText(lines: readonly string[], aside: string | null, random: RandomStream): string {
  if (aside === null) return lines.join('\n');
  const at = happens(random, 0.5) ? 0 : lines.length - 1;
  return [...lines.slice(0, at), aside, ...lines.slice(at)].join('\n');
}

/** What the program prints when its text is read and run. Throws RangeError when it does not run: a fault of a task. */
export function printedBy(program: Program): string {
  const source = printLines(program).join('\n');
  const parsed = parse(source);
  const outcome = 'why' in parsed ? { fault: parsed.why } : run(parsed.program);
  if ('fault' in outcome) throw new RangeError(`${outcome.fault}:\n${source}`);
  return outcome.printed.join('\n');
}
