/**
 * The real model, end to end: choices against lm-evaluation-harness on the same weights, and an evaluation that is
 * stopped and goes on. Needs CARRYOVER_HUB (a mirror of the hub) and CARRYOVER_TEST_MODEL (the GGUF file that the
 * fixture names). The first items only; CARRYOVER_TEST_ITEMS=100 compares all that the fixture has.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBenchmark } from '../benchmarks/select.ts';
import type { ModelSession } from '../engine/engine.ts';
import { openModel } from '../engine/open-engine.ts';
import { Interrupted } from '../errors.ts';
import { argmax } from '../scoring/choice.ts';
import type { Sample } from '../scoring/score.ts';
import { evaluate } from './evaluate.ts';

const { CARRYOVER_TEST_MODEL: model, CARRYOVER_HUB: hub } = process.env;
const missing = model && hub ? '' : ' (skipped: CARRYOVER_TEST_MODEL or CARRYOVER_HUB is not set)';
const LIMIT = Number(process.env['CARRYOVER_TEST_ITEMS'] ?? 12);

interface HarnessItem {
  readonly index: number;
  readonly gold: number;
  readonly acc: number;
  readonly acc_norm: number | null;
  readonly logprobs: readonly number[];
  readonly sha256: string;
}
const harness = JSON.parse(
  readFileSync(new URL('../../test/fixtures/lm-eval-choices.json', import.meta.url), 'utf8'),
) as { tasks: Record<string, { items: readonly HarnessItem[] }> };

const samplesOf = (out: string, name: string): Sample[] =>
  readFileSync(join(out, 'samples', `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Sample);
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'carryover-eval-'));

describe.skipIf(missing)(`the real model${missing}`, () => {
  let session: ModelSession;
  beforeAll(async () => {
    session = await openModel({ ref: model ?? '' });
  });
  afterAll(() => session.close());

  it.each(['arc_challenge', 'winogrande', 'commonsense_qa'])(
    `chooses what lm-evaluation-harness chooses: %s, first ${LIMIT} items`,
    { timeout: 300_000 },
    async (name) => {
      const out = newFolder();
      await evaluate(session, [findBenchmark(name)], { out, limit: LIMIT });
      const items = harness.tasks[name]!.items.slice(0, LIMIT);
      const samples = samplesOf(out, name);
      expect(samples).toHaveLength(items.length);
      let different = 0;
      for (const [i, sample] of samples.entries()) {
        const item = items[i]!;
        expect(sample.prompt_sha256).toBe(item.sha256);
        expect(sample.gold).toBe(item.gold);
        const logprobs = sample.choices.map((choice) => choice.logprob);
        for (const [c, logprob] of logprobs.entries()) {
          expect(Math.abs(logprob - item.logprobs[c]!), `item ${i}, choice ${c}`).toBeLessThan(5e-3);
        }
        const byLength = argmax(sample.choices.map((choice) => choice.logprob / choice.chars));
        if (argmax(logprobs) !== item.acc || (item.acc_norm !== null && byLength !== item.acc_norm))
          different++;
      }
      expect(different).toBeLessThanOrEqual(LIMIT / 100);
    },
  );

  it('stopped in the middle and started again, ends with the same bytes', { timeout: 120_000 }, async () => {
    const benchmarks = [findBenchmark('mmlu_high_school_mathematics'), findBenchmark('winogrande')];
    const whole = newFolder();
    await evaluate(session, benchmarks, { out: whole, limit: 6 });
    const out = newFolder();
    const abort = new AbortController();
    const stopped = evaluate(session, benchmarks, {
      out,
      limit: 6,
      signal: abort.signal,
      onProgress: ({ done }) => done >= 8 && abort.abort(),
    });
    await expect(stopped).rejects.toThrow(Interrupted);
    await evaluate(session, benchmarks, { out, limit: 6 });
    for (const { name } of benchmarks) expect(samplesOf(out, name)).toEqual(samplesOf(whole, name));
    const results = (folder: string): string => readFileSync(join(folder, 'results.json'), 'utf8');
    expect(results(out)).toBe(results(whole));
  });
});
