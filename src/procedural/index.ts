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
import { equations } from './mathematical/equations.ts';
import { fractions } from './mathematical/fractions.ts';
import { modular } from './mathematical/modular.ts';
import { sequences } from './mathematical/sequences.ts';
import { wordProblems } from './mathematical/word-problems.ts';
import { formulas } from './scientific/formulas.ts';
import { unitConversion } from './scientific/unit-conversion.ts';

/** By name. Within a domain the order is that of the tables shown to people. */
export const GENERATORS: Readonly<Record<string, Generator>> = {
  arithmetic,
  word_problems: wordProblems,
  equations,
  modular,
  fractions,
  sequences,
  deduction,
  unit_conversion: unitConversion,
  formulas,
  syllogisms,
  ordering_puzzles: orderingPuzzles,
  grid_puzzles: gridPuzzles,
  knights_and_knaves: knightsAndKnaves,
  object_tracking: objectTracking,
  temporal_order: temporalOrder,
  spatial_relations: spatialRelations,
};
