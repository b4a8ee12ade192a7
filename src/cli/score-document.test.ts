/** docs/scoring.md: every row of it is scored, and every task has one. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import { PROCEDURAL_BENCHMARKS } from '../benchmarks/procedural.ts';
import { closePython } from '../platform/python-worker.ts';
import { SCORING_TASK_NAMES } from '../scoring/tasks.ts';

const text = readFileSync(new URL('../../docs/scoring.md', import.meta.url), 'utf8');
const BLOCKS = [...text.matchAll(/^```jsonl(?:-(\w+))? (.+)\n([\s\S]*?)^```$/gm)].flatMap(
  ([, wanted = 'correct', names = '', rows = '']) => names.split(' ').map((task) => ({ task, wanted, rows })),
);
const folder = mkdtempSync(join(tmpdir(), 'carryover-scoring-'));
afterAll(async () => {
  await closePython();
  rmSync(folder, { recursive: true });
});

describe('docs/scoring.md', () => {
  it.each(BLOCKS)('its rows of $task that are $wanted', async ({ task, wanted, rows }) => {
    const [input, output] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')];
    writeFileSync(input, rows);
    const { code, error } = await carryover('score', '--task', task, '--in', input, '--out', output);
    expect([code, error]).toEqual([0, '']);
    const scored = readFileSync(output, 'utf8').trim().split('\n');
    const found = scored.map((line) => JSON.parse(line) as { id: string; outcome: string; why: string });
    expect(found.map(({ id, outcome, why }) => `${id}: ${outcome === wanted ? outcome : why}`)).toEqual(
      found.map(({ id }) => `${id}: ${wanted}`),
    );
  });

  it('has a row for every task, or for one of its family', () => {
    const shown = BLOCKS.map(({ task }) => task);
    const without = SCORING_TASK_NAMES.filter((name) => {
      const family = /^(.*)(TASK|SUBJECT|NAME)$/.exec(name)?.[1];
      return !shown.some((task) => (family ? task.startsWith(family) : task === name));
    });
    expect(without).toEqual([]);
    expect(Object.keys(PROCEDURAL_BENCHMARKS)).toContain('proc/arithmetic');
  });
});
