import type { Benchmark } from '../benchmarks/benchmark.ts';
import { LISTED_BENCHMARKS } from '../benchmarks/index.ts';
import { PROCEDURAL_BENCHMARKS, splitNames } from '../benchmarks/procedural.ts';
import { benchmarksOf, findBenchmark, findDomain, SUITES } from '../benchmarks/select.ts';
import { DOMAINS, type Domain } from '../domains/domains.ts';
import { TAXONOMY } from '../domains/taxonomy.ts';
import { UserError } from '../errors.ts';
import { printLine } from '../platform/terminal.ts';
import { count } from '../text/counts.ts';
import { textTable } from '../text/text-table.ts';
import type { CliCommand } from './command.ts';

/** Names of a suite that are shown: a procedural one holds every task. */
const SHOWN = 16;

/** `carryover benchmarks [NAME]`: the taxonomy with its coverage, or one benchmark in detail. */
export const benchmarksCommand: CliCommand = {
  name: 'benchmarks',
  summary: 'List the benchmarks by domain, or show one in detail',
  examples: [
    'carryover benchmarks                    # all domains, abilities and benchmarks',
    'carryover benchmarks winogrande         # where it stands and why, chance, licence, known flaws',
    'carryover benchmarks proc/arithmetic    # a procedural task, and its other splits',
    'carryover benchmarks --domain guards --json',
  ],
  configure: (command) => {
    command
      .argument('[name]', 'a benchmark')
      .option('--domain <domain>', `only this domain: ${DOMAINS.join(', ')}`)
      .option('--json', 'print as JSON')
      .action((name: string | undefined, options: { domain?: string; json?: boolean }) => {
        if (name !== undefined && options.domain !== undefined)
          throw new UserError('a benchmark and --domain do not go together', { remedy: 'Give one of them.' });
        if (name !== undefined) {
          const one = findBenchmark(name);
          printLine(options.json ? JSON.stringify(facts(one), null, 2) : details(one));
          return;
        }
        const domains = options.domain === undefined ? DOMAINS : [findDomain(options.domain)];
        printLine(
          options.json ? JSON.stringify(overview(domains), null, 2) : domains.map(section).join('\n\n'),
        );
        if (!options.json && options.domain === undefined) printLine(`\n${footer()}`);
      });
  },
};

/** What is known about a benchmark, as data. */
export function facts(one: Benchmark): Record<string, unknown> {
  const { name, title, domain, abilities, why, flaws, kind, metric, chance, size, licence, source } = one;
  const { clusterKey } = one;
  const cluster_key = clusterKey;
  const data =
    'make' in one
      ? { ...one.generated, ...(isProcedural(one) ? { splits: splitNames(one.generated.generator) } : {}) }
      : { test: one.test, ...(one.shots ? { shots: one.shots } : {}) };
  return {
    name,
    title,
    domain,
    abilities,
    why,
    flaws,
    kind,
    metric,
    chance,
    size,
    licence,
    source,
    cluster_key,
    data,
  };
}

function overview(domains: readonly Domain[]): unknown {
  return {
    domains: domains.map((domain) => {
      const { title, about, abilities } = TAXONOMY[domain];
      const benchmarks = benchmarksOf(domain);
      return {
        domain,
        title,
        about,
        items: items(benchmarks),
        abilities: Object.entries(abilities).map(([id, meaning]) => ({
          id,
          meaning,
          benchmarks: benchmarks.filter((one) => one.abilities.includes(id)).map((one) => one.name),
        })),
        benchmarks: benchmarks.map(facts),
      };
    }),
    suites: SUITES,
  };
}

const items = (benchmarks: readonly Benchmark[]): number =>
  benchmarks.reduce((sum, one) => sum + one.size, 0);

function section(domain: Domain): string {
  const { title, about, abilities } = TAXONOMY[domain];
  const benchmarks = benchmarksOf(domain);
  const covered = Object.keys(abilities).filter((id) => benchmarks.some((one) => one.abilities.includes(id)));
  const missing = Object.keys(abilities).filter((id) => !covered.includes(id));
  const coverage =
    `${covered.length} of ${Object.keys(abilities).length} abilities covered` +
    (missing.length > 0 ? ` (not yet: ${missing.join(', ')})` : '');
  const head = ['  benchmark', 'items', 'chance', 'metric', 'abilities', 'licence'];
  const table = textTable(
    [
      head,
      ...benchmarks.map((one) => [
        `  ${one.name}`,
        count(one.size),
        one.chance.toFixed(2),
        one.metric,
        one.abilities.join(', '),
        one.licence,
      ]),
    ],
    new Set([1, 2]),
  ).join('\n');
  return `${title} (${domain}): ${count(items(benchmarks))} items, ${coverage}\n  ${about}\n${table}`;
}

function footer(): string {
  const all = LISTED_BENCHMARKS;
  const suites = Object.entries(SUITES).map(([name, names]) => [`  ${name}`, suiteText(names)]);
  return (
    `${all.length} benchmarks, ${count(items(all))} items.\n` +
    `Suites, for carryover eval --suite NAME:\n${textTable(suites).join('\n')}\n` +
    'Procedural tasks have more splits: proc/NAME@fresh, @perturbed, @harder, @train\n' +
    'Details: carryover benchmarks NAME'
  );
}

function suiteText(names: readonly string[]): string {
  const more = names.length > SHOWN ? `, ... (${names.length})` : '';
  return `${names.slice(0, SHOWN).join(', ')}${more}`;
}

const isProcedural = (one: Benchmark): boolean => Object.hasOwn(PROCEDURAL_BENCHMARKS, one.name);

function dataText(one: Benchmark): string {
  if (!('make' in one))
    return `${one.test.dataset}, ${one.test.files}${one.shots ? `; examples from ${one.shots.files}` : ''}`;
  const { generator, split, seed } = one.generated;
  if (!isProcedural(one)) return `made here, seed ${seed}`;
  const others = splitNames(generator).filter((name) => name !== one.name);
  return `made here: split ${split}, seed ${seed}; other splits: ${others.join(', ')}`;
}

function details(one: Benchmark): string {
  const rows: [string, string][] = [
    ['domain', `${one.domain} (${TAXONOMY[one.domain].title})`],
    ['abilities', one.abilities.map((id) => `${id}: ${TAXONOMY[one.domain].abilities[id]}`).join('; ')],
    ['why there', one.why],
    [
      'items',
      `${count(one.size)}, ${one.kind === 'choice' ? 'choices weighed by log-likelihood' : 'generated answers'}`,
    ],
    ['metric', `${one.metric}, a guesser scores ${one.chance.toFixed(2)}`],
    ['cluster key', one.clusterKey],
    ['data', dataText(one)],
    ['licence', one.licence],
    ['source', one.source],
    ...one.flaws.map((flaw, i): [string, string] => [i === 0 ? 'known flaws' : '', flaw]),
  ];
  return `${one.name}: ${one.title}\n${rows.map(([key, value]) => `  ${key.padEnd(12)} ${value}`).join('\n')}`;
}
