import { describe, expect, it } from 'vitest';
import { DOMAINS } from '../domains/domains.ts';
import { TAXONOMY } from '../domains/taxonomy.ts';
import { UserError } from '../errors.ts';
import { familyOf } from './describe.ts';
import { BENCHMARKS, HUB_BENCHMARKS } from './index.ts';
import { PROCEDURAL_BENCHMARKS } from './procedural.ts';
import { benchmarksOf, findBenchmark, selectBenchmarks } from './select.ts';
import { SUITES } from './suites.ts';

const failure = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error.toString();
    throw error;
  }
  throw new Error('expected a UserError');
};

describe('the registry', () => {
  it.each(Object.entries(BENCHMARKS))(
    '%s is filed under its own name and mapped to abilities',
    (key, one) => {
      expect(one.name).toBe(key);
      expect(one.abilities.length).toBeGreaterThan(0);
      expect(Object.keys(TAXONOMY[one.domain].abilities)).toEqual(expect.arrayContaining([...one.abilities]));
      expect(one.chance).toBeGreaterThanOrEqual(0);
      expect(one.chance).toBeLessThan(1);
      expect(one.why.length).toBeGreaterThan(20);
      expect(one.kind === 'generate').toBe(one.score !== undefined);
      expect(Object.hasOwn(PROCEDURAL_BENCHMARKS, key)).toBe(key.startsWith('proc/'));
      if ('variantOf' in one) expect(BENCHMARKS[one.variantOf!], key).toBeDefined();
    },
  );

  it('covers every domain', () => {
    for (const domain of DOMAINS) {
      const ofHub = benchmarksOf(domain).filter((one) => one.name in HUB_BENCHMARKS);
      expect(ofHub, domain).not.toHaveLength(0);
    }
  });

  it('keeps mathematics out of the other domains', () => {
    expect(findBenchmark('mmlu_high_school_mathematics').domain).toBe('mathematical');
    expect(findBenchmark('mmlu_high_school_statistics').domain).toBe('mathematical');
  });

  it('has suites of known benchmarks', () => {
    for (const [suite, { names }] of Object.entries(SUITES)) {
      expect(names.length, suite).toBeGreaterThan(1);
      expect(new Set(names).size, suite).toBe(names.length);
      for (const name of names) expect(findBenchmark(name).name).toBe(name);
    }
    for (const suite of ['quick', 'standard', 'full', 'procedural', 'procedural-small'])
      for (const domain of DOMAINS)
        expect(
          SUITES[suite]!.names.filter((name) => findBenchmark(name).domain === domain),
          `${suite} ${domain}`,
        ).not.toHaveLength(0);
    // A claim rests on more than one making in every domain, and on data that everybody may have.
    for (const domain of DOMAINS) {
      const of = SUITES['standard']!.names.map(findBenchmark).filter((one) => one.domain === domain);
      expect(new Set(of.map(familyOf)).size, domain).toBeGreaterThan(1);
      for (const one of of) expect('test' in one ? one.test.access : undefined, one.name).toBeUndefined();
    }
    // A newcomer has no data of the hub.
    expect(SUITES['quick']!.names.every((name) => 'generated' in findBenchmark(name))).toBe(true);
    // Parts and other set-ups are in the whole that stands there.
    expect(SUITES['full']!.names).toEqual(
      expect.arrayContaining(SUITES['standard']!.names.map((name) => findBenchmark(name).variantOf ?? name)),
    );
    for (const domain of DOMAINS)
      expect(SUITES[domain]!.names).toEqual(benchmarksOf(domain).map((one) => one.name));
  });
});

describe('what a user typed', () => {
  it('selects by names, domain or suite', () => {
    const names = (choice: Parameters<typeof selectBenchmarks>[0]) =>
      selectBenchmarks(choice).map((one) => one.name);
    expect(names({ names: 'winogrande, gsm8k,winogrande' })).toEqual(['winogrande', 'gsm8k']);
    expect(names({ domain: 'commonsense' }).slice(0, 2)).toEqual(['commonsense_qa', 'winogrande']);
    expect(names({ suite: 'standard' })[0]).toBe('gsm8k');
  });

  it('is met with the nearest name when it is misspelt, first with those that it begins', () => {
    expect(failure(() => findBenchmark('gpq'))).toMatchInlineSnapshot(`
      "There is no benchmark named "gpq".
        Did you mean gpqa or gpqa_diamond or gpqa_diamond_zeroshot? \`carryover benchmarks\` lists all."
    `);
    expect(failure(() => findBenchmark('mmlu_high_school_'))).toMatchInlineSnapshot(`
      "There is no benchmark named "mmlu_high_school_".
        Did you mean mmlu_high_school_biology or mmlu_high_school_physics or mmlu_high_school_chemistry? \`carryover benchmarks\` lists all."
    `);
    expect(failure(() => findBenchmark('cruxeval'))).toMatchInlineSnapshot(`
      ""cruxeval" stands for 2 benchmarks; one is needed here.
        Name one of them, such as cruxeval_output."
    `);
    expect(failure(() => findBenchmark('arc_chalenge'))).toMatchInlineSnapshot(`
      "There is no benchmark named "arc_chalenge".
        Did you mean arc_challenge? \`carryover benchmarks\` lists all."
    `);
    expect(failure(() => findBenchmark('history'))).toMatchInlineSnapshot(`
      "There is no benchmark named "history".
        Did you mean mmlu_high_school_european_history or mmlu_high_school_us_history or mmlu_high_school_world_history? \`carryover benchmarks\` lists all."
    `);
    expect(failure(() => findBenchmark('zzzzzz'))).toMatchInlineSnapshot(`
      "There is no benchmark named "zzzzzz".
        \`carryover benchmarks\` lists all."
    `);
    expect(failure(() => selectBenchmarks({ domain: 'logic' }))).toMatchInlineSnapshot(`
      "There is no domain named "logic".
        Did you mean logical? Domains: mathematical, logical, scientific, commonsense, symbolic, code, guards."
    `);
    expect(failure(() => selectBenchmarks({ suite: 'fast', names: 'gsm8k' }))).toMatchInlineSnapshot(`
      "Choose benchmarks in one way only.
        Give one of --benchmarks NAME,NAME, --domain DOMAIN or --suite NAME."
    `);
    expect(failure(() => selectBenchmarks({}))).toMatchInlineSnapshot(`
      "No benchmarks were chosen.
        Give one of --benchmarks NAME,NAME, --domain DOMAIN or --suite NAME."
    `);
  });
});
