/**
 * Benchmarks that are also reported as one: the groups of lm-evaluation-harness 0.4.13 (tasks/mmlu/default), whose mean
 * weighs every member by its size, and two of our own that part the mathematics from the rest of STEM.
 */
import { MMLU } from './mmlu/mmlu.ts';
import { type MmluGroup, SUBJECTS } from './mmlu/subjects.table.ts';

type Subject = (typeof SUBJECTS)[number];

const of =
  (group: MmluGroup) =>
  ([, its]: Subject): boolean =>
    its === group;

const MMLU_GROUPS: Readonly<Record<string, (subject: Subject) => boolean>> = {
  mmlu: () => true,
  mmlu_stem: of('stem'),
  mmlu_humanities: of('humanities'),
  mmlu_social_sciences: of('social_sciences'),
  mmlu_other: of('other'),
  mmlu_mathematics: ([, , kind]) => kind === 'math',
  mmlu_stem_without_mathematics: ([name]) => MMLU[`mmlu_${name}`]!.domain === 'scientific',
};

/** Group name to the names of its members; those with five examples as `mmlu_stem@5shot`. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  ['', '@5shot'].flatMap((variant) =>
    Object.entries(MMLU_GROUPS).map(([name, member]) => [
      name + variant,
      SUBJECTS.filter(member).map(([subject]) => `mmlu_${subject}${variant}`),
    ]),
  ),
);
