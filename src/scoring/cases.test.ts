/**
 * Runs the case files: `cases/*.jsonl` hold outputs, references, the verdict a careful reader gives (`expect`) and
 * why the case is there (`note`). `compatible` was computed by lm-evaluation-harness 0.4.13's own filters and metric.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scoreBbh } from './bbh.ts';
import type { BbhAnswer, BbhSetup } from './bbh-compatible.ts';
import { scoreFolio } from './folio.ts';
import { scoreNumber } from './gsm8k.ts';
import { scoreLastLetters } from './last-letters.ts';
import { scoreLetter } from './letter-answer.ts';
import { scoreMath } from './math/score-math.ts';
import type { NumberStyle } from './number-compatible.ts';
import type { Score } from './score.ts';
import { scoreYesNo } from './yes-no.ts';
import { type Grid, scoreGrid } from './zebra.ts';

interface Case {
  readonly output: string;
  readonly target: string;
  readonly expect: string;
  readonly note: string;
  readonly kind?: BbhAnswer;
  readonly setup?: BbhSetup;
  readonly style?: NumberStyle;
  readonly options?: readonly string[];
  readonly question?: string;
  readonly compatible?: Readonly<Record<string, number>>;
}

const SCORERS: Readonly<Record<string, (row: Case) => Score>> = {
  gsm8k: ({ output, target }) => scoreNumber(output, target, 'hashes'),
  number: ({ style, output, target }) => scoreNumber(output, target, style!),
  folio: ({ output, target }) => scoreFolio(output, target),
  bbh: ({ kind, output, target, question, setup }) =>
    scoreBbh(kind!, output, target, { ...(question ? { question } : {}), ...(setup ? { setup } : {}) }),
  letter: ({ output, target, options }) => scoreLetter(output, { options: options!, gold: target }, {}),
  'yes-no': ({ output, target }) => scoreYesNo(output, target),
  'last-letters': ({ output, target }) => scoreLastLetters(output, target),
  zebra: ({ output, target }) => scoreGrid(output, target as unknown as Grid),
  math: ({ output, target }) => scoreMath(output, target),
};

for (const [name, score] of Object.entries(SCORERS)) {
  const path = new URL(`./cases/${name}.jsonl`, import.meta.url);
  const cases = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case);
  describe(`cases/${name}.jsonl`, () => {
    it.each(cases.map((row, i) => [i + 1, row.note, row] as const))('line %i: %s', (_line, _note, row) => {
      const result = score(row);
      expect(result.outcome, result.why).toBe(row.expect);
      expect(result.value).toBe(row.expect === 'correct' ? 1 : 0);
      if (row.compatible) {
        const expected = Object.entries(row.compatible).map(([filter, value]) => [filterKey(filter), value]);
        expect(result.readings.compatible).toMatchObject(Object.fromEntries(expected));
      }
    });
  });
}

function filterKey(filter: string): string {
  // A task without filters has the metric alone.
  if (filter === 'exact_match') return filter;
  return `exact_match,${{ strict: 'strict-match', flexible: 'flexible-extract' }[filter] ?? filter}`;
}
