import { describe, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import type { Description } from '../benchmarks/describe.ts';
import type { Suite } from '../benchmarks/suites.ts';

describe('carryover benchmarks', () => {
  it('shows one benchmark', async () => {
    const { out } = await carryover('benchmarks', 'winogrande');
    expect(out).toMatchInlineSnapshot(`
      "winogrande: WinoGrande
        domain       commonsense (Commonsense reasoning)
        abilities    coreference: who or what a word refers to, where grammar leaves it open
        why there    Who or what a word refers to is decided by what everybody knows, not by grammar.
        format       cloze: the fillings of a gap are weighed by what follows them
        answer       one of the options
        items        1,267
        metric       acc, a guesser scores 0.50
        cluster key  the two options, which the sentences of a pair share
        data         allenai/winogrande, winogrande_xl/validation-*.parquet
        licence      CC BY
        paper        Sakaguchi et al. 2019, arXiv 1907.10641
        source       lm-evaluation-harness 0.4.13, tasks/winogrande/default.yaml; 0-shot
        reproduces   lm-evaluation-harness 0.4.13, winogrande, 0-shot
        known flaws  artefacts: Names are balanced, yet annotation patterns remain: models beat chance without understanding.
                     resolution: Published without the ids of its pairs: sentences with the same two options count as one cluster, and a few clusters hold several pairs.
      "
    `);
  });

  it('gives one benchmark as data', async () => {
    const one = JSON.parse((await carryover('benchmarks', 'gsm8k', '--json')).out) as Description;
    expect(one).toMatchObject({
      name: 'gsm8k',
      domain: 'mathematical',
      format: 'worked',
      answer: 'number',
      size: 1319,
      chance: 0,
      cluster_key: 'item',
      family: 'gsm8k',
      licence: 'MIT',
    });
    expect(one.setups).toEqual([
      { by: 'lm-evaluation-harness', version: '0.4.13', task: 'gsm8k', shots: 5, note: '5-shot from train' },
    ]);
    expect(one.ability_reasons.map(({ id }) => id)).toEqual(one.abilities);
    expect(one.flaws.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['labels', 'contamination']));
  });

  it('lists a domain, also as data', async () => {
    // Columns are as wide as their widest cell, and benchmarks come and go: spaces do not count here.
    const lines = (await carryover('benchmarks', '--domain', 'commonsense')).out
      .split('\n')
      .map((line) => line.trim().replace(/ +/g, ' '));
    expect(lines[0]).toMatch(
      /^Commonsense reasoning \(commonsense\): [\d,]+ items, \d+ of \d+ abilities covered/,
    );
    expect(lines).toContain('commonsense_qa 1,221 0 0.20 acc choice-letters letter world-knowledge MIT');
    expect(lines).toContain('winogrande 1,267 0 0.50 acc cloze option coreference CC BY');
    const { domains } = JSON.parse((await carryover('benchmarks', '--json')).out) as {
      domains: { domain: string; abilities: { id: string; definition: string }[]; benchmarks: unknown[] }[];
    };
    expect(domains.map(({ domain }) => domain)[0]).toBe('mathematical');
    expect(domains.every(({ benchmarks }) => benchmarks.length > 0)).toBe(true);
    expect(domains[1]!.abilities[0]).toMatchObject({ id: 'deduction', definition: expect.any(String) });
  });

  it('shows the suites, also as data', async () => {
    const { out } = await carryover('benchmarks', '--suites');
    expect(out.split('\n').slice(0, 2)).toEqual([
      'quick: 14 benchmarks, the first 200 items of each',
      '  A first look at every domain in a minute or two; nothing is fetched.',
    ]);
    const { suites } = JSON.parse((await carryover('benchmarks', '--suites', '--json')).out) as {
      suites: Record<string, Suite>;
    };
    expect(Object.keys(suites)).toEqual(
      expect.arrayContaining(['quick', 'standard', 'full', 'procedural', 'mathematical', 'guards']),
    );
  });

  it('shows the members of a group, and what another name stands for', async () => {
    expect((await carryover('benchmarks', 'mmlu_math')).out).toMatchInlineSnapshot(`
      "mmlu_mathematics: 5 benchmarks, 1,064 items
        results.json has their mean under groups, weighed by items, in both readings, a group of our own.
        benchmark                     items  metric  domain
        mmlu_abstract_algebra           100  acc     mathematical
        mmlu_college_mathematics        100  acc     mathematical
        mmlu_elementary_mathematics     378  acc     mathematical
        mmlu_high_school_mathematics    270  acc     mathematical
        mmlu_high_school_statistics     216  acc     mathematical
      "
    `);
    expect((await carryover('benchmarks', 'aime')).out).toContain('Asked together; no mean');
    expect(JSON.parse((await carryover('benchmarks', 'bbh', '--json')).out)).toMatchObject({
      items: 6511,
      weighted_mean: true,
      of_the_harness: true,
    });
    expect((await carryover('benchmarks', 'MATH-500')).out.split('\n')[0]).toBe('minerva_math500: MATH-500');
  });

  it('shows several names one after the other, and tells of all that are none', async () => {
    const one = await carryover('benchmarks', 'winogrande');
    const group = await carryover('benchmarks', 'mmlu_math');
    const both = await carryover('benchmarks', 'winogrande', 'mmlu_math');
    expect(both.out).toBe(`${one.out}\n${group.out}`);
    const data = JSON.parse((await carryover('benchmarks', 'winogrande', 'mmlu_math', '--json')).out);
    expect(data.map(({ name }: { name: string }) => name)).toEqual(['winogrande', 'mmlu_mathematics']);
    const none = await carryover('benchmarks', 'winogrand', 'gsm8k', 'zzzzzz');
    expect([none.code, none.error]).toMatchInlineSnapshot(`
      [
        2,
        "There are no benchmarks named "winogrand" and "zzzzzz".
        winogrand: did you mean winogrande?
        \`carryover benchmarks\` lists all.
      ",
      ]
    `);
  });

  it('refuses what does not go together', async () => {
    const { code, error } = await carryover('benchmarks', 'winogrande', '--domain', 'code');
    expect([code, error]).toEqual([
      2,
      'a benchmark, --domain and --suites do not go together\n  Give one of them.\n',
    ]);
  });
});
