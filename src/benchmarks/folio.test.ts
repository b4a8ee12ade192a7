/** The prompt of FOLIO as Logic-LM writes it, on a row of our own. */
import { expect, it } from 'vitest';
import { sha256 } from '../platform/files.ts';
import type { GenerateItem } from './benchmark.ts';
import { folio } from './folio.ts';

it("begins with the words of Logic-LM's file and asks for the reasoning", () => {
  const row = { premises: ['Premise 1.', ' All stand. '], conclusion: 'Conclusion. ', label: 'Unknown' };
  const [item] = folio.items([row], []) as readonly GenerateItem[];
  expect(item!.gold).toBe('C');
  expect(item!.messages.map(({ role }) => role).join(' ')).toBe('system user assistant user assistant user');
  const at = item!.prompt.lastIndexOf('Context:');
  // The text of Logic-LM's baselines/icl_examples/FOLIO_CoT.txt up to its last "Context:".
  expect(sha256(item!.prompt.slice(0, at))).toBe(
    '0fcf3e57addf8a125e179e947b5fcafeff0933895f45c062c1fe609e40c874b4',
  );
  expect(item!.prompt.slice(at)).toMatchInlineSnapshot(`
    "Context:
    Premise 1. All stand.

    Question: Based on the above information, is the following statement true, false, or uncertain? Conclusion.

    Options:
    A) True
    B) False
    C) Uncertain

    Reasoning:"
  `);
});
