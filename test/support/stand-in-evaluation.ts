/** Two small benchmarks and what answers them, for tests of what an evaluation does with answers. */
import type { HubBenchmark, Row } from '../../src/benchmarks/benchmark.ts';
import { buildPrompt, choicesAfter } from '../../src/benchmarks/prompt.ts';
import { textOf, textsOf } from '../../src/benchmarks/rows.ts';
import type { ModelSession } from '../../src/engine/engine.ts';
import { sha256 } from '../../src/platform/files.ts';
import { scoreNumber } from '../../src/scoring/gsm8k.ts';

/**
 * A stand-in at the edge of the product, for the model: numbers are made from hashes of the prompts, so that equal
 * requests give equal answers, and from the place in the call, as batches do in real floating point. The real model's
 * path is covered by `src/evaluation/real-model.test.ts`.
 */
export function standIn(behaviour: {
  readonly fail?: (id: string) => boolean;
  readonly stopAfter?: { calls: number; abort: AbortController };
  readonly finish?: 'stop' | 'length';
  /** A large model's by default: chunks then end where benchmarks end. */
  readonly parameters?: number;
}): ModelSession & { readonly calls: string[][] } {
  const calls: string[][] = [];
  const enter = (ids: string[]): void => {
    if (behaviour.stopAfter && calls.length >= behaviour.stopAfter.calls) {
      behaviour.stopAfter.abort.abort();
      throw new Error('aborted by the user');
    }
    calls.push(ids);
    const failing = ids.find((id) => behaviour.fail?.(id));
    if (failing !== undefined) throw new Error(`item ${failing} does not fit`);
  };
  const noise = (text: string, place: number): number =>
    -(Number.parseInt(sha256(text).slice(0, 8), 16) / 2 ** 28) - place * 1e-9;
  return {
    calls,
    description: { name: 'stand-in', parameters: behaviour.parameters ?? 135e6, context: 100 },
    fingerprint: 'stand-in-1',
    ownFingerprint: 'stand-in-1',
    generate: async (requests, { onResult }) => {
      enter(requests.map(({ id }) => id));
      for (const { id, prompt } of requests) {
        const digit = sha256(prompt).at(0)!;
        const text = digit < '4' ? '' : ` So it is #### ${Number.parseInt(digit, 16)}`;
        const finish = behaviour.finish ?? 'stop';
        onResult({ id, text, finish, tokens: { prompt: prompt.length, completion: text.length } });
      }
    },
    loglikelihood: async (requests, { onResult }) => {
      enter(requests.map(({ id }) => id));
      for (const [place, { id, pairs }] of requests.entries()) {
        const choices = pairs.map((pair) => ({
          logprob: noise(pair.context + pair.continuation, place),
          greedy: false,
          tokens: 1,
        }));
        onResult({ id, choices, promptTokens: 7 });
      }
    },
    renderChat: (messages) => `<chat>${messages.map((m) => `${m.role}:${m.content}`).join('|')}<answer>`,
    countTokens: (text) => text.length,
    close: async () => {},
  };
}

const SHARED = {
  title: 'Test',
  domain: 'logical',
  abilities: ['deduction'],
  why: 'made for this test',
  flaws: [],
  clusterKey: 'pairs of neighbours',
  licence: 'none',
  source: 'this file',
  chance: 0.5,
} as const;

/** 70 rows, two a cluster. */
export const choice: HubBenchmark = {
  ...SHARED,
  name: 'test_choice',
  kind: 'choice',
  metric: 'acc_norm',
  size: 70,
  test: { dataset: 'test/rows', split: 'test', files: 'choice.jsonl' },
  items: (rows: readonly Row[]) =>
    rows.map((row, index) => ({
      kind: 'choice',
      id: textOf(row, 'id'),
      index,
      cluster: String(Math.floor(index / 2)),
      pairs: choicesAfter(buildPrompt({ question: textOf(row, 'question') }), textsOf(row, 'choices')),
      choices: textsOf(row, 'choices'),
      gold: index % 2,
    })),
};

/** 40 rows, each its own cluster. */
export const generate: HubBenchmark = {
  ...SHARED,
  name: 'test_generate',
  kind: 'generate',
  metric: 'exact_match',
  size: 40,
  test: { dataset: 'test/rows', split: 'test', files: 'generate.jsonl' },
  items: (rows: readonly Row[]) =>
    rows.map((row, index) => ({
      kind: 'generate',
      id: textOf(row, 'id'),
      index,
      cluster: textOf(row, 'id'),
      ...(({ text, messages }) => ({ prompt: text, messages }))(
        buildPrompt({ question: textOf(row, 'question') }),
      ),
      stop: ['\n'],
      maxTokens: 8,
      gold: '#### 7',
    })),
  score: (output, item, options) => scoreNumber(output, String(item.gold), 'hashes', options?.ending),
};
