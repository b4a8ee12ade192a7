/**
 * How much of planted contamination `data decontaminate` finds: 500 items of the benchmarks in the hub, each planted as
 * it is and in every changed form among 50,000 rows of Alpaca, which hold next to nothing of a benchmark themselves.
 */
import type { Benchmark } from '../src/benchmarks/benchmark.ts';
import { LISTED_BENCHMARKS } from '../src/benchmarks/index.ts';
import { chooseFormat } from '../src/data/formats/choose-format.ts';
import { Decontaminator } from '../src/data/overlap/decontaminator.ts';
import type { ItemText } from '../src/data/overlap/item-texts.ts';
import { DEFAULT_ACTIONS, LAYERS, type Layer } from '../src/data/overlap/layers.ts';
import { itemTextLoader } from '../src/data/overlap/load-item-texts.ts';
import { rowTurns } from '../src/data/overlap/row-turns.ts';
import { openSource } from '../src/data/sources/open-source.ts';
import { UserError } from '../src/errors.ts';
import { type RandomStream, randomStream } from '../src/stats/random.ts';
import { caseAndPunctuation, otherNumbers, type Perturbation, REWORDINGS } from './perturbations.ts';

const PLANTED = 500;
const CLEAN = 50_000;

const KINDS: Readonly<Record<string, Perturbation>> = {
  verbatim: (text) => text,
  'other case and punctuation': caseAndPunctuation,
  'other numbers (problems that have some)': otherNumbers,
  ...REWORDINGS,
};

interface Planted {
  readonly item: string;
  readonly text: string;
  readonly mathematical: boolean;
}

export async function* decontaminate(): AsyncGenerator<string> {
  const index = new Decontaminator(DEFAULT_ACTIONS);
  const all: Planted[] = [];
  const start = performance.now();
  for (const benchmark of LISTED_BENCHMARKS) {
    const texts = await textsOf(benchmark);
    const mathematical = benchmark.domain === 'mathematical';
    index.add(benchmark.name, texts, { templates: mathematical });
    for (const { item, questions, choices } of texts) {
      all.push({
        item: `${benchmark.name} ${item}`,
        text: choices ? `${questions[0]}\n${choices}` : questions[0]!,
        mathematical,
      });
    }
  }
  yield `${all.length} items, ${index.size} texts, read in ${seconds(start)} s.`;
  const random = randomStream('planted');
  const planted = Array.from({ length: PLANTED }, () => all[random.below(all.length)]!);
  const numbered = all.filter(({ text, mathematical }) => mathematical && /\d/.test(text));
  const problems = Array.from({ length: PLANTED }, () => numbered[random.below(numbered.length)]!);
  yield `| planted | found | dropped | ${LAYERS.join(' | ')} |`;
  yield `|---|---|---|${LAYERS.map(() => '---|').join('')}`;
  for (const [kind, change] of Object.entries(KINDS)) {
    yield recall(kind, kind.startsWith('other numbers') ? problems : planted, change, index, random);
  }
  yield await cleanRows(index);
}

async function textsOf(benchmark: Benchmark): Promise<readonly ItemText[]> {
  if ('make' in benchmark) return [];
  try {
    return await load(benchmark);
  } catch (error) {
    // Not in this copy of the hub.
    if (error instanceof UserError) return [];
    throw error;
  }
}
const load = itemTextLoader();

function recall(
  kind: string,
  planted: readonly Planted[],
  change: Perturbation,
  index: Decontaminator,
  random: RandomStream,
): string {
  const by = counts();
  let found = 0;
  let dropped = 0;
  for (const { item, text } of planted) {
    const hits = index.hits([
      { side: 'question', text: change(text, random) },
      { side: 'answer', text: 'The answer is 12.' },
    ]);
    const hit = hits.find(({ owners }) => owners.some((one) => `${one.benchmark} ${one.item}` === item));
    if (hit) {
      found++;
      by[hit.layer]++;
      if (DEFAULT_ACTIONS[hit.layer] === 'drop') dropped++;
    }
  }
  const percent = (n: number): string => `${((100 * n) / planted.length).toFixed(1)} %`;
  return `| ${kind} | ${percent(found)} | ${percent(dropped)} | ${LAYERS.map((layer) => by[layer]).join(' | ')} |`;
}

const counts = (): Record<Layer, number> => ({ exact: 0, ngram13: 0, ngram8: 0, template: 0, near: 0 });

async function cleanRows(index: Decontaminator): Promise<string> {
  const start = performance.now();
  const spec = { dataset: 'tatsu-lab/alpaca', limit: CLEAN };
  const by = counts();
  let rows = 0;
  let format: ReturnType<typeof chooseFormat> | undefined;
  for await (const row of (await openSource(spec)).rows()) {
    format ??= chooseFormat(spec, row);
    rows++;
    const [surest] = index.hits(rowTurns(row, format));
    if (surest) by[surest.layer]++;
  }
  const rate = (n: number): string => ((1e4 * n) / rows).toFixed(1);
  const dropped = LAYERS.filter((layer) => DEFAULT_ACTIONS[layer] === 'drop').reduce(
    (sum, layer) => sum + by[layer],
    0,
  );
  const each = LAYERS.map((layer) => `${layer} ${rate(by[layer])}`).join(', ');
  return `${rows} clean rows in ${seconds(start)} s: of 10,000 rows ${rate(dropped)} would be dropped (${each}).`;
}

const seconds = (start: number): string => ((performance.now() - start) / 1000).toFixed(1);
