import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../stats/random.ts';
import type { Domain } from '../domains.ts';
import { auditDomains, type DomainAudit } from './audit.ts';
import { contrastsOf, contrastValue, pairsOf, relabelled } from './contrasts.ts';
import { correlate } from './correlations.ts';
import { generalShare } from './general-factor.ts';
import { buildPanel, type ItemScore, type ModelScores, type Panel } from './panel.ts';
import { type Design, type Structure, simulatedPanel } from './simulate.cases.ts';

const DOMAINS: readonly Domain[] = ['mathematical', 'logical', 'scientific', 'code'];
const DESIGN: Design = { models: 12, domains: DOMAINS, each: 3, items: 60 };
const QUICK = { permutations: 199, replicates: 100 };

/** Audits of `count` made-up panels. */
const audits = (structure: Structure, design: Design, count: number): DomainAudit[] =>
  Array.from({ length: count }, (_, seed) =>
    auditDomains(simulatedPanel(structure, design, seed), { ...QUICK, seed }),
  );
const share = (of: readonly DomainAudit[], test: (one: DomainAudit) => boolean): number =>
  of.filter(test).length / of.length;

describe('on made-up models', () => {
  it('a domain structure is found, and the interval holds the true difference', () => {
    const found = audits({ general: 0.8, domain: 0.8, form: 0, own: 0.5 }, DESIGN, 15);
    expect(share(found, ({ whole }) => whole!.verdict === 'holds together')).toBeGreaterThan(0.8);
    // 0.8² of what two benchmarks of a domain share more, of 2 · 0.8² + 0.5² in all.
    const truth = 0.64 / (1.28 + 0.25);
    const inside = ({ whole }: DomainAudit) =>
      whole!.difference.low <= truth && truth <= whole!.difference.high;
    expect(share(found, inside)).toBeGreaterThan(0.8);
  });

  it('where there is none, none is found, and p is below 0.05 about as often as it says', () => {
    const found = audits({ general: 1, domain: 0, form: 0, own: 0.7 }, DESIGN, 40);
    expect(share(found, ({ whole }) => whole!.verdict === 'holds together')).toBeLessThanOrEqual(0.05);
    // Of 40 at 5 %, 7 or more come once in 150 times.
    expect(share(found, ({ whole }) => whole!.p <= 0.05)).toBeLessThan(7 / 40);
    const single = found.flatMap(({ domains }) => Object.values(domains));
    expect(single.filter((one) => one.verdict === 'holds together').length / single.length).toBeLessThan(
      0.05,
    );
  });

  it('a structure of forms alone is not taken for one of domains', () => {
    const kind: Design['kind'] = (domain) => (domain % 2 ? 'choice' : 'generate');
    const found = audits({ general: 0.8, domain: 0, form: 0.9, own: 0.5 }, { ...DESIGN, kind }, 15);
    expect(share(found, ({ whole }) => whole!.verdict === 'holds together')).toBeLessThanOrEqual(1 / 15);
    // The plain difference is there: what relabelling within the forms shows of it is taken off.
    const forms = found.map(({ whole }) => whole!.by_form);
    expect(forms.reduce((sum, one) => sum + one, 0) / forms.length).toBeGreaterThan(0.05);
  });

  it('says that few models are too few, and that few benchmarks are', () => {
    const structure = { general: 0.5, domain: 1, form: 0, own: 0.2 };
    const few = auditDomains(simulatedPanel(structure, { ...DESIGN, models: 5 }, 1), QUICK);
    expect(few.whole).toMatchObject({
      verdict: 'cannot tell',
      why: '5 independent models are too few; at least 8 are needed.',
    });
    const narrow = { ...DESIGN, models: 20, domains: DOMAINS.slice(0, 2), each: 2 };
    const small = auditDomains(simulatedPanel(structure, narrow, 1), QUICK);
    expect(small.whole!.verdict).toBe('cannot tell');
    expect(small.whole!.why).toContain('too few benchmarks');
    expect(auditDomains(simulatedPanel(structure, { ...narrow, each: 1 }, 1), QUICK).whole).toBeNull();
  });

  it('counts the seeds of one arm once', () => {
    const panel = simulatedPanel({ general: 0.5, domain: 1, form: 0, own: 0.2 }, DESIGN, 2);
    const seeds: Panel = {
      ...panel,
      models: panel.models.map(({ name }, at) => ({ name, group: `arm-${at % 4}` })),
    };
    expect(auditDomains(seeds, QUICK)).toMatchObject({
      models: 12,
      groups: 4,
      whole: { verdict: 'cannot tell' },
    });
  });

  it('gives the same for the same seed, and leaves out what does not tell models apart', () => {
    const panel = simulatedPanel({ general: 0.8, domain: 0.8, form: 0, own: 0.5 }, DESIGN, 3);
    const flat = { ...panel.measures[0]!, name: 'flat', family: 'flat' };
    const noisy = { ...flat, sums: flat.sums.map((_, at) => at % 2) };
    const with2 = { ...panel, measures: [...panel.measures, noisy] };
    const audit = auditDomains(with2, { ...QUICK, seed: 5 });
    expect(audit).toEqual(auditDomains(with2, { ...QUICK, seed: 5 }));
    expect(audit.left.map(({ name }) => name)).toEqual(['flat']);
    expect(audit.pairs.some(({ a, b }) => a === 'flat' || b === 'flat')).toBe(false);
  });
});

