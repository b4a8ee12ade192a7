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
import { BBH } from './bbh/bbh.ts';
import type { Benchmark, HubBenchmark } from './benchmark.ts';
import { bigbenchStrategyqa } from './bigbench-strategyqa.ts';
import { boolq, boolqSuperGlue } from './boolq.ts';
import { commonsenseQa } from './commonsense-qa.ts';
import { aime24, aime25 } from './competition/aime.ts';
import { COMPETITION_MATH } from './competition/math.ts';
import { cruxevalInput, cruxevalOutput } from './cruxeval.ts';
import { folio } from './folio.ts';
import { gpqaDiamond } from './gpqa.ts';
import { asdiv } from './grade-school/asdiv.ts';
import { gsmPlus, gsmPlusMini } from './grade-school/gsm-plus.ts';
import { GSM_SYMBOLIC } from './grade-school/gsm-symbolic.ts';
import { GRADE_SCHOOL_GSM8K } from './grade-school/gsm8k.ts';
import { svamp } from './grade-school/svamp.ts';
import { hellaswag } from './hellaswag.ts';
import { humaneval, humanevalPlus } from './humaneval.ts';
import { ifeval } from './ifeval.ts';
import { coinFlip, lastLetters } from './letters-and-coins.ts';
import { logiqa } from './logiqa.ts';
import { logiqa2 } from './logiqa2.ts';
import { mbpp, mbppPlus } from './mbpp.ts';
import { MMLU, MMLU_5_SHOT } from './mmlu/mmlu.ts';
import { MMLU_PRO } from './mmlu-pro.ts';
import { openbookqa } from './openbookqa.ts';
import { piqa } from './piqa.ts';
import { PROCEDURAL_BENCHMARKS } from './procedural.ts';
import { sciq, sciqValidation } from './sciq.ts';
import { strategyQa } from './strategy-qa.ts';
import { winogrande } from './winogrande.ts';
import { zebralogic } from './zebralogic.ts';

/** By name. Within a domain the order is that of the tables shown to people. */
export const HUB_BENCHMARKS: Readonly<Record<string, HubBenchmark>> = {
  ...GRADE_SCHOOL_GSM8K,
  gsm_plus: gsmPlus,
  gsm_plus_mini: gsmPlusMini,
  ...GSM_SYMBOLIC,
  svamp,
  asdiv_cot_llama: asdiv,
  ...COMPETITION_MATH,
  aime24,
  aime25,
  agieval_sat_math: agievalSatMath,
  agieval_aqua_rat: agievalAquaRat,
  logiqa2,
  logiqa,
  agieval_logiqa_en: agievalLogiqaEn,
  agieval_lsat_ar: agievalLsatAr,
  agieval_lsat_lr: agievalLsatLr,
  agieval_lsat_rc: agievalLsatRc,
  folio,
  zebralogic,
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
  strategyqa: strategyQa,
  bigbench_strategyqa_multiple_choice: bigbenchStrategyqa,
  ...BBH,
  humaneval,
  humaneval_plus: humanevalPlus,
  mbpp,
  mbpp_plus: mbppPlus,
  cruxeval_output: cruxevalOutput,
  cruxeval_input: cruxevalInput,
  ifeval,
  ...MMLU,
  ...MMLU_5_SHOT,
  ...MMLU_PRO,
};

/** All that can be evaluated, other splits of procedural tasks included. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  ...HUB_BENCHMARKS,
  coin_flip: coinFlip,
  last_letters: lastLetters,
  ...PROCEDURAL_BENCHMARKS,
};

/** What tables, domains and suggestions show: one entry a task. */
export const LISTED_BENCHMARKS: readonly Benchmark[] = Object.values(BENCHMARKS).filter(
  (one) => !('variantOf' in one),
);
