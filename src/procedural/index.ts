/** Every generator. Adding one is one file and one line here. */

import { functionCompletion } from './code/function-completion.ts';
import { programOutput } from './code/program-output.ts';
import { stringPrograms } from './code/string-programs.ts';
import { variableTrace } from './code/variable-trace.ts';
import { wrongLine } from './code/wrong-line.ts';
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
import { conservation } from './scientific/conservation.ts';
import { formulas } from './scientific/formulas.ts';
import { unitConversion } from './scientific/unit-conversion.ts';
import { booleanExpressions } from './symbolic/boolean-expressions.ts';
import { bracketCompletion } from './symbolic/bracket-completion.ts';
import { coinFlips } from './symbolic/coin-flips.ts';
import { lastLetters } from './symbolic/last-letters.ts';
import { navigation } from './symbolic/navigation.ts';
import { sorting } from './symbolic/sorting.ts';

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
  boolean_expressions: booleanExpressions,
  bracket_completion: bracketCompletion,
  last_letters: lastLetters,
  coin_flips: coinFlips,
  sorting,
  navigation,
  program_output: programOutput,
  function_completion: functionCompletion,
  wrong_line: wrongLine,
  variable_trace: variableTrace,
  string_programs: stringPrograms,
  conservation,
};
