/** `docs/benchmarks.md`, made from the registry and the taxonomy. `npm run docs` writes it. */
import { DOMAINS, type Domain } from '../domains/domains.ts';
import { TAXONOMY } from '../domains/taxonomy.ts';
import { markdownTable } from '../report/markdown-table.ts';
import { count, counted } from '../text/counts.ts';
import { ALIAS_NOTES, ALIASES } from './aliases.table.ts';
import type { Benchmark } from './benchmark.ts';
import { type Description, describeBenchmark, isProcedural } from './describe.ts';
import { GROUPS, OWN_GROUPS } from './groups.ts';
import { BENCHMARKS, LISTED_BENCHMARKS } from './index.ts';
import { SUITES } from './suites.ts';
import { variantsOf } from './variants.ts';
import { ANSWER_KINDS, FLAW_KINDS, FORMATS, type Setup } from './vocabulary.ts';

/** The whole page, ended with a line break. */
export function benchmarksDocument(): string {
  const parts = [
    HEAD,
    summary(),
    ...DOMAINS.map(domainPart),
    `## Suites\n\n${suitesPart()}`,
    `## Names\n\n${namesPart()}`,
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
    String(one.setups[0]?.shots ?? ''),
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
      ['benchmark', 'items', 'shots', 'chance', 'metric', 'format', 'answer', 'abilities', 'licence'],
      rows,
    ),
    ...variantsPart(all),
    ...grouped(published).map(details),
  ].join('\n\n');
}

function variantsPart(all: readonly Benchmark[]): readonly string[] {
  const variants = variantsOf(all);
  if (variants.length === 0) return [];
  const rows = variants.map(({ name, of, title, items, shots }) => [
    `\`${name}\``,
    title,
    `\`${of}\``,
    count(items),
    String(shots ?? ''),
  ]);
  return [
    'Other set-ups and parts, which are had by name and stand in no domain suite:',
    markdownTable(['name', 'what it is', 'beside', 'items', 'shots'], rows),
  ];
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
  const lines = [
    one.why,
    ...one.ability_reasons.filter(({ why }) => why !== one.why).map(({ id, why }) => `\`${id}\`: ${why}`),
    `Clusters: ${one.cluster_key}. Family: ${one.family}.${one.paper === null ? '' : ` Paper: ${one.paper}.`}`,
    `Set-up: ${one.source}.${reproduced(group)}`,
    ...one.flaws.map(flaw),
  ];
  return `**${names}**\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

/** What the source does not say itself: the names of the tasks there. Of several they are those of the benchmarks. */
function reproduced(group: readonly Description[]): string {
  const all = group.flatMap(({ name, setups }) => setups.map((one) => ({ name, ...one })));
  if (all.every(({ task }) => task === undefined)) return '';
  if (all.length > 1 && all.every(({ name, task }) => name === task))
    return ` Reproduces the tasks of the same names, ${setup({ ...all[0]!, task: undefined })}.`;
  return ` Reproduces ${all.map(setup).join('; ')}.`;
}

function setup({ by, version, task, shots }: Omit<Setup, 'task'> & { task?: string | undefined }): string {
  const whose = version === undefined ? by : `${by} ${version}`;
  const parts = [task === undefined ? whose : `${whose} \`${task}\``];
  if (shots !== undefined) parts.push(counted(shots, 'shot'));
  return parts.join(', ');
}

function flaw({ kind, text, source }: Description['flaws'][number]): string {
  const head = kind === 'other' ? 'Flaw' : `Flaw (${kind})`;
  return `${head}: ${text}${source === undefined ? '' : ` Source: ${source}.`}`;
}

function suitesPart(): string {
  const rows = Object.entries(SUITES).map(([name, { about, names, limit }]) => [
    `\`${name}\``,
    String(names.length),
    limit === undefined ? 'all' : `the first ${limit}`,
    about,
  ]);
  const chosen = Object.entries(SUITES).flatMap(([name, { names, why }]) => {
    if (why === undefined) return [];
    const lines = Object.entries(why).map(([domain, reason]) => [
      domain,
      names
        .filter((one) => BENCHMARKS[one]!.domain === domain)
        .map((one) => `\`${one}\``)
        .join(' '),
      reason,
    ]);
    const items = count(names.reduce((sum, one) => sum + BENCHMARKS[one]!.size, 0));
    return [
      `What \`${name}\` holds (${items} items) and why:`,
      markdownTable(['domain', 'benchmarks', 'why these'], lines),
    ];
  });
  return [markdownTable(['suite', 'benchmarks', 'items of each', 'what it is for'], rows), ...chosen].join(
    '\n\n',
  );
}

function namesPart(): string {
  const groups = Object.entries(GROUPS).map(([name, members]) => [
    `\`${name}\``,
    String(members.length),
    count(members.reduce((sum, member) => sum + BENCHMARKS[member]!.size, 0)),
    OWN_GROUPS.includes(name.replace('@5shot', '')) ? 'our own' : 'lm-evaluation-harness 0.4.13',
  ]);
  const aliases = Object.entries(ALIASES).map(([name, meant]) => [
    `\`${name}\``,
    meant.map((one) => `\`${one}\``).join(' '),
    ALIAS_NOTES[name] ?? '',
  ]);
  return [
    'Names are those of lm-evaluation-harness where it has the task, in `--benchmarks` and in study files. Capitals, hyphens and a plus sign are read as well: `MATH-500`, `HumanEval+`.',
    "A group stands for its members, and results.json has their mean, weighed by items, under `groups`: our reading, and lm-evaluation-harness's own under its key.",
    markdownTable(['group', 'benchmarks', 'items', 'whose'], groups),
    'Other names:',
    markdownTable(['name', 'stands for', 'note'], aliases),
  ].join('\n\n');
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
