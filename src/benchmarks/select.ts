/** Finds benchmarks by what a user typed: names, a domain, a suite. Typing errors are met with the nearest name. */
import { DOMAINS, type Domain } from '../domains/domains.ts';
import { UserError } from '../errors.ts';
import { nearest } from '../text/nearest.ts';
import type { Benchmark } from './benchmark.ts';
import { BENCHMARKS } from './index.ts';

/** Ready selections. `quick` has one benchmark a domain, `standard` what a study should at least show. */
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
};

export const BENCHMARK_NAMES: readonly string[] = Object.keys(BENCHMARKS);

/** Throws UserError with the nearest name when there is no such benchmark. */
export function findBenchmark(name: string): Benchmark {
  return BENCHMARKS[known(name, BENCHMARK_NAMES, 'benchmark', '`carryover benchmarks` lists all.')]!;
}

/** `names`: separated by commas, spaces around them ignored; a name given twice counts once. */
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
    return [...new Set(names.filter((name) => name !== ''))].map(findBenchmark);
  }
  if (choice.domain !== undefined) return benchmarksOf(findDomain(choice.domain));
  const suite = known(
    choice.suite ?? '',
    Object.keys(SUITES),
    'suite',
    `Suites: ${Object.keys(SUITES).join(', ')}.`,
  );
  return SUITES[suite]!.map(findBenchmark);
}

export function findDomain(name: string): Domain {
  return known(name, DOMAINS, 'domain', `Domains: ${DOMAINS.join(', ')}.`);
}

export function benchmarksOf(domain: Domain): readonly Benchmark[] {
  return Object.values(BENCHMARKS).filter((one) => one.domain === domain);
}

function known<Name extends string>(name: string, names: readonly Name[], kind: string, list: string): Name {
  const found = names.find((one) => one === name);
  if (found !== undefined) return found;
  const near = nearest(name, names);
  const containing = names.filter((one) => name.length >= 3 && one.includes(name.toLowerCase())).slice(0, 3);
  const meant = near ? [near] : containing;
  const hint = meant.length > 0 ? `Did you mean ${meant.join(' or ')}? ` : '';
  throw new UserError(`There is no ${kind} named "${name}".`, { remedy: `${hint}${list}` });
}
