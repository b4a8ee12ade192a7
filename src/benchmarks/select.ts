/** Finds benchmarks by what a user typed: names, a domain, a suite. Typing errors are met with the nearest name. */
import { DOMAINS, type Domain } from '../domains/domains.ts';
import { UserError } from '../errors.ts';
import { listed } from '../text/counts.ts';
import { knownName, meantNames } from '../text/known-name.ts';
import type { Benchmark } from './benchmark.ts';
import { BENCHMARKS, LISTED_BENCHMARKS } from './index.ts';
import { membersOf, offeredTo } from './names.ts';
import { SUITES, type Suite } from './suites.ts';

/** One benchmark by its name, or by another name for it alone. Throws UserError with the nearest name otherwise. */
export function findBenchmark(name: string): Benchmark {
  const members = findMembers(name);
  if (members.length === 1) return BENCHMARKS[members[0]!]!;
  throw new UserError(`"${name}" stands for ${members.length} benchmarks; one is needed here.`, {
    remedy: `Name one of them, such as ${members[0]}.`,
  });
}

/** The names of the benchmarks that a name stands for. Throws UserError with what may be meant when there are none. */
export function findMembers(name: string): readonly string[] {
  return findAllMembers([name]);
}

/** Those of several names, each as often as it is named. One UserError tells of every name that is none. */
export function findAllMembers(names: readonly string[]): readonly string[] {
  const unknown = [...new Set(names)].filter((name) => membersOf(name) === null);
  if (unknown.length === 0) return names.flatMap((name) => membersOf(name)!);
  const list = '`carryover benchmarks` lists all.';
  const hints = unknown.map((name) => meantNames(name, offeredTo(name)).join(' or '));
  if (unknown.length === 1)
    throw new UserError(`There is no benchmark named "${unknown[0]}".`, {
      remedy: `${hints[0] ? `Did you mean ${hints[0]}? ` : ''}${list}`,
    });
  const lines = unknown.map((name, at) => `${name}${hints[at] ? `: did you mean ${hints[at]}?` : ''}`);
  throw new UserError(`There are no benchmarks named ${listed(unknown.map((name) => `"${name}"`))}.`, {
    remedy: [...lines.filter((_, at) => hints[at]), list].join('\n  '),
  });
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
    const members = findAllMembers(names.filter((name) => name !== ''));
    if (members.length === 0)
      throw new UserError('No benchmarks were chosen.', { remedy: '`carryover benchmarks` lists all.' });
    return [...new Set(members)].map((name) => BENCHMARKS[name]!);
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
