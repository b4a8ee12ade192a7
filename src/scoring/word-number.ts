/**
 * The value of English number words as the Python package word2number 1.1 computes it, its oddities included: it is
 * part of what lm-evaluation-harness does with answers to BIG-Bench Hard. Our own reading of number words is
 * `number-text.ts`.
 */
import { pythonSplit } from '../text/python-text.ts';

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const VALUES: ReadonlyMap<string, number> = new Map([
  ...ONES.split(' ').map((word, i): [string, number] => [word, i]),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, i): [string, number] => [word, 20 + 10 * i]),
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1_000_000],
  ['billion', 1_000_000_000],
]);
const SCALES = ['billion', 'million', 'thousand'] as const;

/** Null where the package raises an error: no known word, a magnitude named twice or in a wrong place. */
export function wordNumber(text: string): number | null {
  const words = pythonSplit(text.replaceAll('-', ' ').toLowerCase()).filter((word) => VALUES.has(word));
  if (words.length === 0) return null;
  if (SCALES.some((scale) => words.filter((word) => word === scale).length > 1)) return null;
  const [billion, million, thousand] = SCALES.map((scale) => words.indexOf(scale)) as [
    number,
    number,
    number,
  ];
  if (thousand > -1 && (thousand < million || thousand < billion)) return null;
  if (million > -1 && million < billion) return null;
  if (words.length === 1) return VALUES.get(words[0]!)!;
  let total = 0;
  let start = 0;
  for (const [at, size] of [
    [billion, 1_000_000_000],
    [million, 1_000_000],
    [thousand, 1000],
  ] as const) {
    if (at === -1) continue;
    const factor = groupValue(words.slice(start, at));
    if (factor === null) return null;
    total += factor * size;
    start = at + 1;
  }
  // The package's own rule for what stands below a thousand: in "one million two thousand" it counts "two thousand" again.
  const below = [thousand, million, billion].find((at) => at > -1 && at !== words.length - 1);
  if (below !== undefined) return total + groupValue(words.slice(below + 1))!;
  return total + (start === 0 ? groupValue(words)! : 0);
}

/** Words below a magnitude. Five and more count as the first alone, an empty group is an error. */
function groupValue(words: readonly string[]): number | null {
  const [a, b = 0, c = 0, d = 0] = words.map((word) => VALUES.get(word)!);
  if (a === undefined) return null;
  if (words.length === 4) return a * b + c + d;
  if (words.length === 3) return a * b + c;
  if (words.length === 2) return a === 100 || b === 100 ? a * b : a + b;
  return a;
}
