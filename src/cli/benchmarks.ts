import { ALIASES } from '../benchmarks/aliases.table.ts';
import type { Benchmark } from '../benchmarks/benchmark.ts';
import { describeBenchmark } from '../benchmarks/describe.ts';
import { GROUPS } from '../benchmarks/groups.ts';
import { BENCHMARKS } from '../benchmarks/index.ts';
import { benchmarksOf, findAllMembers, findDomain, findMembers } from '../benchmarks/select.ts';
import { SUITES } from '../benchmarks/suites.ts';
import { variantsOf } from '../benchmarks/variants.ts';
import { DOMAINS, type Domain } from '../domains/domains.ts';
import { TAXONOMY } from '../domains/taxonomy.ts';
import { UserError } from '../errors.ts';
import { printLine } from '../platform/terminal.ts';
import { auditSubcommand } from './benchmarks-audit.ts';
import { checkSubcommand } from './benchmarks-check.ts';
import { groupData, groupText } from './benchmarks-group.ts';
import { showItem } from './benchmarks-item.ts';
import { detailsText, footerText, itemsOf, sectionText, suitesText } from './benchmarks-text.ts';
import type { CliCommand } from './command.ts';

interface Options {
  readonly domain?: string;
  readonly suites?: boolean;
  readonly showItem?: string;
  readonly json?: boolean;
}

/** `carryover benchmarks [NAME...]`: the taxonomy with its coverage, or benchmarks in detail. */
export const benchmarksCommand: CliCommand = {
  name: 'benchmarks',
  summary: 'List the benchmarks by domain, or show one in detail',
  examples: [
    'carryover benchmarks                    # all domains, abilities and benchmarks',
    'carryover benchmarks winogrande         # where it stands and why, chance, licence, known flaws',
    'carryover benchmarks mmlu               # the members of a group',
    'carryover benchmarks gsm8k gsm_plus     # several',
    'carryover benchmarks gsm8k --show-item 3    # the fourth item: the whole prompt and its reference answer',
    'carryover benchmarks proc/arithmetic    # a procedural task, and its other splits',
    'carryover benchmarks --domain guards --json',
    'carryover benchmarks proc/arithmetic --show-item 113c7093a43333ee    # the whole prompt and its reference answer',
    'carryover benchmarks --suites           # what --suite quick, standard, logical ... hold',
    'carryover benchmarks check my.yaml      # a benchmark of your own',
    'carryover benchmarks audit runs/*       # whether the domains hold together in the scores of models',
  ],
  configure: (command) => {
    command
      .argument('[names...]', 'benchmarks, or groups of them')
      .option('--domain <domain>', `only this domain: ${DOMAINS.join(', ')}`)
      .option('--suites', 'the ready selections that --suite of eval takes')
      .option(
        '--show-item <id>',
        'all that is asked about one item of the benchmark, and its reference answer; an id of the samples, or an index from 0 in the order of the benchmark',
      )
      .option('--json', 'print as JSON')
      .action(show);
    auditSubcommand(command);
    checkSubcommand(command);
  },
};

async function show(
  names: readonly string[],
  { domain, suites, showItem: id, json }: Options,
): Promise<void> {
  const asked = [names[0], domain, suites].filter((one) => one !== undefined);
  if (asked.length > 1)
    throw new UserError('a benchmark, --domain and --suites do not go together', {
      remedy: 'Give one of them.',
    });
  if (id !== undefined) await showItem(names.length === 0 ? undefined : names.join(','), id, json);
  else if (suites) printLine(json ? dataText({ suites: SUITES }) : suitesText());
  else if (names.length > 0) {
    findAllMembers(names);
    if (!json) printLine(names.map(nameText).join('\n\n'));
    else printLine(dataText(names.length === 1 ? nameData(names[0]!) : names.map(nameData)));
  } else {
    const domains = domain === undefined ? DOMAINS : [findDomain(domain)];
    if (json) printLine(dataText(overview(domains)));
    else {
      const sections = domains.map(sectionText);
      printLine((domain === undefined ? [...sections, footerText()] : sections).join('\n\n'));
    }
  }
}

const membersOf = (name: string): readonly Benchmark[] =>
  findMembers(name).map((member) => BENCHMARKS[member]!);

function nameText(name: string): string {
  const members = membersOf(name);
  return members.length === 1 ? detailsText(members[0]!) : groupText(name, members);
}

function nameData(name: string): unknown {
  const members = membersOf(name);
  return members.length === 1 ? describeBenchmark(members[0]!) : groupData(name, members);
}

const dataText = (value: unknown): string => JSON.stringify(value, null, 2);

function overview(domains: readonly Domain[]): unknown {
  return {
    domains: domains.map((domain) => {
      const { title, about, abilities } = TAXONOMY[domain];
      const benchmarks = benchmarksOf(domain);
      return {
        domain,
        title,
        about,
        items: itemsOf(benchmarks),
        abilities: Object.entries(abilities).map(([id, { definition, source }]) => ({
          id,
          definition,
          source: source ?? null,
          benchmarks: benchmarks.filter((one) => one.abilities.includes(id)).map((one) => one.name),
        })),
        benchmarks: benchmarks.map(describeBenchmark),
        variants: variantsOf(benchmarks),
      };
    }),
    groups: GROUPS,
    aliases: ALIASES,
    suites: SUITES,
  };
}
