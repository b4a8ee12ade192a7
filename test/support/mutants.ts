/** Faults put into Python code mechanically, one each: the check that tests notice wrong programs needs wrong programs. */

export interface Mutant {
  readonly kind: string;
  readonly code: string;
}

/** Each rewrites one place of a line; null where it finds none. */
const FAULTS: Readonly<Record<string, (line: string) => string | null>> = {
  'returns something else': (line) => replaced(line, /^(\s+return\s+)(?!None\b)(\S.*)$/, '$1("another", $2)'),
  'returns nothing': (line) => replaced(line, /^(\s+return)\s+(?!None\b)\S.*$/, '$1 None'),
  'takes the other branch': (line) => replaced(line, /^(\s+(?:el)?if\s+)(.+):\s*$/, '$1not ($2):'),
  'adds where it subtracts': (line) => replaced(line, /^(.*\w) - (\w.*)$/, '$1 + $2'),
  'subtracts where it adds': (line) => replaced(line, /^(.*\d) \+ (\w.*)$/, '$1 - $2'),
};

function replaced(line: string, pattern: RegExp, by: string): string | null {
  const code = line.replace(/\r$/, '');
  const changed = code.replace(pattern, by);
  return changed !== code && balanced(code) ? changed : null;
}

/** All of an expression is on the line. */
function balanced(line: string): boolean {
  const count = (letters: string) => [...line].filter((letter) => letters.includes(letter)).length;
  return count('([{') === count(')]}') && !line.endsWith('\\') && !line.includes('#');
}

/** One mutant a fault, at the last line that has a place for it: what is returned last is seldom a special case. */
export function mutants(code: string): Mutant[] {
  const lines = code.split('\n');
  return Object.entries(FAULTS).flatMap(([kind, fault]) => {
    for (let at = lines.length - 1; at >= 0; at--) {
      const line = fault(lines[at]!);
      if (line !== null) return [{ kind, code: lines.with(at, line).join('\n') }];
    }
    return [];
  });
}
