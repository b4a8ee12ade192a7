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
    about: 'Published benchmarks of every domain and the guards, with data of the hub.',
    names: [
      'gsm8k',
      'mmlu_high_school_mathematics',
      'logiqa2',
      'arc_challenge',
      'commonsense_qa',
      'winogrande',
      'bbh_cot_fewshot_boolean_expressions',
      'bbh_cot_fewshot_date_understanding',
      'bbh_cot_fewshot_object_counting',
      'humaneval',
      'mmlu_high_school_geography',
      'mmlu_high_school_psychology',
      'mmlu_high_school_us_history',
    ],
  },
  full: {
    about: 'Everything: published benchmarks and procedural tasks.',
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
