/** What may be meant so in a study and rather looks like a mistake. */
import { sourcesToRead } from '../data/overlap/sources-to-read.ts';
import type { Plan } from './plan.ts';

/** Sentences that begin with `warning:`; none where nothing is odd. */
export function planWarnings({ study, arms }: Pick<Plan, 'study' | 'arms'>): string[] {
  const used = new Set(arms.flatMap(({ stages }) => stages.flatMap(({ mix }) => Object.keys(mix))));
  const sources = Object.keys(study.sources);
  const made = (name: string): boolean => study.sources[name]?.procedural !== undefined;
  const read = sourcesToRead(sources, [...used], made, study.data.dedup);
  return sources.flatMap((name) => {
    if (used.has(name)) return [];
    const effect = read.includes(name)
      ? '; rows of later sources that repeat one of its rows are left out all the same'
      : '';
    return [
      `warning: no arm is trained on the source ${name}${effect}: name it in the mix of a stage, or remove it`,
    ];
  });
}
