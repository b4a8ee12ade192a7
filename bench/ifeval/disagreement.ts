/**
 * Compares Carryover's IFEval verdicts with those of the original checkers, instruction by instruction, and prints the
 * table of docs/ifeval.md: npx tsx bench/ifeval/disagreement.ts JUDGED.jsonl (made by responses.py and original.py).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { INSTRUCTIONS } from '../../src/scoring/ifeval/instructions.ts';
import { looseVersions } from '../../src/scoring/ifeval/loose.ts';
import { loadLanguages } from '../../src/scoring/ifeval/tools/language.ts';

interface Judged {
  readonly id: string;
  readonly kwargs: Record<string, unknown>;
  readonly response: string;
  readonly strict: boolean;
  readonly loose: boolean;
}

const [judged, differing] = process.argv.slice(2);
if (judged === undefined) throw new Error('Name the file that original.py has written.');
const rows = readFileSync(judged, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Judged);
await loadLanguages();
const share = (count: number, all: number): string => `${((100 * count) / all).toFixed(1)} %`;
console.log('| instruction | responses | followed | strict differs | loose differs | corrected differs |');
console.log('|---|---|---|---|---|---|');
const kept: unknown[] = [];
for (const id of Object.keys(INSTRUCTIONS)) {
  const mine = rows.filter((row) => row.id === id);
  if (mine.length === 0) continue;
  const counts = { n: 0, strict: 0, loose: 0, followed: 0, corrected: 0 };
  for (const row of mine) {
    const instruction = INSTRUCTIONS[id]!.bind(row.kwargs);
    // For arguments that contradict each other the original draws others at random: nothing to compare.
    if (!instruction) continue;
    const versions = looseVersions(row.response);
    const strict = versions.length > 0 && instruction.original(row.response);
    const loose = strict || versions.some((version) => instruction.original(version));
    const verdict = { strict, loose, corrected: instruction.corrected(row.response) };
    counts.n++;
    if (row.strict) counts.followed++;
    if (verdict.strict !== row.strict) counts.strict++;
    if (verdict.loose !== row.loose) counts.loose++;
    if (verdict.corrected.followed !== verdict.strict) counts.corrected++;
    const differs = verdict.strict !== row.strict || verdict.loose !== row.loose;
    if (differs || verdict.corrected.followed !== verdict.strict) kept.push({ differs, ...row, verdict });
  }
  const { n } = counts;
  console.log(
    `| ${id} | ${n} | ${share(counts.followed, n)} | ${counts.strict} | ${counts.loose} | ${share(counts.corrected, n)} |`,
  );
}
if (differing) writeFileSync(differing, kept.map((row) => `${JSON.stringify(row)}\n`).join(''));
