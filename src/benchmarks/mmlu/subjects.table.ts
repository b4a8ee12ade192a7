/**
 * The 57 subjects of MMLU (Hendrycks et al. 2020, arXiv 2009.03300): name, the group that lm-evaluation-harness counts
 * it in (tasks/mmlu/default), what it asks for, published number of test items, abilities where they are not those of
 * the kind. Anatomy is STEM in the harness alone: the authors have it under "other".
 */
export type MmluGroup = 'stem' | 'humanities' | 'social_sciences' | 'other';
export type SubjectKind = 'math' | 'science' | 'applied' | 'knowledge' | 'profession';

const HIGH_SCHOOL = {
  algebra: 'Equations, functions and sequences.',
  geometry: 'Areas, angles and coordinates.',
  'number-theory': 'Factors, multiples and remainders.',
  'probability-statistics': 'Numbers of arrangements, and chances.',
} as const;

export const SUBJECTS: readonly (readonly [
  name: string,
  group: MmluGroup,
  kind: SubjectKind,
  size: number,
  abilities?: readonly string[],
])[] = [
  ['abstract_algebra', 'stem', 'math', 100, ['higher-mathematics']],
  ['anatomy', 'stem', 'science', 135],
  ['astronomy', 'stem', 'science', 152],
  ['business_ethics', 'other', 'profession', 100],
  ['clinical_knowledge', 'other', 'profession', 265],
  ['college_biology', 'stem', 'science', 144],
  ['college_chemistry', 'stem', 'science', 100],
  ['college_computer_science', 'stem', 'applied', 100],
  ['college_mathematics', 'stem', 'math', 100, ['higher-mathematics', 'algebra', 'probability-statistics']],
  ['college_medicine', 'other', 'profession', 173],
  ['college_physics', 'stem', 'science', 102],
  ['computer_security', 'stem', 'applied', 100],
  ['conceptual_physics', 'stem', 'science', 235],
  ['econometrics', 'social_sciences', 'profession', 114],
  ['electrical_engineering', 'stem', 'applied', 145],
  ['elementary_mathematics', 'stem', 'math', 378, ['arithmetic', 'word-problems']],
  ['formal_logic', 'humanities', 'knowledge', 126],
  ['global_facts', 'other', 'knowledge', 100],
  ['high_school_biology', 'stem', 'science', 310],
  ['high_school_chemistry', 'stem', 'science', 203],
  ['high_school_computer_science', 'stem', 'applied', 100],
  ['high_school_european_history', 'humanities', 'knowledge', 165],
  ['high_school_geography', 'social_sciences', 'knowledge', 198],
  ['high_school_government_and_politics', 'social_sciences', 'knowledge', 193],
  ['high_school_macroeconomics', 'social_sciences', 'knowledge', 390],
  ['high_school_mathematics', 'stem', 'math', 270, Object.keys(HIGH_SCHOOL)],
  ['high_school_microeconomics', 'social_sciences', 'knowledge', 238],
  ['high_school_physics', 'stem', 'science', 151],
  ['high_school_psychology', 'social_sciences', 'knowledge', 545],
  ['high_school_statistics', 'stem', 'math', 216, ['probability-statistics']],
  ['high_school_us_history', 'humanities', 'knowledge', 204],
  ['high_school_world_history', 'humanities', 'knowledge', 237],
  ['human_aging', 'other', 'knowledge', 223],
  ['human_sexuality', 'social_sciences', 'knowledge', 131],
  ['international_law', 'humanities', 'profession', 121],
  ['jurisprudence', 'humanities', 'profession', 108],
  ['logical_fallacies', 'humanities', 'knowledge', 163],
  ['machine_learning', 'stem', 'applied', 112],
  ['management', 'other', 'profession', 103],
  ['marketing', 'other', 'profession', 234],
  ['medical_genetics', 'other', 'profession', 100],
  ['miscellaneous', 'other', 'knowledge', 783],
  ['moral_disputes', 'humanities', 'knowledge', 346],
  ['moral_scenarios', 'humanities', 'knowledge', 895],
  ['nutrition', 'other', 'knowledge', 306],
  ['philosophy', 'humanities', 'knowledge', 311],
  ['prehistory', 'humanities', 'knowledge', 324],
  ['professional_accounting', 'other', 'profession', 282],
  ['professional_law', 'humanities', 'profession', 1534],
  ['professional_medicine', 'other', 'profession', 272],
  ['professional_psychology', 'social_sciences', 'profession', 612],
  ['public_relations', 'social_sciences', 'profession', 110],
  ['security_studies', 'social_sciences', 'knowledge', 245],
  ['sociology', 'social_sciences', 'knowledge', 201],
  ['us_foreign_policy', 'social_sciences', 'knowledge', 100],
  ['virology', 'other', 'profession', 166],
  ['world_religions', 'humanities', 'knowledge', 171],
];

/** By subject, where it has several abilities: why it asks for each. */
export const ABILITY_REASONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  college_mathematics: {
    'higher-mathematics': 'Analysis, linear algebra and topology of a university course.',
    algebra: 'Functions and equations of calculus have to be changed and solved.',
    'probability-statistics': 'Some items ask for chances and numbers of arrangements.',
  },
  elementary_mathematics: {
    arithmetic: 'Sums, fractions and percentages are worked out.',
    'word-problems': 'About half of the items tell a situation.',
  },
  high_school_mathematics: HIGH_SCHOOL,
};
