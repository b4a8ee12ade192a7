/** Every generator. Adding one is one file and one line here. */
import { objectTracking } from './commonsense/object-tracking.ts';
import { spatialRelations } from './commonsense/spatial-relations.ts';
import { temporalOrder } from './commonsense/temporal-order.ts';
import type { Generator } from './generator.ts';
import { deduction } from './logical/deduction.ts';
import { gridPuzzles } from './logical/grid-puzzles.ts';
import { knightsAndKnaves } from './logical/knights-and-knaves.ts';
import { orderingPuzzles } from './logical/ordering-puzzles.ts';
import { syllogisms } from './logical/syllogisms.ts';
import { arithmetic } from './mathematical/arithmetic.ts';

/** By name. Within a domain the order is that of the tables shown to people. */
export const GENERATORS: Readonly<Record<string, Generator>> = {
  arithmetic,
  deduction,
  syllogisms,
  ordering_puzzles: orderingPuzzles,
  grid_puzzles: gridPuzzles,
  knights_and_knaves: knightsAndKnaves,
  object_tracking: objectTracking,
  temporal_order: temporalOrder,
  spatial_relations: spatialRelations,
};
