/** Ready selections of benchmarks, by name: `carryover eval --suite NAME`. */
import { DOMAINS, type Domain } from '../domains/domains.ts';
import { TAXONOMY } from '../domains/taxonomy.ts';
import { isProcedural } from './describe.ts';
import { LISTED_BENCHMARKS } from './index.ts';

export interface Suite {
  /** What it is for, in one sentence. */
  readonly about: string;
  /** In the order in which they are asked. */
  readonly names: readonly string[];
  /** Items of each benchmark, the first ones, unless `--limit` says otherwise; all where absent. */
  readonly limit?: number;
  /** Why these, by domain, where a choice was made. */
  readonly why?: Readonly<Record<Domain, string>>;
}

const named = (of: readonly { readonly name: string }[]): readonly string[] => of.map(({ name }) => name);

const PROCEDURAL = LISTED_BENCHMARKS.filter(isProcedural);

/** Two tasks of each domain, all made from a seed: nothing has to be fetched. */
const TWO_EACH = [
  'proc/arithmetic',
  'proc/word_problems',
  'proc/deduction',
  'proc/syllogisms',
  'proc/unit_conversion',
  'proc/formulas',
  'proc/object_tracking',
  'proc/temporal_order',
  'proc/boolean_expressions',
  'proc/bracket_completion',
  'proc/program_output',
  'proc/function_completion',
  'proc/fact_chains',
  'proc/fact_lists',
];

/** One suite for each domain: every benchmark of it but the other splits of procedural tasks. */
const BY_DOMAIN = Object.fromEntries(
  DOMAINS.map((domain) => [
    domain,
    {
      about: `${TAXONOMY[domain].title}: every benchmark of the domain.`,
      names: named(LISTED_BENCHMARKS.filter((one) => one.domain === domain)),
    },
  ]),
) as Readonly<Record<Domain, Suite>>;

/** Published benchmarks, those that open access gives out, small enough for an evening. */
const STANDARD: Readonly<Record<Domain, { readonly names: readonly string[]; readonly why: string }>> = {
  mathematical: {
    names: ['gsm8k', 'minerva_math500', 'mmlu_high_school_mathematics'],
    why: 'Stories, competition problems and choices: near the training data, further away, and in another form. MATH-500 in place of 5,000 problems.',
  },
  logical: {
    names: ['logiqa2', 'agieval_lsat_lr', 'folio'],
    why: 'Two kinds of arguments to be weighed as choices, and conclusions to be worked out. ZebraLogic is left out: small models solve hardly any grid.',
  },
  scientific: {
    names: [
      'arc_challenge',
      'mmlu_conceptual_physics',
      'mmlu_high_school_biology',
      'mmlu_high_school_chemistry',
    ],
    why: 'School science of each field. SciQ is near its ceiling; GPQA needs an account, and small models score at chance.',
  },
  commonsense: {
    names: ['commonsense_qa', 'winogrande', 'piqa', 'strategyqa'],
    why: 'Four makings and four abilities, one of them worked out in writing. HellaSwag costs as much as all of them and has faulty items.',
  },
  symbolic: {
    names: [
      'bbh_cot_fewshot_boolean_expressions',
      'bbh_cot_fewshot_date_understanding',
      'bbh_cot_fewshot_tracking_shuffled_objects_three_objects',
      'coin_flip',
      'last_letters',
    ],
    why: 'Procedures on symbols, dates, objects and letters. Counting and arithmetic of BIG-Bench Hard are left out: a gain there may be the trained domain.',
  },
  code: {
    names: ['humaneval', 'mbpp'],
    why: 'Programs written from a description, of two makings.',
  },
  guards: {
    names: [
      'ifeval',
      'mmlu_high_school_geography',
      'mmlu_high_school_psychology',
      'mmlu_high_school_us_history',
      'mmlu_clinical_knowledge',
      'mmlu_marketing',
    ],
    why: 'Following instructions, general knowledge and what professions know: subjects without calculation.',
  },
};

/**
 * `quick` answers whether a model can be asked at all and about where it stands, in minutes and with no data: its items
 * are made. 200 of each keep it under a minute on two cores for the model in the box, and an interval at 7 points to
 * each side. `standard` is what a claim about transfer should at least rest on; its data come from the hub.
 */
export const SUITES: Readonly<Record<string, Suite>> = {
  quick: {
    about: 'A first look at every domain in a minute or two; nothing is fetched.',
    names: TWO_EACH,
    limit: 200,
  },
  standard: {
    about:
      'Published benchmarks of every domain and the guards, with data of the hub: an evening for a small model (a dry run reckons 2.8 hours for 135 M parameters on two cores).',
    names: DOMAINS.flatMap((domain) => STANDARD[domain].names),
    why: Object.fromEntries(DOMAINS.map((domain) => [domain, STANDARD[domain].why])) as Readonly<
      Record<Domain, string>
    >,
  },
  full: {
    about: 'Everything that the tables list: published benchmarks and procedural tasks.',
    names: named(LISTED_BENCHMARKS),
  },
  procedural: {
    about: 'Every procedural task, on problems that are never trained on.',
    names: named(PROCEDURAL),
  },
  'procedural-small': {
    about: 'The tasks of quick with all of their items.',
    names: TWO_EACH,
  },
  ...BY_DOMAIN,
};
