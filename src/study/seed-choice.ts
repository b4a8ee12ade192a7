/** Seeds other than those of the study file: every command line that changes them says so with one of these. */

/** The seeds of a run in place of the study's. */
export type SeedChoice =
  /** This many: the study's first one and those that follow it. */
  | { readonly count: number }
  /** These very ones. */
  | { readonly list: readonly number[] }
  /** The study's, moved on by this many times their span: no two shifts share a seed. */
  | { readonly shift: number };

/** The seeds of a run: those of the study (whole numbers from 0, at least one), changed as chosen. */
export function chosenSeeds(seeds: readonly number[], choice: SeedChoice | undefined): readonly number[] {
  if (choice === undefined) return seeds;
  if ('list' in choice) return choice.list;
  const first = seeds[0]!;
  if ('count' in choice) return Array.from({ length: choice.count }, (_, index) => first + index);
  const span = Math.max(...seeds) - Math.min(...seeds) + 1;
  return seeds.map((seed) => seed + choice.shift * span);
}
