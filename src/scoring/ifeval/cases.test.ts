/**
 * `cases/original.jsonl`: verdicts of lm-evaluation-harness 0.4.13's own checkers (docs/ifeval.md says how they were
 * made). `cases/corrected.jsonl`: where a careful reader decides otherwise, and where not although one might think so.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { InstructionVerdict } from '../score.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { scoreIfeval } from './score-ifeval.ts';

interface Case {
  readonly id: string;
  readonly kwargs: Record<string, unknown>;
  readonly response: string;
  readonly strict: boolean;
  readonly loose?: boolean;
  readonly corrected?: boolean;
  readonly note?: string;
}
const cases = (name: string): Case[] =>
  readFileSync(new URL(`./cases/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case);
const verdict = async ({ id, kwargs, response }: Case): Promise<InstructionVerdict> =>
  (await scoreIfeval(response, { instruction_id_list: [id], kwargs: [kwargs] })).instructions![0]!;

describe("the original's verdicts", () => {
  const rows = cases('original');
  it.each(Object.keys(INSTRUCTIONS))('on %s', async (id) => {
    const mine = rows.filter((row) => row.id === id);
    expect(new Set(mine.map((row) => row.strict))).toEqual(new Set([true, false]));
    for (const row of mine) {
      const { strict, loose } = await verdict(row);
      expect({ strict, loose }, JSON.stringify(row)).toEqual({ strict: row.strict, loose: row.loose });
    }
  });
});

describe("a careful reader's verdicts", () => {
  it.each(cases('corrected').map((row, i) => [i + 1, row.note, row] as const))(
    'line %i: %s',
    async (_line, _note, row) => {
      const { strict, corrected, why } = await verdict(row);
      expect({ strict, corrected: corrected.strict }, why).toEqual({
        strict: row.strict,
        corrected: row.corrected,
      });
    },
  );
});
