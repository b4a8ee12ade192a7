/** Every benchmark. Adding one is one file and one line here; procedural ones follow from their generators. */
import { arcChallenge, arcEasy } from './arc.ts';
import { bbhBooleanExpressions, bbhDateUnderstanding, bbhObjectCounting, bbhWordSorting } from './bbh/bbh.ts';
import type { Benchmark, HubBenchmark } from './benchmark.ts';
import { commonsenseQa } from './commonsense-qa.ts';
import { cruxevalInput, cruxevalOutput } from './cruxeval.ts';
import { gsm8k } from './gsm8k.ts';
import { humaneval, humanevalPlus } from './humaneval.ts';
import { logiqa2 } from './logiqa2.ts';
import { mbpp, mbppPlus } from './mbpp.ts';
import { MMLU_HIGH_SCHOOL } from './mmlu.ts';
import { PROCEDURAL_BENCHMARKS } from './procedural.ts';
import { winogrande } from './winogrande.ts';

/** By name. Within a domain the order is that of the tables shown to people. */
export const HUB_BENCHMARKS: Readonly<Record<string, HubBenchmark>> = {
  gsm8k,
  logiqa2,
  arc_challenge: arcChallenge,
  arc_easy: arcEasy,
  commonsense_qa: commonsenseQa,
  winogrande,
  bbh_cot_fewshot_boolean_expressions: bbhBooleanExpressions,
  bbh_cot_fewshot_date_understanding: bbhDateUnderstanding,
  bbh_cot_fewshot_object_counting: bbhObjectCounting,
  bbh_cot_fewshot_word_sorting: bbhWordSorting,
  humaneval,
  humaneval_plus: humanevalPlus,
  mbpp,
  mbpp_plus: mbppPlus,
  cruxeval_output: cruxevalOutput,
  cruxeval_input: cruxevalInput,
  ...MMLU_HIGH_SCHOOL,
};

/** All that can be evaluated, other splits of procedural tasks included. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  ...HUB_BENCHMARKS,
  ...PROCEDURAL_BENCHMARKS,
};

/** What tables, domains and suggestions show: one entry a task. */
export const LISTED_BENCHMARKS: readonly Benchmark[] = Object.values(BENCHMARKS).filter(
  (one) => !('variantOf' in one),
);
