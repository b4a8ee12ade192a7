/** docs/results.md against the files of real evaluations: every key is there, and no other. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Benchmark, GeneratedBenchmark } from '../benchmarks/benchmark.ts';
import { GROUPS } from '../benchmarks/groups.ts';
import { resolveBenchmarks } from '../benchmarks/own/resolve.ts';
import { findBenchmark } from '../benchmarks/select.ts';
import { openModel } from '../engine/open-engine.ts';
import { OUTCOMES } from '../scoring/score.ts';
import { type EvaluateOptions, evaluate } from './evaluate.ts';
import { groupSummaries } from './group-results.ts';
import type { EvaluationResults } from './results.ts';

const PAGE = readFileSync(new URL('../../docs/results.md', import.meta.url), 'utf8');

/** Keys in the first column of the table under a heading. */
function documented(heading: string): string[] {
  const section = PAGE.split(/^## /m).find((one) => one.startsWith(heading))!;
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, key]) => key!);
}

/** Objects whose keys are names, by their path, and what such a name is called on the page. */
const NAMED: Readonly<Record<string, string>> = {
  benchmarks: 'NAME',
  'settings.limits': 'NAME',
  'benchmarks.NAME.metrics': 'METRIC',
  'benchmarks.NAME.outcomes': 'OUTCOME',
  skipped: 'NAME',
  'asked[].chunks': 'KIND',
  'readings.compatible': 'METRIC',
  'readings.corrected': 'METRIC',
  weights: 'METRIC',
};
/** Kept as the benchmark has it. */
const WHOLE = ['gold'];

/** Paths to everything in a value that is no object or list. */
function paths(value: unknown, at = ''): string[] {
  if (WHOLE.includes(at)) return [at];
  if (Array.isArray(value)) return value.flatMap((one) => paths(one, `${at}[]`));
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([key, one]) =>
    paths(one, [...(at === '' ? [] : [at]), NAMED[at] ?? key].join('.')),
  );
}

const OWN = `name: capitals
title: Capitals
domain: guards
abilities: [general-knowledge]
data: { file: capitals.csv }
prompt: "The capital of {{country}} is"
choices: ["{{a}}", "{{b}}"]
answer: "{{right}}"
answer_as: letter
`;

/** The instruction benchmark with one prompt of our own. */
function instructions(): GeneratedBenchmark {
  const { test: _, ...whole } = findBenchmark('ifeval') as Extract<Benchmark, { test: unknown }>;
  const row = {
    key: 1,
    prompt: 'Say it without a comma.',
    instruction_id_list: ['punctuation:no_comma'],
    kwargs: [{}],
  };
  const { generated } = findBenchmark('proc/arithmetic') as GeneratedBenchmark;
  return { ...whole, generated, make: () => whole.items([row], []).slice(0, 1) } as GeneratedBenchmark;
}

it('docs/results.md names every key of results, samples and timings, and no other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-document-'));
  writeFileSync(join(folder, 'capitals.yaml'), OWN);
  writeFileSync(join(folder, 'capitals.csv'), 'country,a,b,right\nFrance,Paris,Rome,A\nItaly,Paris,Rome,B\n');
  const ref = fileURLToPath(new URL('../../test/fixtures/models/llama', import.meta.url));
  const session = await openModel({ ref });
  const found = { results: new Set<string>(), samples: new Set<string>(), timing: new Set<string>() };
  const note = (where: Set<string>, value: unknown): void => {
    for (const path of paths(value)) where.add(path);
  };
  const ask = async (
    name: string,
    benchmarks: readonly Benchmark[],
    options: EvaluateOptions,
    model = session,
  ) => {
    const out = join(folder, name);
    await evaluate(model, benchmarks, { out, ...options });
    const read = (file: string) => readFileSync(join(out, file), 'utf8');
    const results = JSON.parse(read('results.json')) as EvaluationResults;
    note(found.results, results);
    note(found.timing, JSON.parse(read('timing.json')));
    for (const benchmark of benchmarks) {
      const lines = read(join('samples', `${benchmark.name}.jsonl`))
        .trim()
        .split('\n');
      for (const line of lines) note(found.samples, JSON.parse(line));
    }
    return results;
  };
  const procedural = ['proc/syllogisms', 'proc/word_problems'].map(findBenchmark);
  const own = await resolveBenchmarks(['capitals.yaml'], folder);
  const plain = await ask('plain', [...procedural, ...own, instructions()], {
    limit: 2,
    limits: { 'proc/word_problems': 1 },
    logPrompts: true,
  });
  await ask('drawn', [procedural[1]!], {
    limit: 2,
    draws: { count: 2, sampling: { temperature: 1, seed: 0 } },
    logPrompts: true,
  });
  mkdirSync(join(folder, 'hub'));
  const some = await evaluate(session, [procedural[0]!, findBenchmark('gpqa')], {
    limit: 1,
    skipMissing: true,
    hub: { env: { CARRYOVER_HUB: join(folder, 'hub') } },
  });
  note(found.results, some);
  const named = await openModel({ ref, template: 'plain' });
  await ask('named', [procedural[0]!], { limit: 1, logPrompts: true }, named);
  await named.close();
  await session.close();
  // Groups have many members; their form is that of a benchmark.
  const one = plain.benchmarks['proc/syllogisms']!;
  const members = Object.fromEntries(GROUPS['mmlu_mathematics']!.map((member) => [member, one]));
  const groups = groupSummaries(members);
  expect(Object.keys(groups)).toContain('mmlu_mathematics');
  for (const path of paths({ benchmarks: groups })) expect(documented('`results.json`')).toContain(path);
  expect([...found.results].sort()).toEqual(
    documented('`results.json`')
      .filter((key) => key !== 'groups')
      .sort(),
  );
  expect([...found.samples].sort()).toEqual(documented('A line of').sort());
  expect([...found.timing].sort()).toEqual(documented('`timing.json`').sort());
});

it('docs/results.md names the outcomes that there are', () => {
  const row = PAGE.split('\n').find((line) => line.includes('outcomes.OUTCOME'))!;
  const named = [...row.split('|')[2]!.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name);
  expect(named).toEqual([...OUTCOMES, 'n']);
});
