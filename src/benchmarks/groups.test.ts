import { describe, expect, it } from 'vitest';
import { GROUPS } from './groups.ts';
import { HUB_BENCHMARKS } from './index.ts';
import { selectBenchmarks } from './select.ts';

const sizes = Object.fromEntries(
  Object.entries(GROUPS).map(([group, members]) => [
    group,
    [members.length, members.reduce((sum, name) => sum + HUB_BENCHMARKS[name]!.size, 0)],
  ]),
);

describe('groups', () => {
  it('have the members and items of lm-evaluation-harness, and the mathematics of STEM apart', () => {
    expect(sizes).toMatchObject({
      mmlu: [57, 14_042],
      mmlu_stem: [19, 3_153],
      mmlu_humanities: [13, 4_705],
      mmlu_social_sciences: [12, 3_077],
      mmlu_other: [13, 3_107],
      mmlu_mathematics: [5, 1_064],
      mmlu_stem_without_mathematics: [14, 2_089],
      'mmlu@5shot': [57, 14_042],
      mmlu_pro: [14, 12_032],
      mmlu_pro_science: [5, 4_527],
      bbh: [27, 6_511],
      bbh_zeroshot: [27, 6_511],
      bbh_cot_zeroshot: [27, 6_511],
    });
  });

  it('agree with the domains', () => {
    const domains = (group: string) => new Set(GROUPS[group]!.map((name) => HUB_BENCHMARKS[name]!.domain));
    expect(domains('mmlu_mathematics')).toEqual(new Set(['mathematical']));
    expect(domains('mmlu_stem_without_mathematics')).toEqual(new Set(['scientific']));
    expect(domains('mmlu_pro_science')).toEqual(new Set(['scientific']));
    expect(domains('bbh')).toEqual(new Set(['symbolic']));
    for (const group of ['mmlu_humanities', 'mmlu_social_sciences', 'mmlu_other'])
      expect(domains(group)).toEqual(new Set(['guards']));
  });

  it('are chosen by their names like benchmarks, and never bear the name of one', () => {
    const chosen = selectBenchmarks({ names: 'mmlu_mathematics,winogrande,mmlu_high_school_mathematics' });
    expect(chosen.map(({ name }) => name)).toEqual([...GROUPS['mmlu_mathematics']!, 'winogrande']);
    for (const group of Object.keys(GROUPS)) expect(HUB_BENCHMARKS[group]).toBeUndefined();
  });
});
