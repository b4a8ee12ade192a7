import type { Verdict } from './report.ts';

/** Marks that need no colour: a terminal or a printer may have none. */
export const VERDICT_MARKS: Readonly<Record<Verdict, string>> = {
  gain: '▲',
  loss: '▼',
  'no difference shown': '=',
  'cannot tell': '?',
};
