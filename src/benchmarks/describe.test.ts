import { describe, expect, it } from 'vitest';
import { describeBenchmark, familyOf, isProcedural, setupsOf } from './describe.ts';
import { BENCHMARKS, HUB_BENCHMARKS } from './index.ts';
import { findBenchmark } from './select.ts';
import { ANSWER_KINDS, FLAW_KINDS, FORMATS } from './vocabulary.ts';

describe('the description of a benchmark', () => {
  it.each(Object.values(BENCHMARKS).map((one) => [one.name, one] as const))('%s is whole', (_, benchmark) => {
    const one = describeBenchmark(benchmark);
    expect(Object.keys(FORMATS)).toContain(one.format);
    expect(Object.keys(ANSWER_KINDS)).toContain(one.answer);
    // What weighs options has no written answer, and the other way round.
    expect(['choice-texts', 'choice-letters', 'cloze'].includes(one.format)).toBe(one.kind === 'choice');
    expect(['option', 'letter', 'yes-no'].includes(one.answer) || one.kind === 'generate').toBe(true);
    for (const ability of one.ability_reasons) {
      expect(ability.definition, ability.id).not.toBe('');
      expect(ability.why.length, ability.id).toBeGreaterThan(20);
    }
    expect(one.abilities).toEqual(expect.arrayContaining(Object.keys(benchmark.abilityReasons ?? {})));
    for (const flaw of one.flaws) {
      expect(Object.keys(FLAW_KINDS)).toContain(flaw.kind);
      expect(flaw.kind, flaw.text).not.toBe('other');
    }
    // Of procedural tasks the generator gives one reason for all of its abilities.
    if (one.abilities.length > 1 && !isProcedural(benchmark))
      expect(Object.keys(benchmark.abilityReasons ?? {}).sort()).toEqual([...one.abilities].sort());
    expect(one.setups.length).toBeGreaterThan(0);
    for (const text of [one.licence, one.source, one.cluster_key, one.family]) expect(text).not.toBe('');
  });

  it.each(Object.values(HUB_BENCHMARKS).map((one) => [one.name, one] as const))(
    '%s names how many shots its set-up has',
    (_, benchmark) => {
      for (const setup of setupsOf(benchmark)) {
        expect(setup.shots, JSON.stringify(setup)).toBeTypeOf('number');
        if (setup.by === 'lm-evaluation-harness')
          expect(setup).toMatchObject({ version: expect.any(String) });
      }
    },
  );

  it('reads set-ups out of the fixed form of a source', () => {
    const of = (source: string) => setupsOf({ name: 'x', source });
    expect(
      of('lm-evaluation-harness 0.4.13, tasks/x/x.yaml; 0-shot (its default; 5-shot is customary)'),
    ).toEqual([
      {
        by: 'lm-evaluation-harness',
        version: '0.4.13',
        task: 'x',
        shots: 0,
        note: '0-shot (its default; 5-shot is customary)',
      },
    ]);
    expect(of('apple/ml-gsm-symbolic; 8-shot')).toEqual([
      { by: 'apple/ml-gsm-symbolic', shots: 8, note: '8-shot' },
    ]);
    expect(of('a paper')).toEqual([{ by: 'a paper' }]);
  });

  it('takes benchmarks of one data set for one family', () => {
    expect(familyOf(findBenchmark('arc_easy'))).toBe(familyOf(findBenchmark('arc_challenge')));
    expect(familyOf(findBenchmark('proc/deduction@harder'))).toBe('proc/deduction');
    expect(familyOf(findBenchmark('gsm8k'))).toBe('gsm8k');
  });
});
