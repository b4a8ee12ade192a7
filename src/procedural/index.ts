/** Every generator. Adding one is one file and one line here. */
import { functionCompletion } from './code/function-completion.ts';
import { programOutput } from './code/program-output.ts';
import { stringPrograms } from './code/string-programs.ts';
import { variableTrace } from './code/variable-trace.ts';
import { wrongLine } from './code/wrong-line.ts';
import type { Generator } from './generator.ts';
import { deduction } from './logical/deduction.ts';
import { arithmetic } from './mathematical/arithmetic.ts';
import { booleanExpressions } from './symbolic/boolean-expressions.ts';
import { bracketCompletion } from './symbolic/bracket-completion.ts';
import { coinFlips } from './symbolic/coin-flips.ts';
import { lastLetters } from './symbolic/last-letters.ts';
import { navigation } from './symbolic/navigation.ts';
import { sorting } from './symbolic/sorting.ts';

/** By name. Within a domain the order is that of the tables shown to people. */
export const GENERATORS: Readonly<Record<string, Generator>> = {
  arithmetic,
  deduction,
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
};
