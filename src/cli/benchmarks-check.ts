import type { Command } from 'commander';
import type { GenerateItem, Item, OwnBenchmark } from '../benchmarks/benchmark.ts';
import { describeBenchmark } from '../benchmarks/describe.ts';
import { TAKEN_NAMES } from '../benchmarks/names.ts';
import { openOwn } from '../benchmarks/own/open-own.ts';
import { printLine } from '../platform/terminal.ts';
import type { Score } from '../scoring/score.ts';
import { counted } from '../text/counts.ts';
import { examplesText } from './examples-text.ts';

/** `carryover benchmarks check FILE`: what a benchmark file of the user's own comes to. */
export function checkSubcommand(parent: Command): void {
  parent
    .command('check')
    .description('Read a benchmark file of your own: one prompt, what the reference scores, every mistake')
    .argument('<file>', 'a .yaml file, or a module: .mjs, .js, .mts, .ts')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      examplesText([
        'carryover benchmarks check my.yaml',
        'carryover eval --model MODEL --benchmarks ./my.yaml,gsm8k    # and then ask a model',
      ]),
    )
    .action(act);
}

async function act(shown: string, own: { readonly json?: boolean }, command: Command): Promise<void> {
  // An option that the command above knows as well is taken there.
  const json = own.json ?? (command.optsWithGlobals() as { json?: boolean }).json;
  const { benchmark, file } = await openOwn(shown, { known: TAKEN_NAMES });
  const items = benchmark.make(benchmark.size);
  const warnings = clusterWarnings(items);
  const checked = { ...(await checkItems(benchmark, items)), warnings };
  if (json) printLine(JSON.stringify({ ...describeBenchmark(benchmark), ...checked }, null, 2));
  else printLine(text(benchmark, items, checked));
  const [first] = checked.unscorable;
  if (first !== undefined)
    throw file.problem(
      ['score'],
      `${counted(checked.unscorable.length, 'reference answer')} of ${items.length} ${checked.unscorable.length === 1 ? 'does' : 'do'} not score 1, first that of item ${first.index + 1}: ${first.why}`,
      'choose another scorer, or mend the answer template',
    );
}

interface Checked {
  readonly first: Item;
  /** Of the first item's reference as an output, and of an empty output; null where choices are weighed. */
  readonly reference: Score | null;
  readonly empty: Score | null;
  /** Items whose own reference is not taken for right. */
  readonly unscorable: readonly { readonly index: number; readonly outcome: string; readonly why: string }[];
  /** What is allowed and seldom meant. */
  readonly warnings: readonly string[];
}

async function checkItems(
  benchmark: OwnBenchmark,
  items: readonly Item[],
): Promise<Omit<Checked, 'warnings'>> {
  const first = items[0]!;
  const { score } = benchmark;
  if (score === undefined || first.kind === 'choice')
    return { first, reference: null, empty: null, unscorable: [] };
  const unscorable: Checked['unscorable'][number][] = [];
  let reference: Score | null = null;
  for (const item of items as readonly GenerateItem[]) {
    const found = await score(String(item.gold), item, { ending: 'eos' });
    reference ??= found;
    if (found.outcome !== 'correct')
      unscorable.push({ index: item.index, outcome: found.outcome, why: found.why });
  }
  return { first, reference, empty: await score('', first, { ending: 'eos' }), unscorable };
}

/** Below it an interval from the spread of clusters is more guess than measure. */
const FEW_CLUSTERS = 10;

function clusterWarnings(items: readonly Item[]): readonly string[] {
  const clusters = new Set(items.map(({ cluster }) => cluster)).size;
  if (clusters >= FEW_CLUSTERS || clusters === items.length) return [];
  const what =
    clusters === 1
      ? 'All items are in one cluster, so no interval can speak for other items than these.'
      : `Only ${clusters} clusters: intervals are made of clusters, not items, and will be wide.`;
  return [
    `${what} Let "cluster" name what related items share (a passage, a template), or leave it out when there is nothing.`,
  ];
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  | ${line}`)
    .join('\n');

function text(
  benchmark: OwnBenchmark,
  items: readonly Item[],
  { first, reference, empty, warnings }: Checked,
): string {
  const { name, title, domain, abilities, chance, metric } = benchmark;
  const clusters = new Set(items.map(({ cluster }) => cluster)).size;
  const head =
    `${name}: ${title} (${domain}: ${abilities.join(', ')})\n` +
    `${counted(items.length, 'item')} in ${counted(clusters, 'cluster')}, ${metric}, a guesser scores ${chance.toFixed(2)}; ` +
    `fingerprint ${benchmark.own.sha256.slice(0, 12)}${warnings.map((one) => `\nWarning: ${one}`).join('')}`;
  if (first.kind === 'choice') {
    const choices = first.pairs.map(
      ({ continuation }, at) => `  ${at === first.gold ? '*' : ' '} ${JSON.stringify(continuation)}`,
    );
    return (
      `${head}\n\nThe first prompt:\n${indented(first.pairs[0]!.context)}\n\n` +
      `Weighed behind it (* the reference):\n${choices.join('\n')}\n\n` +
      'Choices are weighed, so every item has an answer: correct or wrong.'
    );
  }
  return (
    `${head}\n\nThe first prompt:\n${indented(first.prompt)}\n\n` +
    `Written until ${first.stop.map((stop) => JSON.stringify(stop)).join(' or ')}, at most ${first.maxTokens} tokens.\n` +
    `Reference: ${JSON.stringify(first.gold)}\n` +
    `As an output it is ${reference!.outcome}: ${reference!.why}\n` +
    `An empty output is ${empty!.outcome}: ${empty!.why}`
  );
}
