import { expect, test } from 'vitest';
import { LOOKED_RECEIPT } from '../../../test/support/receipts.ts';
import type { SourceReceipt } from '../stage.ts';
import { lossTexts } from './receipt-text.ts';

test('every reason for which rows are left out is said, with the sum over the sources', () => {
  const [source] = LOOKED_RECEIPT.sources;
  const reasons = Object.keys(source!.dropped) as (keyof SourceReceipt['dropped'])[];
  expect(reasons).toEqual(expect.arrayContaining(['empty-answer', 'overlong', 'duplicate', 'contaminated']));
  const none = Object.fromEntries(reasons.map((reason) => [reason, 0])) as SourceReceipt['dropped'];
  const kept = { truncated: 0, cutAnswers: 0, rewritten: 0, inserted: 0, expanded: 0, overlongAnswers: 0 };
  const clean = { ...source!, dropped: none, ...kept };
  expect(lossTexts([clean, clean])).toEqual([]);
  const said = reasons.map((reason) => {
    const lost = { ...clean, dropped: { ...none, [reason]: 1200 } };
    const texts = lossTexts([lost, clean, lost]);
    expect(texts).toEqual([expect.stringMatching(/^2,400 rows left out: /)]);
    return texts[0];
  });
  expect(new Set(said).size).toBe(reasons.length);
});
