/** Finds benchmarks by what a user typed: names, a domain, a suite. Typing errors are met with the nearest name. */
import { DOMAINS, type Domain } from '../domains/domains.ts';
import { UserError } from '../errors.ts';
import { knownName } from '../text/known-name.ts';
import type { Benchmark } from './benchmark.ts';
import { GROUPS } from './groups.ts';
import { BENCHMARKS, LISTED_BENCHMARKS } from './index.ts';
import { PROCEDURAL_BENCHMARKS } from './procedural.ts';

const PROCEDURAL = LISTED_BENCHMARKS.filter((one) => one.name in PROCEDURAL_BENCHMARKS);

/** Tasks of each domain in the suite `procedural-small`. */
const SMALL = 2;

/**
 * Ready selections. `quick` has one benchmark a domain, `standard` what a study should at least show, `procedural` every
 * procedural task, `procedural-small` the first two of each domain.
 */
export const SUITES: Readonly<Record<string, readonly string[]>> = {
  quick: [
    'gsm8k',
    'logiqa2',
    'arc_challenge',
    'commonsense_qa',
    'bbh_cot_fewshot_boolean_expressions',
    'humaneval',
    'mmlu_high_school_us_history',
  ],
  standard: [
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
  procedural: PROCEDURAL.map(({ name }) => name),
  'procedural-small': DOMAINS.flatMap((domain) =>
    PROCEDURAL.filter((one) => one.domain === domain)
      .slice(0, SMALL)
      .map(({ name }) => name),
  ),
};

export const BENCHMARK_NAMES: readonly string[] = Object.keys(BENCHMARKS);

/** Throws UserError with the nearest name when there is no such benchmark. */
export function findBenchmark(name: string): Benchmark {
  const shown = BENCHMARK_NAMES.filter((one) => name.includes('@') || !one.includes('@'));
  return BENCHMARKS[
    knownName(name, BENCHMARK_NAMES, 'benchmark', '`carryover benchmarks` lists all.', shown)
  ]!;
}

/**
 * `names`: separated by commas, spaces around them ignored; a name given twice counts once, that of a group stands for
 * its members.
 */
export function selectBenchmarks(choice: {
  readonly names?: string;
  readonly domain?: string;
  readonly suite?: string;
}): readonly Benchmark[] {
  const given = [choice.names, choice.domain, choice.suite].filter((part) => part !== undefined);
  if (given.length !== 1) {
    throw new UserError(
      given.length === 0 ? 'No benchmarks were chosen.' : 'Choose benchmarks in one way only.',
      { remedy: 'Give one of --benchmarks NAME,NAME, --domain DOMAIN or --suite NAME.' },
    );
  }
  if (choice.names !== undefined) {
    const names = choice.names.split(',').map((name) => name.trim());
    const members = names
      .filter((name) => name !== '')
      .flatMap((name) => (Object.hasOwn(GROUPS, name) ? GROUPS[name]! : [name]));
    return [...new Set(members)].map(findBenchmark);
  }
  if (choice.domain !== undefined) return benchmarksOf(findDomain(choice.domain));
  const suite = knownName(
    choice.suite ?? '',
    Object.keys(SUITES),
    'suite',
    `Suites: ${Object.keys(SUITES).join(', ')}.`,
  );
  return SUITES[suite]!.map(findBenchmark);
}

export function findDomain(name: string): Domain {
  return knownName(name, DOMAINS, 'domain', `Domains: ${DOMAINS.join(', ')}.`);
}

/** Without the other splits of procedural tasks. */
export function benchmarksOf(domain: Domain): readonly Benchmark[] {
  return LISTED_BENCHMARKS.filter((one) => one.domain === domain);
}
