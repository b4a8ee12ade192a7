/**
 * Benchmarks that are also reported as one: groups of lm-evaluation-harness 0.4.13 (tasks/mmlu/default, tasks/bbh,
 * tasks/mmlu_pro), whose mean weighs every member by its size, and some of our own that part a domain from the rest.
 */
import { BBH } from './bbh/bbh.ts';
import type { HubBenchmark } from './benchmark.ts';
import { MMLU } from './mmlu/mmlu.ts';
import { type MmluGroup, SUBJECTS } from './mmlu/subjects.table.ts';
import { MMLU_PRO } from './mmlu-pro.ts';

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

const namesIn = (
  all: Readonly<Record<string, HubBenchmark>>,
  member: (one: HubBenchmark) => boolean,
): readonly string[] =>
  Object.values(all)
    .filter(member)
    .map(({ name }) => name);

/** Group name to the names of its members; those of MMLU with five examples as `mmlu_stem@5shot`. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['', '@5shot'].flatMap((variant) =>
      Object.entries(MMLU_GROUPS).map(([name, member]) => [
        name + variant,
        SUBJECTS.filter(member).map(([subject]) => `mmlu_${subject}${variant}`),
      ]),
    ),
  ),
  mmlu_pro: namesIn(MMLU_PRO, () => true),
  mmlu_pro_science: namesIn(MMLU_PRO, ({ domain }) => domain === 'scientific'),
  bbh: namesIn(BBH, ({ name }) => name.startsWith('bbh_cot_fewshot_')),
  bbh_zeroshot: namesIn(BBH, ({ name }) => name.startsWith('bbh_zeroshot_')),
  bbh_cot_zeroshot: namesIn(BBH, ({ name }) => name.startsWith('bbh_cot_zeroshot_')),
};

/** Those that the harness does not have. */
export const OWN_GROUPS: readonly string[] = [
  'mmlu_mathematics',
  'mmlu_stem_without_mathematics',
  'mmlu_pro_science',
];
