/** What a strategy is: stages as data, and the reasons a reader of the report needs beside its numbers. */
import type { Course } from '../data/mixture/course.ts';

/** By source, 0 to 1, at every moment of the stage. */
export interface StageBounds {
  readonly atLeast?: Readonly<Record<string, number>>;
  readonly atMost?: Readonly<Record<string, number>>;
}

/** One stretch of an arm's training on one mixture of data. */
export interface Stage {
  /** Share of the arm's supervised tokens, 0 to 1. The shares of an arm sum to 1. */
  readonly share: number;
  /** Weight of each source by supervised tokens; they sum to 1. Sources are named in the study. */
  readonly mix: Readonly<Record<string, number>>;
  /** The mixture that the weights are the means of, where the study names one. */
  readonly mixture?: string;
  /** How the weights change along the stage, where they do. */
  readonly course?: Course;
  /** Shares that the mixture never falls below or rises above: what a report says of it, for `course` keeps them. */
  readonly bounds?: StageBounds;
  /** How often the rows of a source may be used, where the mixture says it. */
  readonly epochs?: Readonly<Record<string, number>>;
}

/**
 * A stage boundary is only a change of data: optimizer state and learning-rate schedule run over the whole arm.
 * An arm walks through each source from its beginning, in the seed's order, so two arms that take the same
 * number of tokens from a source see the same examples, whatever their stages are.
 */
export interface Strategy {
  readonly name: string;
  readonly title: string;
  /** What a person hopes for who trains this way. */
  readonly why: string;
  /** What comparing with this arm rules out. */
  readonly controlsFor: string;
  /** The known way in which it goes wrong. */
  readonly danger: string;
  /** Empty: the model is left as it is. */
  readonly stages: readonly Stage[];
  /** Stages when the arm starts `from` an existing mathematical model, where the strategy allows that. */
  readonly stagesFromExisting?: readonly Stage[];
}
