import { ALIASES } from '../benchmarks/aliases.table.ts';
import { describeBenchmark } from '../benchmarks/describe.ts';
import { GROUPS } from '../benchmarks/groups.ts';
import { BENCHMARKS } from '../benchmarks/index.ts';
import { benchmarksOf, findDomain, findMembers } from '../benchmarks/select.ts';
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

/** `carryover benchmarks [NAME]`: the taxonomy with its coverage, or one benchmark in detail. */
export const benchmarksCommand: CliCommand = {
  name: 'benchmarks',
  summary: 'List the benchmarks by domain, or show one in detail',
  examples: [
    'carryover benchmarks                    # all domains, abilities and benchmarks',
    'carryover benchmarks winogrande         # where it stands and why, chance, licence, known flaws',
    'carryover benchmarks mmlu               # the members of a group',
    'carryover benchmarks proc/arithmetic    # a procedural task, and its other splits',
    'carryover benchmarks --domain guards --json',
    'carryover benchmarks proc/arithmetic --show-item 113c7093a43333ee    # the whole prompt and its reference answer',
    'carryover benchmarks --suites           # what --suite quick, standard, logical ... hold',
    'carryover benchmarks check my.yaml      # a benchmark of your own',
    'carryover benchmarks audit runs/*       # whether the domains hold together in the scores of models',
  ],
  configure: (command) => {
    command
      .argument('[name]', 'a benchmark, or a group of them')
      .option('--domain <domain>', `only this domain: ${DOMAINS.join(', ')}`)
      .option('--suites', 'the ready selections that --suite of eval takes')
      .option(
        '--show-item <id>',
        'all that is asked about one item of the benchmark, and its reference answer',
      )
      .option('--json', 'print as JSON')
      .action(show);
    auditSubcommand(command);
    checkSubcommand(command);
  },
};

async function show(
  name: string | undefined,
  { domain, suites, showItem: id, json }: Options,
): Promise<void> {
  const asked = [name, domain, suites].filter((one) => one !== undefined);
  if (asked.length > 1)
    throw new UserError('a benchmark, --domain and --suites do not go together', {
      remedy: 'Give one of them.',
    });
  if (id !== undefined) await showItem(name, id, json);
  else if (suites) printLine(json ? dataText({ suites: SUITES }) : suitesText());
  else if (name !== undefined) {
    const members = findMembers(name).map((member) => BENCHMARKS[member]!);
    const [one] = members;
    if (members.length === 1) printLine(json ? dataText(describeBenchmark(one!)) : detailsText(one!));
    else printLine(json ? dataText(groupData(name, members)) : groupText(name, members));
  } else {
    const domains = domain === undefined ? DOMAINS : [findDomain(domain)];
    if (json) printLine(dataText(overview(domains)));
    else {
      const sections = domains.map(sectionText);
      printLine((domain === undefined ? [...sections, footerText()] : sections).join('\n\n'));
    }
  }
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