describe('disattenuated correlations', () => {
  const ones = (count: number) => new Float64Array(count).fill(1);
  const whole = ({ models, measures }: Panel) =>
    correlate(
      measures,
      ones(models.length),
      measures.map(({ sizes }) => ones(sizes.length)),
    );

  it('do not fall with the number of items, as the raw ones do', () => {
    const structure = { general: 1, domain: 0, form: 0, own: 0.5 };
    const mean = (items: number): { raw: number; corrected: number } => {
      const panel = simulatedPanel(structure, { ...DESIGN, models: 300, items }, items);
      const found = whole(panel);
      const pairs = pairsOf(panel.measures);
      const of = (matrix: Float64Array) => pairs.reduce((sum, { at }) => sum + matrix[at]!, 0) / pairs.length;
      return { raw: of(found.raw), corrected: of(found.corrected) };
    };
    const [few, many] = [mean(8), mean(80)];
    expect(few.raw).toBeLessThan(many.raw - 0.15);
    // 1 of 1 + 0.5² is shared.
    for (const { corrected } of [few, many]) expect(Math.abs(corrected - 0.8)).toBeLessThan(0.06);
  });

  it('a cluster that is drawn twice counts as one: reliability does not rise by repetition', () => {
    const panel = simulatedPanel(
      { general: 1, domain: 0, form: 0, own: 0.5 },
      { ...DESIGN, models: 60, items: 10 },
      4,
    );
    const once = whole(panel).reliability;
    const random = randomStream(1);
    const drawn = Array.from({ length: 200 }, () => {
      const clusters = panel.measures.map(({ sizes }) => {
        const times = new Float64Array(sizes.length);
        for (let i = 0; i < sizes.length; i++) times[random.below(sizes.length)]!++;
        return times;
      });
      return correlate(panel.measures, ones(60), clusters).reliability;
    });
    const mean = drawn.reduce((sum, one) => sum + one[0]!, 0) / drawn.length;
    expect(mean).toBeLessThan(once[0]! + 0.02);
  });

  it('stay between -1 and 1, and do not change with the order of models or a shift of all scores', () => {
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.array(score, { minLength: 8, maxLength: 8 }), { minLength: 3, maxLength: 9 }),
        (rows) => {
          const measures = (of: number[][]) =>
            [0, 4].map((from) => ({
              ...simulatedMeasure(`m${from}`),
              sums: Float64Array.from(of.flatMap((row) => row.slice(from, from + 4))),
            }));
          const of = (from: number[][]) =>
            correlate(measures(from), ones(from.length), [ones(4), ones(4)]).corrected[2]!;
          const value = of(rows);
          expect(Math.abs(value)).toBeLessThanOrEqual(1);
          expect(of([...rows].reverse())).toBeCloseTo(value, 6);
        },
      ),
      { numRuns: 100 },
    );
  });
});

