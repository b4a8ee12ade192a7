/** Prompts and answers that a model's context is too short for: a real, tiny model with a context of 128 tokens. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GeneratedBenchmark, Item } from '../benchmarks/benchmark.ts';
import { findBenchmark } from '../benchmarks/select.ts';
import type { ModelSession } from '../engine/engine.ts';
import { openModel } from '../engine/open-engine.ts';
import type { Sample } from '../scoring/score.ts';
import { evaluate } from './evaluate.ts';
import { promptHash, requestFor } from './request.ts';
import { showResults } from './show-results.ts';

let model: ModelSession;
beforeAll(async () => {
  const ref = fileURLToPath(new URL('../../test/fixtures/models/llama', import.meta.url));
  model = await openModel({ ref });
});
afterAll(() => model.close());

const changed = (name: string, change: (item: Item) => Item): GeneratedBenchmark => {
  const whole = findBenchmark(name) as GeneratedBenchmark;
  return { ...whole, make: (count) => whole.make(count).map(change) };
};
/** Items with prompts of so many words, about a token each, and answers of at most so many tokens. */
const written = (words: (index: number) => number, maxTokens: number): GeneratedBenchmark =>
  changed('proc/arithmetic', (item) => {
    if (item.kind !== 'generate') throw new Error('texts are asked for');
    return { ...item, prompt: `1${' so'.repeat(words(item.index) - 1)}`, maxTokens, stop: ['never'] };
  });

async function ask(benchmark: GeneratedBenchmark, limit: number, logPrompts = false) {
  const out = mkdtempSync(join(tmpdir(), 'carryover-context-'));
  const warnings: string[] = [];
  const onWarning = (warning: string): void => void warnings.push(warning);
  const results = await evaluate(model, [benchmark], { out, limit, onWarning, logPrompts });
  const lines = readFileSync(join(out, 'samples', `${benchmark.name}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  const samples = lines.map((line) => JSON.parse(line) as Sample);
  return { results, summary: results.benchmarks[benchmark.name]!, samples, warnings };
}

describe('a prompt that does not fit', () => {
  it('is cut at its left as in the harness, is counted, and is told', async () => {
    const { results, summary, samples, warnings } = await ask(
      written((index) => (index < 2 ? 200 : 20), 8),
      5,
    );
    expect(summary.cut_prompts).toBe(2);
    for (const { tokens, why } of samples.slice(0, 2)) {
      expect(tokens.prompt).toBe(120);
      expect(tokens.cut).toBeGreaterThan(0);
      expect(why).toContain(`The prompt lost its first ${tokens.cut} tokens`);
    }
    for (const { tokens } of samples.slice(2)) expect(Object.keys(tokens)).toEqual(['prompt', 'completion']);
    expect(warnings).toEqual([
      "proc/arithmetic: 2 of 5 prompts did not fit into the model's context of 128 tokens and lost their beginning, as in lm-evaluation-harness. The score is that of the cut prompts.",
    ]);
    expect(showResults(results)).toMatch(/cut prompts {2}outcomes\n.* 2 {2}/);
  });

  it('is counted where choices are judged, too', async () => {
    const long = changed('proc/syllogisms', (item) =>
      item.kind === 'choice' && item.index === 1
        ? { ...item, pairs: item.pairs.map((pair) => ({ ...pair, context: 'so '.repeat(300) })) }
        : item,
    );
    const { summary, samples } = await ask(long, 3);
    expect(samples.filter(({ tokens }) => tokens.cut !== undefined).length).toBe(summary.cut_prompts);
    expect(samples[1]!.tokens.cut).toBeGreaterThan(100);
  });

  it('is no warning where all fit', async () => {
    const { summary, warnings, results } = await ask(
      written(() => 20, 8),
      3,
    );
    expect([summary.cut_prompts, warnings]).toEqual([0, []]);
    expect(showResults(results)).not.toContain('cut');
  });
});

describe('an answer that may be longer than the context', () => {
  it('has the room that the whole prompt leaves; a prompt that leaves none is an error with its reason', async () => {
    for (const maxTokens of [128, 1000]) {
      const { summary, samples, warnings } = await ask(
        written((index) => (index === 0 ? 200 : 20), maxTokens),
        3,
      );
      const [none, some] = samples;
      expect(none).toMatchObject({ outcome: 'error', value: 0, readings: { corrected: {} } });
      expect(none!.why).toMatch(
        new RegExp(
          `^A prompt of \\d+ tokens leaves no room for the answer: it may take ${maxTokens}, and the model's context holds 128 in all.$`,
        ),
      );
      expect(some!.outcome).toBe('truncated');
      expect(some!.tokens.prompt + some!.tokens.completion).toBe(128);
      expect(some!.why).toContain(
        `The answer ended with the model's context of 128 tokens, after ${some!.tokens.completion} of ${maxTokens} that it may take.`,
      );
      // What has no score is not among the scores, nor among the prompts that were answered in part.
      expect([summary.outcomes.error, summary.cut_prompts]).toEqual([1, 0]);
      expect(warnings).toEqual([
        "proc/arithmetic: 1 item ended as error: the prompt leaves no room for an answer in the model's context of 128 tokens.",
        "proc/arithmetic: 2 answers ended with the model's context of 128 tokens, which is shorter than an answer may be. They count as truncated.",
      ]);
    }
  });
});

describe('prompts in the samples', () => {
  it('are what the hash is of', async () => {
    for (const name of ['proc/arithmetic', 'proc/syllogisms']) {
      const benchmark = findBenchmark(name) as GeneratedBenchmark;
      const { samples } = await ask(benchmark, 2, true);
      for (const [at, item] of benchmark.make(2).entries()) {
        const { prompt, prompt_sha256 } = samples[at]!;
        expect(prompt).toEqual(
          item.kind === 'generate'
            ? item.prompt
            : item.pairs.map(({ context, continuation }) => ({ context, continuation })),
        );
        expect(prompt_sha256).toBe(promptHash(requestFor(item, null)));
      }
      expect((await ask(benchmark, 1)).samples[0]).not.toHaveProperty('prompt');
    }
  });
});
