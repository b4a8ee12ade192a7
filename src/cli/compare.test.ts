/** `carryover compare --items` on samples of made problems whose answers are changed by hand. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import type { GeneratedBenchmark } from '../benchmarks/benchmark.ts';
import { findBenchmark } from '../benchmarks/select.ts';
import { requestFor } from '../evaluation/request.ts';
import { sampleOf } from '../evaluation/sample.ts';
import type { Sample } from '../scoring/score.ts';

const folder = mkdtempSync(join(tmpdir(), 'carryover-compare-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const arithmetic = findBenchmark('proc/arithmetic') as GeneratedBenchmark;
const items = arithmetic.make(4);
/** Samples of the first four problems; `texts`: what the model wrote, `right` for the reference. */
async function samples(...texts: readonly string[]): Promise<Sample[]> {
  return Promise.all(
    items.map((item, at) => {
      const text = texts[at] === 'right' ? `Answer: ${item.gold}` : texts[at]!;
      const tokens = { prompt: 1, completion: 1 };
      const answer = { id: item.id, text, finish: 'stop', tokens } as const;
      return sampleOf(arithmetic, requestFor(item, null), answer, { context: 512 });
    }),
  );
}
const write = (name: string, lines: readonly Sample[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return path;
};

let [a, b] = ['', ''];
beforeAll(async () => {
  a = write('a.jsonl', await samples('right', 'Answer: -1', 'Answer: -1', 'right'));
  b = write('b.jsonl', await samples('right', 'right', 'Hm.', 'First this.\nAnswer: -1'));
});

it('lists the items that ended otherwise, with question, reference and both answers', async () => {
  const { out, code } = await carryover('compare', a, b, '--items', '2', '--json');
  expect(code).toBe(0);
  const { changed } = JSON.parse(out);
  const question = (at: number) => {
    const item = items[at]!;
    return item.kind === 'generate' ? item.messages.at(-1)!.content.trim() : '';
  };
  expect(question(1)).not.toBe('');
  expect(changed).toEqual([
    {
      benchmark: 'proc/arithmetic',
      total: 3,
      items: [
        expect.objectContaining({
          id: items[1]!.id,
          index: 1,
          question: question(1),
          samePrompt: true,
          a: expect.objectContaining({ outcome: 'wrong', answer: '-1', output: 'Answer: -1' }),
          b: expect.objectContaining({ outcome: 'correct' }),
        }),
        expect.objectContaining({
          id: items[2]!.id,
          question: question(2),
          a: expect.objectContaining({ outcome: 'wrong' }),
          b: expect.objectContaining({ outcome: 'no_answer', output: 'Hm.' }),
        }),
      ],
    },
  ]);
});

it('prints them below the table, and says where the prompt was another', async () => {
  const { out } = await carryover('compare', a, b, '--items', '9');
  expect(out).toContain('proc/arithmetic: 3 items with another outcome\n');
  expect(out).toContain(`${items[3]!.id} (item 4): correct -> wrong\n  question   `);
  expect(out).toContain('  B          -1\n             First this.\n             Answer: -1');
  expect(out).not.toContain('asked in other words');
  const chat = (await samples('right', 'right', 'Hm.', 'right')).map((one) => ({
    ...one,
    prompt_sha256: 'x',
  }));
  const { out: other } = await carryover('compare', a, write('chat.jsonl', chat), '--items', '1');
  expect(other).toContain('proc/arithmetic: 2 items with another outcome, the first 1\n');
  expect(other).toContain('(asked in other words: a chat template, or another version)');
  const { out: none } = await carryover('compare', a, a, '--items', '1');
  expect(none).toContain('proc/arithmetic: no item with another outcome');
});

it('does without the question where the benchmark is not known, and prints no items unless asked', async () => {
  const foreign = async (...texts: readonly string[]) =>
    (await samples(...texts)).map((one) => ({ ...one, benchmark: 'mine' }));
  const [x, y] = [
    write('x.jsonl', await foreign('right', 'right', 'right', 'right')),
    write('y.jsonl', await foreign('right', 'right', 'right', 'Hm.')),
  ];
  expect((await carryover('compare', x, y, '--items', '1')).out).toContain('question   not at hand');
  expect((await carryover('compare', a, b)).out).not.toContain('another outcome');
});
