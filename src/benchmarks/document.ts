/** `docs/benchmarks.md`, made from the registry and the taxonomy. `npm run docs` writes it. */
import { DOMAINS, type Domain } from '../domains/domains.ts';
import { TAXONOMY } from '../domains/taxonomy.ts';
import { markdownTable } from '../report/markdown-table.ts';
import { count, counted } from '../text/counts.ts';
import type { Benchmark } from './benchmark.ts';
import { type Description, describeBenchmark, isProcedural } from './describe.ts';
import { LISTED_BENCHMARKS } from './index.ts';
import { SUITES } from './suites.ts';
import { ANSWER_KINDS, FLAW_KINDS, FORMATS, type Setup } from './vocabulary.ts';

/** The whole page, ended with a line break. */
export function benchmarksDocument(): string {
  const parts = [
    HEAD,
    summary(),
    ...DOMAINS.map(domainPart),
    `## Suites\n\n${suitesTable()}`,
    `## Words\n\n${words()}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

const HEAD = `# Benchmarks and what they measure

Made by \`npm run docs\` from \`src/domains/\` and \`src/benchmarks/\`; a test compares. \`carryover benchmarks\` shows the same at the terminal, with \`--json\` as data, and \`carryover benchmarks audit RUN...\` asks the scores of real models whether the domains hold together.

A benchmark speaks for the abilities named beside it, and for nothing else. Chance is what a guesser scores. Items with the same cluster are not independent, so intervals count clusters. Benchmarks of one family share items or their making.`;

const listed = (domain: Domain): readonly Benchmark[] =>
  LISTED_BENCHMARKS.filter((one) => one.domain === domain);

const sizeOf = (benchmarks: readonly Benchmark[]): string =>
  count(benchmarks.reduce((sum, one) => sum + one.size, 0));

function summary(): string {
  const rows = DOMAINS.map((domain) => {
    const all = listed(domain);
    const { title, abilities } = TAXONOMY[domain];
    const covered = Object.keys(abilities).filter((id) => all.some((one) => one.abilities.includes(id)));
    return [
      `[${title}](#${anchor(title)})`,
      `${covered.length} of ${Object.keys(abilities).length}`,
      count(all.filter((one) => !isProcedural(one)).length),
      count(all.filter(isProcedural).length),
      sizeOf(all),
    ];
  });
  return markdownTable(['domain', 'abilities covered', 'published', 'procedural', 'items'], rows);
}

/** How GitHub names the place of a heading. */
const anchor = (title: string): string => title.toLowerCase().replaceAll(' ', '-');

function domainPart(domain: Domain): string {
  const { title, about, abilities } = TAXONOMY[domain];
  const all = listed(domain);
  const described = all.map(describeBenchmark);
  const abilityRows = Object.entries(abilities).map(([id, { definition, source }]) => [
    `\`${id}\``,
    definition,
    source ?? '',
    described
      .filter((one) => one.abilities.includes(id))
      .map(({ name }) => `\`${name}\``)
      .join(' ') || 'none yet',
  ]);
  const rows = described.map((one) => [
    `\`${one.name}\``,
    count(one.size),
    one.chance.toFixed(2),
    one.metric,
    one.format,
    one.answer,
    one.abilities.join(', '),
    one.licence,
  ]);
  const published = described.filter((one) => !isProcedural(one));
  return [
    `## ${title}`,
    about,
    markdownTable(['ability', 'what it is', 'source', 'benchmarks'], abilityRows),
    markdownTable(
      ['benchmark', 'items', 'chance', 'metric', 'format', 'answer', 'abilities', 'licence'],
      rows,
    ),
    ...grouped(published).map(details),
  ].join('\n\n');
}

/** Benchmarks that differ in name and size alone, such as the subjects of MMLU, are told together. */
function grouped(all: readonly Description[]): readonly (readonly Description[])[] {
  const groups = new Map<string, Description[]>();
  for (const one of all) {
    const key = JSON.stringify([one.why, one.cluster_key, one.source, one.paper, one.flaws, one.family]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function details(group: readonly Description[]): string {
  const [one] = group as readonly [Description, ...Description[]];
  const names = group.map(({ name }) => `\`${name}\``).join(', ');
  const setups = group.flatMap((each) => each.setups.map(setup));
  const lines = [
    one.why,
    ...one.ability_reasons.filter(({ why }) => why !== one.why).map(({ id, why }) => `\`${id}\`: ${why}`),
    `Clusters: ${one.cluster_key}. Family: ${one.family}.${one.paper === null ? '' : ` Paper: ${one.paper}.`}`,
    `Set-up: ${one.source}. Reproduces ${[...new Set(setups)].join('; ')}.`,
    ...one.flaws.map(flaw),
  ];
  return `**${names}**\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

function setup({ by, version, task, shots }: Setup): string {
  const parts = [version === undefined ? by : `${by} ${version}`];
  if (task !== undefined) parts.push(`\`${task}\``);
  if (shots !== undefined) parts.push(counted(shots, 'shot'));
  return parts.join(' ');
}

function flaw({ kind, text, source }: Description['flaws'][number]): string {
  const head = kind === 'other' ? 'Flaw' : `Flaw (${kind})`;
  return `${head}: ${text}${source === undefined ? '' : ` Source: ${source}.`}`;
}

function suitesTable(): string {
  const rows = Object.entries(SUITES).map(([name, { about, names, limit }]) => [
    `\`${name}\``,
    String(names.length),
    limit === undefined ? 'all' : `the first ${limit}`,
    about,
  ]);
  return markdownTable(['suite', 'benchmarks', 'items of each', 'what it is for'], rows);
}

function words(): string {
  const rows = (of: Readonly<Record<string, string>>) =>
    Object.entries(of)
      .filter(([, meaning]) => meaning !== '')
      .map(([id, meaning]) => [`\`${id}\``, meaning]);
  return [
    markdownTable(['format', 'how an item is put'], rows(FORMATS)),
    markdownTable(['answer', 'what it is'], rows(ANSWER_KINDS)),
    markdownTable(['flaw', 'what may be wrong'], rows(FLAW_KINDS)),
  ].join('\n\n');
}
