import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHUNK, type Chunk, chunkLimits, estimatedTokens, planChunks } from './chunks.ts';
import type { Request } from './request.ts';

const generate = (maxTokens: number): Request =>
  ({ kind: 'generate', request: { id: 'g', prompt: 'What is 1 + 1?', stop: [], maxTokens } }) as never;
const choice = (choices: number): Request => {
  const pair = { context: 'Is it so?', continuation: ' yes' };
  return { kind: 'choice', request: { id: 'c', pairs: Array(choices).fill(pair) } } as never;
};
const benchmark = (count: number, one: Request): Request[] => Array(count).fill(one);
const sizes = (chunk: Chunk) => chunk.reduce((sum, { from, to }) => sum + to - from, 0);

describe('chunks', () => {
  it('of a large model are 32 choices or 24 texts of one benchmark', () => {
    for (const parameters of [135e6, 100e6, 8e9]) {
      const chunks = planChunks([benchmark(70, choice(4)), benchmark(40, generate(5000))], parameters);
      expect(chunks).toEqual([
        [{ list: 0, from: 0, to: 32 }],
        [{ list: 0, from: 32, to: 64 }],
        [{ list: 0, from: 64, to: 70 }],
        [{ list: 1, from: 0, to: 24 }],
        [{ list: 1, from: 24, to: 40 }],
      ]);
    }
  });

  it('of a small model go on over the benchmarks of their kind', () => {
    const lists = [benchmark(30, choice(4)), benchmark(30, generate(100)), benchmark(30, choice(2))];
    expect(planChunks(lists, 1e6)).toEqual([
      [{ list: 1, from: 0, to: 30 }],
      [
        { list: 0, from: 0, to: 30 },
        { list: 2, from: 0, to: 30 },
      ],
    ]);
  });

  it('grow as the model shrinks, up to a limit', () => {
    const items = [200e6, 100e6, 60e6, 30e6, 10e6, 1e6, 1000].map(
      (parameters) => chunkLimits(parameters, 'generate').items,
    );
    expect(items).toEqual([24, 24, 24, 72, 240, 384, 384]);
  });

  it('have fewer items where these write much', () => {
    const chunks = planChunks([benchmark(600, generate(1000))], 1e6);
    expect(chunks.map(sizes)).toEqual([99, 99, 99, 99, 99, 99, 6]);
  });

  it('are measured by what is read and written, the context of all choices once', () => {
    // 14 characters, and 9 with 4 for each choice; three characters a token.
    expect(estimatedTokens(generate(100))).toBeCloseTo(14 / 3 + 100, 9);
    expect(estimatedTokens(choice(5))).toBeCloseTo((9 + 5 * 4) / 3, 9);
  });

  it('hold every request once, in order, within the limits', () => {
    const lists = fc.array(
      fc.oneof(
        fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 3000 }).map(generate)),
        fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 5 }).map(choice)),
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(lists, fc.constantFrom(1e5, 3e6, 40e6, 70e6, 2e8), (spec, parameters) => {
        const requests = spec.map(([count, one]) => benchmark(count, one));
        const chunks = planChunks(requests, parameters);
        for (const [list, all] of requests.entries()) {
          const parts = chunks.flat().filter((part) => part.list === list);
          expect(parts.flatMap(({ from, to }) => [...all.keys()].slice(from, to))).toEqual([...all.keys()]);
        }
        for (const chunk of chunks) {
          const kinds = new Set(chunk.map(({ list, from }) => requests[list]![from]!.kind));
          expect(kinds.size).toBe(1);
          const [kind] = kinds;
          expect(sizes(chunk)).toBeGreaterThan(0);
          const { items, tokens } = chunkLimits(parameters, kind!);
          expect(sizes(chunk)).toBeLessThanOrEqual(items);
          const own = chunk.flatMap(({ list, from, to }) => requests[list]!.slice(from, to));
          const sum = own.reduce((all, one) => all + estimatedTokens(one), 0);
          if (sizes(chunk) > CHUNK[kind!])
            expect(sum).toBeLessThanOrEqual(tokens ?? Number.POSITIVE_INFINITY);
          expect(new Set(chunk.map(({ list }) => list)).size).toBe(chunk.length);
          if (parameters > 50e6) expect(chunk).toHaveLength(1);
        }
      }),
    );
    expect(CHUNK).toEqual({ choice: 32, generate: 24 });
  });
});
