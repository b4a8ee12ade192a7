/** Every benchmark. Adding one is one file and one line here; procedural ones follow from their generators. */
import {
  agievalAquaRat,
  agievalLogiqaEn,
  agievalLsatAr,
  agievalLsatLr,
  agievalLsatRc,
  agievalSatMath,
} from './agieval.ts';
import { arcChallenge, arcEasy } from './arc.ts';
import { bbhBooleanExpressions, bbhDateUnderstanding, bbhObjectCounting, bbhWordSorting } from './bbh/bbh.ts';
import type { Benchmark, HubBenchmark } from './benchmark.ts';
import { boolq, boolqSuperGlue } from './boolq.ts';
import { commonsenseQa } from './commonsense-qa.ts';
import { folio } from './folio.ts';
import { gpqaDiamond } from './gpqa.ts';
import { gsm8k } from './gsm8k.ts';
import { hellaswag } from './hellaswag.ts';
import { humaneval } from './humaneval.ts';
import { ifeval } from './ifeval.ts';
import { logiqa } from './logiqa.ts';
import { logiqa2 } from './logiqa2.ts';
import { MMLU, MMLU_5_SHOT } from './mmlu/mmlu.ts';
import { openbookqa } from './openbookqa.ts';
import { piqa } from './piqa.ts';
import { PROCEDURAL_BENCHMARKS } from './procedural.ts';
import { sciq, sciqValidation } from './sciq.ts';
import { bigbenchStrategyqa, strategyqa } from './strategyqa.ts';
import { winogrande } from './winogrande.ts';

/** By name. Within a domain the order is that of the tables shown to people. */
export const HUB_BENCHMARKS: Readonly<Record<string, HubBenchmark>> = {
  gsm8k,
  agieval_sat_math: agievalSatMath,
  agieval_aqua_rat: agievalAquaRat,
  logiqa2,
  logiqa,
  agieval_logiqa_en: agievalLogiqaEn,
  agieval_lsat_ar: agievalLsatAr,
  agieval_lsat_lr: agievalLsatLr,
  agieval_lsat_rc: agievalLsatRc,
  folio,
  arc_challenge: arcChallenge,
  arc_easy: arcEasy,
  sciq,
  'sciq@validation': sciqValidation,
  gpqa_diamond_zeroshot: gpqaDiamond,
  commonsense_qa: commonsenseQa,
  winogrande,
  hellaswag,
  piqa,
  openbookqa,
  boolq,
  'boolq@super_glue': boolqSuperGlue,
  strategyqa,
  bigbench_strategyqa_multiple_choice: bigbenchStrategyqa,
  bbh_cot_fewshot_boolean_expressions: bbhBooleanExpressions,
  bbh_cot_fewshot_date_understanding: bbhDateUnderstanding,
  bbh_cot_fewshot_object_counting: bbhObjectCounting,
  bbh_cot_fewshot_word_sorting: bbhWordSorting,
  humaneval,
  ifeval,
  ...MMLU,
  ...MMLU_5_SHOT,
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
