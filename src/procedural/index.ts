/** Every generator. Adding one is one file and one line here. */
import type { Generator } from './generator.ts';
import { deduction } from './logical/deduction.ts';
import { arithmetic } from './mathematical/arithmetic.ts';
import { equations } from './mathematical/equations.ts';
import { fractions } from './mathematical/fractions.ts';
import { modular } from './mathematical/modular.ts';
import { sequences } from './mathematical/sequences.ts';
import { wordProblems } from './mathematical/word-problems.ts';
import { conservation } from './scientific/conservation.ts';
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
  conservation,
};