const simulatedMeasure = (name: string) => ({
  name,
  domain: 'logical' as const,
  kind: 'choice' as const,
  family: name,
  benchmarks: [name],
  items: 4,
  sizes: new Float64Array(4).fill(1),
  sums: new Float64Array(0),
});

describe('contrasts', () => {
  const measures = DOMAINS.flatMap((domain, at) =>
    [0, 1, 2].map((index) => ({
      ...simulatedMeasure(`${domain}-${index}`),
      domain,
      kind: (at + index) % 2 ? ('choice' as const) : ('generate' as const),
    })),
  );
  const labels = measures.map(({ domain }) => domain);

  it('are mean inside minus mean outside: 1 for blocks of ones, 0 for equal correlations', () => {
    const pairs = pairsOf(measures);
    const { whole, domains } = contrastsOf(pairs, labels);
    const blocks = Float64Array.from({ length: 144 }, (_, at) =>
      labels[Math.floor(at / 12)] === labels[at % 12] ? 1 : 0,
    );
    expect(contrastValue(whole!, pairs, blocks)).toBeCloseTo(1, 12);
    for (const weights of [whole!, ...domains.values()])
      expect(contrastValue(weights, pairs, new Float64Array(144).fill(0.7))).toBeCloseTo(0, 12);
  });

  it('never compare two measures of one family', () => {
    const related = measures.map((one) => ({ ...one, family: 'all' }));
    expect(pairsOf(related)).toEqual([]);
    expect(contrastsOf([], labels).whole).toBeNull();
  });

  it('a relabelling keeps how many measures of each form a domain has', () => {
    const count = (of: readonly Domain[]) => measures.map(({ kind }, at) => `${kind} ${of[at]}`).sort();
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(count(relabelled(measures, randomStream(seed)))).toEqual(count(labels));
      }),
      { numRuns: 50 },
    );
  });
});

it('one general factor explains all where everything correlates fully, and a share of it by blocks', () => {
  expect(generalShare(new Float64Array(16).fill(1))).toBeCloseTo(1, 9);
  const blocks = Float64Array.from({ length: 16 }, (_, at) =>
    Math.floor(at / 8) === Math.floor((at % 4) / 2) ? 1 : 0,
  );
  expect(generalShare(blocks)).toBeCloseTo(0.5, 6);
  expect(generalShare(Float64Array.from([1, 0.5, 0.5, 1]))).toBeCloseTo(0.75, 9);
});

describe('the panel', () => {
  const items = (count: number, value = 1): readonly ItemScore[] =>
    Array.from({ length: count }, (_, at) => ({ id: `i${at}`, cluster: `c${at >> 1}`, value }));
  const model = (name: string, benchmarks: Record<string, readonly ItemScore[]>): ModelScores => ({
    name,
    group: name,
    benchmarks: new Map(Object.entries(benchmarks)),
  });
  const placed = (name: string) =>
    name === 'odd'
      ? undefined
      : ({ domain: 'logical', kind: 'choice', family: name.startsWith('twin') ? 'twins' : name } as const);

  it('is the largest complete block, on the items that all have', () => {
    const all = [
      model('a', { x: items(6), y: items(6), odd: items(6) }),
      model('b', { x: items(4), y: items(6) }),
      model('c', { x: items(6) }),
    ];
    const panel = buildPanel(all, placed, 2);
    expect(panel.models.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(panel.measures.map(({ name, items: n }) => [name, n])).toEqual([
      ['x', 4],
      ['y', 6],
    ]);
    expect(panel.left.map(({ name }) => name).sort()).toEqual(['c', 'odd', 'x']);
    expect(panel.left.find(({ name }) => name === 'x')!.why).toMatch(
      /^\d+ items? not answered by every model$/,
    );
    // Models come before benchmarks as long as there are too few of them.
    expect(buildPanel(all, placed, 3).models.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('pools benchmarks of one family, and keeps their clusters apart', () => {
    const panel = buildPanel([model('a', { twin1: items(4), twin2: items(2, 0) })], placed, 1);
    expect(panel.measures).toMatchObject([
      {
        name: 'twins: twin1 and 1 more',
        items: 6,
        sizes: new Float64Array([2, 2, 2]),
        sums: new Float64Array([2, 2, 0]),
      },
    ]);
  });
});
