/** Finds benchmarks by what a user typed: names, a domain, a suite. Typing errors are met with the nearest name. */
import { DOMAINS, type Domain } from '../domains/domains.ts';
import { UserError } from '../errors.ts';
import { knownName } from '../text/known-name.ts';
import type { Benchmark } from './benchmark.ts';
import { GROUPS } from './groups.ts';
import { BENCHMARKS, LISTED_BENCHMARKS } from './index.ts';
import { SUITES, type Suite } from './suites.ts';

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
  return findSuite(choice.suite ?? '').names.map(findBenchmark);
}

/** Throws UserError with the nearest name when there is no such suite. */
export function findSuite(name: string): Suite {
  const names = Object.keys(SUITES);
  return SUITES[knownName(name, names, 'suite', `Suites: ${names.join(', ')}.`)]!;
}

export function findDomain(name: string): Domain {
  return knownName(name, DOMAINS, 'domain', `Domains: ${DOMAINS.join(', ')}.`);
}

/** Without the other splits of procedural tasks. */
export function benchmarksOf(domain: Domain): readonly Benchmark[] {
  return LISTED_BENCHMARKS.filter((one) => one.domain === domain);
}
