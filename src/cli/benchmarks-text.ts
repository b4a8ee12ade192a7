/** Benchmarks, domains and suites as tables for the terminal. */
import type { Benchmark } from '../benchmarks/benchmark.ts';
import { type Description, describeBenchmark, isProcedural } from '../benchmarks/describe.ts';
import { GROUPS } from '../benchmarks/groups.ts';
import { LISTED_BENCHMARKS } from '../benchmarks/index.ts';
import { otherNames } from '../benchmarks/names.ts';
import { splitNames } from '../benchmarks/procedural.ts';
import { benchmarksOf } from '../benchmarks/select.ts';
import { SUITES } from '../benchmarks/suites.ts';
import { variantsOf } from '../benchmarks/variants.ts';
import { ANSWER_KINDS, FORMATS, type Setup } from '../benchmarks/vocabulary.ts';
import type { Domain } from '../domains/domains.ts';
import { TAXONOMY } from '../domains/taxonomy.ts';
import { count, counted } from '../text/counts.ts';
import { textTable } from '../text/text-table.ts';
import { wrapped } from '../text/wrapped.ts';

export const itemsOf = (benchmarks: readonly Pick<Benchmark, 'size'>[]): number =>
  benchmarks.reduce((sum, one) => sum + one.size, 0);

/** A domain with its coverage and a line for each benchmark. */
export function sectionText(domain: Domain): string {
  const { title, about, abilities } = TAXONOMY[domain];
  const benchmarks = benchmarksOf(domain);
  const covered = Object.keys(abilities).filter((id) => benchmarks.some((one) => one.abilities.includes(id)));
  const missing = Object.keys(abilities).filter((id) => !covered.includes(id));
  const coverage =
    `${covered.length} of ${Object.keys(abilities).length} abilities covered` +
    (missing.length > 0 ? ` (not yet: ${missing.join(', ')})` : '');
  const head = [
    '  benchmark',
    'items',
    'shots',
    'chance',
    'metric',
    'format',
    'answer',
    'abilities',
    'licence',
  ];
  const rows = benchmarks
    .map(describeBenchmark)
    .map((one) => [
      `  ${one.name}`,
      count(one.size),
      one.setups[0]?.shots === undefined ? '-' : String(one.setups[0].shots),
      one.chance.toFixed(2),
      one.metric,
      one.format,
      one.answer,
      one.abilities.join(', '),
      one.licence,
    ]);
  const table = textTable([head, ...rows], new Set([1, 2, 3])).join('\n');
  const variants = variantsOf(benchmarks).map(({ name }) => name);
  const others =
    variants.length === 0
      ? ''
      : `\n  Other set-ups and parts, by name:\n${indented(wrapped(variants.join(', '), 108))}`;
  return `${title} (${domain}): ${count(itemsOf(benchmarks))} items, ${coverage}\n  ${about}\n${table}${others}`;
}

export function footerText(): string {
  return (
    `${LISTED_BENCHMARKS.length} benchmarks, ${count(itemsOf(LISTED_BENCHMARKS))} items.\n` +
    `Groups, for --benchmarks NAME: ${Object.keys(GROUPS)
      .filter((name) => !name.includes('@'))
      .join(', ')}\n` +
    'Suites, for carryover eval --suite NAME: carryover benchmarks --suites\n' +
    'Procedural tasks have more splits: proc/NAME@fresh, @perturbed, @harder, @train\n' +
    'A benchmark of your own: carryover benchmarks check FILE.yaml\n' +
    'Details: carryover benchmarks NAME'
  );
}

/** Names of a suite that are shown: some hold everything. */
const SHOWN = 14;

export function suitesText(): string {
  return Object.entries(SUITES)
    .map(([name, { about, names, limit }]) => {
      const first = limit === undefined ? '' : `, the first ${limit} items of each`;
      const more = names.length > SHOWN ? `, ... (${names.length})` : '';
      const list = wrapped(`${names.slice(0, SHOWN).join(', ')}${more}`, 108);
      return `${name}: ${counted(names.length, 'benchmark')}${first}\n  ${about}\n${indented(list)}`;
    })
    .join('\n\n');
}

const indented = (lines: readonly string[]): string => lines.map((line) => `    ${line}`).join('\n');

/** Everything about one benchmark. */
export function detailsText(benchmark: Benchmark): string {
  const one = describeBenchmark(benchmark);
  const rows: [string, string][] = [
    ['domain', `${one.domain} (${TAXONOMY[benchmark.domain].title})`],
    ...several('abilities', abilityLines(one)),
    ['why there', one.why],
    ['format', `${one.format}: ${FORMATS[one.format]}`],
    ['answer', ANSWER_KINDS[one.answer]],
    ['items', count(one.size)],
    ['metric', `${one.metric}, a guesser scores ${one.chance.toFixed(2)}`],
    ['cluster key', one.cluster_key],
    ['data', dataText(benchmark)],
    ['licence', one.licence],
    ...(one.paper === null ? [] : ([['paper', one.paper]] as [string, string][])),
    ['source', one.source],
    ...several('reproduces', one.setups.map(setupText)),
    ...several('known flaws', one.flaws.map(flawText)),
    ...named('other names', otherNames(one.name)),
    ...named(
      'variants',
      variantsOf([benchmark]).map(({ name }) => name),
    ),
  ];
  return `${one.name}: ${one.title}\n${rows.map(([key, value]) => `  ${key.padEnd(12)} ${value}`).join('\n')}`;
}

const named = (key: string, names: readonly string[]): [string, string][] =>
  names.length === 0 ? [] : several(key, wrapped(names.join(', '), 96));

const several = (key: string, lines: readonly string[]): [string, string][] =>
  lines.map((line, index) => [index === 0 ? key : '', line]);

function abilityLines(one: Description): readonly string[] {
  return one.ability_reasons.map(({ id, definition, why }) =>
    why === one.why ? `${id}: ${definition}` : `${id}: ${definition}. ${why}`,
  );
}

/** `lm-evaluation-harness 0.4.13, gsm8k, 5-shot`. */
export function setupText({ by, version, task, shots, note }: Setup): string {
  const shown = shots === undefined || note?.includes(`${shots}-shot`) ? undefined : `${shots}-shot`;
  const head = [version === undefined ? by : `${by} ${version}`, task, shown];
  return [...head, note].filter((part) => part !== undefined).join(', ');
}

export function flawText({ kind, text, source }: Description['flaws'][number]): string {
  const head = kind === 'other' ? '' : `${kind}: `;
  return `${head}${text}${source === undefined ? '' : ` (${source})`}`;
}

/** Where its items come from. */
export function dataText(one: Benchmark): string {
  if ('test' in one)
    return `${one.test.dataset}, ${one.test.files}${one.shots ? `; examples from ${one.shots.files}` : ''}`;
  if ('own' in one) return one.own.file;
  const { generator, split, seed } = one.generated;
  if (!isProcedural(one)) return `made here, seed ${seed}`;
  const others = splitNames(generator).filter((name) => name !== one.name);
  return `made here: split ${split}, seed ${seed}; other splits: ${others.join(', ')}`;
}
