import type { Needed } from '../stats/sample-size.ts';
import { count } from '../text/counts.ts';

/**
 * What it would take, as people read it: `about 1,900 items (now 400) or 7 seeds (now 3)`. Numbers of items are rounded
 * up to two digits, since they rest on an estimated noise.
 */
export function neededText(needed: Needed, now: { readonly items: number; readonly seeds: number }): string {
  const parts: string[] = [];
  if (needed.items !== null && needed.items > now.items)
    parts.push(`about ${count(roundedUp(needed.items))} items (now ${count(now.items)})`);
  if (needed.seeds !== null && needed.seeds > now.seeds)
    parts.push(`${count(needed.seeds)} seeds (now ${now.seeds})`);
  if (parts.length > 0) return parts.join(' or ');
  return now.seeds > 1 ? 'more items and more seeds' : 'more items than can be counted on';
}

function roundedUp(items: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(items)) - 1);
  return Math.ceil(items / step) * step;
}
