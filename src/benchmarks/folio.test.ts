/** The prompt of FOLIO as Logic-LM writes it, on rows of our own, and on the real rows where they are. */
import { expect, it } from 'vitest';
import { readRows } from '../data/sources/read-rows.ts';
import { sha256 } from '../platform/files.ts';
import type { GenerateItem } from './benchmark.ts';
import { folio } from './folio.ts';

const mirror = process.env['CARRYOVER_HUB'];

it('shows two rows of the training split and asks for the letter', () => {
  const row = (place: number, label: string) => ({
    premises: [`Premise ${place}.`, ' All stand. '],
    conclusion: `Conclusion ${place}. `,
    label,
  });
  const train = Array.from({ length: 15 }, (_, place) => row(place, place === 0 ? 'True' : 'Unknown'));
  const [item] = folio.items([row(99, 'False')], train) as readonly GenerateItem[];
  expect(item!.gold).toBe('B');
  expect(item!.messages.map(({ role }) => role)).toEqual([
    'system',
    'user',
    'assistant',
    'user',
    'assistant',
    'user',
  ]);
  expect(item!.prompt).toMatchInlineSnapshot(`
    "Given a problem statement as contexts, the task is to answer a logical reasoning question. 
    ------
    Context:
    Premise 0.  All stand.

    Question: Based on the above information, is the following statement true, false, or uncertain? Conclusion 0.

    Options:
    A) True
    B) False
    C) Uncertain

    The correct option is: A
    ------
    Context:
    Premise 14.  All stand.

    Question: Based on the above information, is the following statement true, false, or uncertain? Conclusion 14.

    Options:
    A) True
    B) False
    C) Uncertain

    The correct option is: C
    ------
    Context:
    Premise 99.  All stand.

    Question: Based on the above information, is the following statement true, false, or uncertain? Conclusion 99.

    Options:
    A) True
    B) False
    C) Uncertain

    The correct option is:"
  `);
});

/** Up to the question: the text of Logic-LM's file (commit 0c2810c) up to its last "Context:". */
it.skipIf(!mirror)(
  `begins with the words of Logic-LM's file${mirror ? '' : ' (skipped: CARRYOVER_HUB is not set)'}`,
  async () => {
    const train = await readRows(folio.shots!);
    const items = folio.items((await readRows(folio.test)).slice(0, 2), train) as readonly GenerateItem[];
    for (const { prompt } of items) {
      const before = prompt.slice(0, prompt.lastIndexOf('Context:'));
      expect(sha256(before)).toBe('073756017a7a5cb3d094fcd427570c1dcab131e0f5f4d2a95e4e2366c11bde8f');
    }
  },
);
