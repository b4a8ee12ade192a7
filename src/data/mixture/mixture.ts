/**
 * A mixture of sources by supervised tokens, as a mixture file or the section `mixtures` of a study says it. Keys are
 * the file's own, so that a message can quote them.
 */

/** Numbers by source. */
export type BySource = Readonly<Record<string, number>>;

/**
 * What decides the shares: at most one of `weights` and `temperature`. Temperature T gives each source the share
 * tokens^(1/T), scaled to sum to 1 (Raffel et al. 2020, arXiv 1910.10683, section 3.5.2, there with examples in place of
 * supervised tokens): 1 is in proportion to size, larger is more even.
 */
export interface ShareRule {
  /** Relative; a source without a weight has 0. */
  readonly weights?: BySource | undefined;
  readonly temperature?: number | undefined;
}

/** The shares at one moment; between two moments they follow a straight line, before bounds are looked at. */
export interface SchedulePoint extends ShareRule {
  /** Share of the run done, 0 to 1, in supervised tokens. Two points at one moment are a step. */
  readonly at: number;
}

/** With no rule and no schedule the shares are in proportion to what the sources' epochs hold. */
export interface Mixture extends ShareRule {
  /** In the place of one rule for the whole run. Before the first point and after the last the shares stay. */
  readonly schedule?: readonly SchedulePoint[] | undefined;
  /**
   * Least share at every moment (replay), 0 to 1: a source has what the schedule says where that is more, and this where
   * it is less; the others give it in proportion.
   */
  readonly at_least?: BySource | undefined;
  /** Greatest share at every moment, 0 to 1. */
  readonly at_most?: BySource | undefined;
  /** How often the rows of a source may be used; 1 unless stated. */
  readonly epochs?: BySource | undefined;
}

/** The rules of a mixture in the order of the run, each with the moment at which it holds. */
export function rulesOf(mixture: Mixture): readonly SchedulePoint[] {
  const { schedule, weights, temperature } = mixture;
  return schedule ?? [{ at: 0, weights, temperature }];
}
