/**
 * Descriptions and worked examples of BIG-Bench Hard, one file a task (the sizes of a task share theirs): the chains of thought published by its authors
 * (suzgunmirac/BIG-Bench-Hard, folder cot-prompts, MIT licence), with the wording as in lm-evaluation-harness 0.4.13,
 * slips included.
 */
import type { BbhShots } from './bbh-shots.ts';
import { BOOLEAN_EXPRESSIONS } from './shots/boolean-expressions.table.ts';
import { CAUSAL_JUDGEMENT } from './shots/causal-judgement.table.ts';
import { DATE_UNDERSTANDING } from './shots/date-understanding.table.ts';
import { DISAMBIGUATION_QA } from './shots/disambiguation-qa.table.ts';
import { DYCK_LANGUAGES } from './shots/dyck-languages.table.ts';
import { FORMAL_FALLACIES } from './shots/formal-fallacies.table.ts';
import { GEOMETRIC_SHAPES } from './shots/geometric-shapes.table.ts';
import { HYPERBATON } from './shots/hyperbaton.table.ts';
import { LOGICAL_DEDUCTION } from './shots/logical-deduction.table.ts';
import { MOVIE_RECOMMENDATION } from './shots/movie-recommendation.table.ts';
import { MULTISTEP_ARITHMETIC_TWO } from './shots/multistep-arithmetic-two.table.ts';
import { NAVIGATE } from './shots/navigate.table.ts';
import { OBJECT_COUNTING } from './shots/object-counting.table.ts';
import { PENGUINS_IN_A_TABLE } from './shots/penguins-in-a-table.table.ts';
import { REASONING_ABOUT_COLORED_OBJECTS } from './shots/reasoning-about-colored-objects.table.ts';
import { RUIN_NAMES } from './shots/ruin-names.table.ts';
import { SALIENT_TRANSLATION_ERROR_DETECTION } from './shots/salient-translation-error-detection.table.ts';
import { SNARKS } from './shots/snarks.table.ts';
import { SPORTS_UNDERSTANDING } from './shots/sports-understanding.table.ts';
import { TEMPORAL_SEQUENCES } from './shots/temporal-sequences.table.ts';
import { TRACKING_SHUFFLED_OBJECTS } from './shots/tracking-shuffled-objects.table.ts';
import { WEB_OF_LIES } from './shots/web-of-lies.table.ts';
import { WORD_SORTING } from './shots/word-sorting.table.ts';

export type BbhTask =
  | 'boolean_expressions'
  | 'causal_judgement'
  | 'date_understanding'
  | 'disambiguation_qa'
  | 'dyck_languages'
  | 'formal_fallacies'
  | 'geometric_shapes'
  | 'hyperbaton'
  | 'logical_deduction_five_objects'
  | 'logical_deduction_seven_objects'
  | 'logical_deduction_three_objects'
  | 'movie_recommendation'
  | 'multistep_arithmetic_two'
  | 'navigate'
  | 'object_counting'
  | 'penguins_in_a_table'
  | 'reasoning_about_colored_objects'
  | 'ruin_names'
  | 'salient_translation_error_detection'
  | 'snarks'
  | 'sports_understanding'
  | 'temporal_sequences'
  | 'tracking_shuffled_objects_five_objects'
  | 'tracking_shuffled_objects_seven_objects'
  | 'tracking_shuffled_objects_three_objects'
  | 'web_of_lies'
  | 'word_sorting';

export const BBH_SHOTS: Readonly<Record<BbhTask, BbhShots>> = {
  boolean_expressions: BOOLEAN_EXPRESSIONS,
  causal_judgement: CAUSAL_JUDGEMENT,
  date_understanding: DATE_UNDERSTANDING,
  disambiguation_qa: DISAMBIGUATION_QA,
  dyck_languages: DYCK_LANGUAGES,
  formal_fallacies: FORMAL_FALLACIES,
  geometric_shapes: GEOMETRIC_SHAPES,
  hyperbaton: HYPERBATON,
  logical_deduction_five_objects: LOGICAL_DEDUCTION,
  logical_deduction_seven_objects: LOGICAL_DEDUCTION,
  logical_deduction_three_objects: LOGICAL_DEDUCTION,
  movie_recommendation: MOVIE_RECOMMENDATION,
  multistep_arithmetic_two: MULTISTEP_ARITHMETIC_TWO,
  navigate: NAVIGATE,
  object_counting: OBJECT_COUNTING,
  penguins_in_a_table: PENGUINS_IN_A_TABLE,
  reasoning_about_colored_objects: REASONING_ABOUT_COLORED_OBJECTS,
  ruin_names: RUIN_NAMES,
  salient_translation_error_detection: SALIENT_TRANSLATION_ERROR_DETECTION,
  snarks: SNARKS,
  sports_understanding: SPORTS_UNDERSTANDING,
  temporal_sequences: TEMPORAL_SEQUENCES,
  tracking_shuffled_objects_five_objects: TRACKING_SHUFFLED_OBJECTS,
  tracking_shuffled_objects_seven_objects: TRACKING_SHUFFLED_OBJECTS,
  tracking_shuffled_objects_three_objects: TRACKING_SHUFFLED_OBJECTS,
  web_of_lies: WEB_OF_LIES,
  word_sorting: WORD_SORTING,
};
