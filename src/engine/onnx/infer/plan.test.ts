/** The pure parts: prefixes, groups, rows, stop strings, memory. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inverseFrequencies } from '../models/rotary.ts';
import { refuseIfTooLarge } from './memory.ts';
import { groupByTokens } from './read-rows.ts';
import { refuseWithoutRoom } from './room.ts';
import { branchedRow, commonPrefix, joinRows, type Row, seenFrom, sharablePrefix } from './row.ts';
import { sharedPrefixes } from './shared-prefixes.ts';
import { findStop } from './stop.ts';

const tokens = (minLength: number) => fc.array(fc.integer({ min: 0, max: 2 }), { minLength, maxLength: 12 });

describe('sharedPrefixes', () => {
  it('puts every text into one group, and all of a group begin alike', () => {
    fc.assert(
      fc.property(
        fc.array(tokens(0), { maxLength: 20 }),
        fc.integer({ min: 1, max: 4 }),
        (texts, shortest) => {
          const groups = sharedPrefixes(texts, { shortest, fewest: 2 });
          expect(groups.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual([...texts.keys()]);
          for (const { prefix, members } of groups) {
            const [first] = members;
            for (const member of members)
              expect(commonPrefix(texts[first!]!, texts[member]!)).toBeGreaterThanOrEqual(prefix);
            if (prefix > 0) expect(prefix).toBeGreaterThanOrEqual(shortest);
          }
        },
      ),
    );
  });

  it('finds two few-shot heads and leaves the odd one out', () => {
    const head = (start: number) => Array.from({ length: 40 }, (_, at) => start + at);
    const texts = [[...head(0), 1], [...head(100), 2], [9], [...head(0), 3, 4], [...head(100), 5]];
    expect(sharedPrefixes(texts, { shortest: 32, fewest: 2 })).toEqual([
      { prefix: 40, members: [0, 3] },
      { prefix: 40, members: [1, 4] },
      { prefix: 0, members: [2] },
    ]);
  });
});

const slotsSeen = (row: Row, slot: number) => {
  const spans = seenFrom(row, slot);
  return [...row.tokens.keys()].filter((other) => spans.some(([from, to]) => other >= from && other < to));
};

describe('branchedRow', () => {
  it('lets every sequence be read back along trunk and branch', () => {
    fc.assert(
      fc.property(fc.array(tokens(2), { minLength: 1, maxLength: 5 }), fc.nat(), (texts, seed) => {
        const sequences = texts.map((text, at) => ({
          tokens: text,
          scored: 1 + ((seed + at) % (text.length - 1)),
        }));
        const { row, places } = branchedRow(sequences);
        sequences.forEach(({ tokens: text, scored }, at) => {
          const steps = places[at]!;
          expect(steps.map(({ head, target }) => row.heads[head]!.targets[target])).toEqual(
            text.slice(-scored),
          );
          const last = row.heads[steps.at(-1)!.head]!.slot;
          const seen = slotsSeen(row, last);
          expect(seen.map((slot) => row.tokens[slot])).toEqual(text.slice(0, -1));
          expect(seen.map((slot) => row.positions[slot])).toEqual([...seen.keys()]);
        });
        expect(sharablePrefix(row).length).toBeLessThanOrEqual(row.heads[0]!.slot);
      }),
    );
  });

  it('asks for all one-token choices at one place', () => {
    const choices = [5, 6, 7, 8].map((choice) => ({ tokens: [1, 2, 3, choice], scored: 1 }));
    const { row } = branchedRow(choices);
    expect(row.tokens).toEqual([1, 2, 3]);
    expect(row.heads).toEqual([{ slot: 2, targets: [5, 6, 7, 8] }]);
  });
});

describe('joinRows', () => {
  it('shows every token what it saw before, and nothing of the other rows', () => {
    const requests = fc.array(fc.array(tokens(2), { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(requests, fc.array(fc.integer({ min: 3, max: 5 }), { maxLength: 3 }), (texts, head) => {
        const alone = texts.map(
          (choices) => branchedRow(choices.map((text) => ({ tokens: [...head, ...text], scored: 1 }))).row,
        );
        const shared = Math.min(head.length, ...alone.map((row) => sharablePrefix(row).length));
        const joined = joinRows(alone, shared);
        const view = (row: Row, { slot, targets }: Row['heads'][number]) => ({
          targets,
          tokens: slotsSeen(row, slot).map((at) => row.tokens[at]),
          positions: slotsSeen(row, slot).map((at) => row.positions[at]),
        });
        expect(joined.heads.map((one) => view(joined, one))).toEqual(
          alone.flatMap((row) => row.heads.map((one) => view(row, one))),
        );
        expect(joined.tokens.length).toBe(
          shared + alone.reduce((sum, row) => sum + row.tokens.length - shared, 0),
        );
      }),
    );
  });
});

describe('groupByTokens', () => {
  it('keeps the order, the budget and the most rows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 30 }), (lengths) => {
        const groups = groupByTokens(lengths, 60, 4);
        expect(groups.flatMap(([from, to]) => lengths.slice(from, to))).toEqual(lengths);
        for (const [from, to] of groups) {
          const group = lengths.slice(from, to);
          expect(group.length).toBeLessThanOrEqual(4);
          if (group.length > 1) expect(Math.max(...group) * group.length).toBeLessThanOrEqual(60);
        }
      }),
    );
  });
});

describe('findStop', () => {
  it('is the earliest place of any string', () => {
    expect(findStop('a\n\nQ: b', ['Q:', '\n\n'])).toBe(1);
    expect(findStop('abc', ['x'])).toBe(-1);
    expect(findStop('abc', [''])).toBe(-1);
    expect(findStop('abc', ['c', 'abc'])).toBe(0);
  });
});

describe('inverseFrequencies', () => {
  it('keeps short waves and stretches long ones for Llama 3', () => {
    const ropeScaling = {
      kind: 'llama3',
      factor: 8,
      lowFrequencyFactor: 1,
      highFrequencyFactor: 4,
      originalContext: 8192,
    } as const;
    const plain = inverseFrequencies({ headDim: 128, ropeTheta: 500_000 });
    const scaled = inverseFrequencies({ headDim: 128, ropeTheta: 500_000, ropeScaling });
    expect(scaled[0]).toBe(plain[0]);
    expect(scaled[63]).toBe(plain[63]! / 8);
    expect(scaled.every((frequency, at) => frequency <= plain[at]! && frequency >= plain[at]! / 8)).toBe(
      true,
    );
  });
});

describe('refuseWithoutRoom', () => {
  it('refuses before allocating, with both figures', () => {
    const free = () => 2 ** 30;
    expect(() => refuseWithoutRoom('the cache', 3 * 2 ** 29, free)).toThrow(
      'the cache needs 1.5 GiB of memory, 1.0 GiB are free',
    );
    expect(() => refuseWithoutRoom('the cache', 2 ** 29, free)).not.toThrow();
  });
});

describe('refuseIfTooLarge', () => {
  const config = {
    architecture: 'llama',
    layers: 32,
    width: 4096,
    heads: 32,
    kvHeads: 8,
    headDim: 128,
    feedForward: 14336,
    vocabulary: 128_256,
    context: 131_072,
    rmsNormEpsilon: 1e-5,
    ropeTheta: 500_000,
    tiedHead: false,
    qkvBias: false,
    outputBias: false,
    qkNorm: false,
    eosTokens: [],
  } as const;
  const large = { name: 'Llama-3.1-8B', parameters: 8.03e9, config };

  it('names the need and what is free, before anything is read', () => {
    expect(() => refuseIfTooLarge(large, 24 * 2 ** 30)).toThrowErrorMatchingInlineSnapshot(
      `[UserError: the model Llama-3.1-8B needs about 61.8 GiB of memory in float32, 24.0 GiB are free]`,
    );
  });

  it('lets pass what fits', () => {
    expect(() => refuseIfTooLarge(large, 80 * 2 ** 30)).not.toThrow();
  });
});
