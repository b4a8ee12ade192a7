/** Made-up models with a known structure, for the tests of the audit. */
import { type RandomStream, randomStream } from '../../stats/random.ts';
import type { Domain } from '../domains.ts';
import type { Measure, Panel } from './panel.ts';

export interface Structure {
  /** Spread of what all benchmarks share, of what those of a domain share, of what those of a form share, of the rest. */
  readonly general: number;
  readonly domain: number;
  readonly form: number;
  readonly own: number;
}

export interface Design {
  readonly models: number;
  readonly domains: readonly Domain[];
  /** Benchmarks of each domain. */
  readonly each: number;
  readonly items: number;
  /** How the i-th benchmark of a domain is answered; all alike where absent. */
  readonly kind?: (domain: number, index: number) => Measure['kind'];
}

/**
 * Every item is answered right with probability 1 / (1 + exp(difficulty - ability)), the ability of a model on a benchmark
 * being the sum of normal parts with the spreads of the structure.
 */
export function simulatedPanel(structure: Structure, design: Design, seed: number | string): Panel {
  const random = randomStream(`simulation ${seed}`);
  const { models, domains, each, items } = design;
  const draw = (spread: number): Float64Array =>
    Float64Array.from({ length: models }, () => spread * normal(random));
  const general = draw(structure.general);
  const forms = { choice: draw(structure.form), generate: draw(structure.form) };
  const measures = domains.flatMap((domain, at) => {
    const shared = draw(structure.domain);
    return Array.from({ length: each }, (_, index): Measure => {
      const own = draw(structure.own);
      const kind = design.kind?.(at, index) ?? 'choice';
      const difficulty = Float64Array.from({ length: items }, () => normal(random));
      const sums = new Float64Array(models * items);
      for (let m = 0; m < models; m++) {
        const ability = general[m]! + shared[m]! + forms[kind][m]! + own[m]!;
        for (let i = 0; i < items; i++)
          sums[m * items + i] = random.uniform() < 1 / (1 + Math.exp(difficulty[i]! - ability)) ? 1 : 0;
      }
      const name = `${domain}-${index}`;
      const sizes = new Float64Array(items).fill(1);
      return { name, domain, kind, family: name, benchmarks: [name], items, sizes, sums };
    });
  });
  const named = Array.from({ length: models }, (_, m) => ({ name: `model-${m}`, group: `model-${m}` }));
  return { models: named, measures, left: [] };
}

/** A standard normal number (Box and Muller 1958, Annals of Mathematical Statistics 29, 610-611). */
function normal(random: RandomStream): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}
