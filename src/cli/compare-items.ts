/** `carryover compare --items`: the items that ended otherwise, with their questions made again from the benchmarks. */

import type { Item } from '../benchmarks/benchmark.ts';
import { BENCHMARKS } from '../benchmarks/index.ts';
import { UserError } from '../errors.ts';
import {
  type ChangedItem,
  type ChangedItems,
  changedItem,
  changedPairs,
  type Ending,
} from '../evaluation/changed-items.ts';
import { loadItems } from '../evaluation/load-items.ts';
import type { Evaluation } from '../report/compare-samples.ts';
import { counted } from '../text/counts.ts';

/** The first `limit` of every benchmark of both. Samples hold no prompts: questions come from the benchmarks. */
export async function itemsThatChanged(
  first: Evaluation,
  second: Evaluation,
  limit: number,
): Promise<readonly ChangedItems[]> {
  const names = [...first.benchmarks.keys()].filter((name) => second.benchmarks.has(name)).sort();
  return Promise.all(
    names.map(async (benchmark) => {
      const pairs = changedPairs(first.benchmarks.get(benchmark)!, second.benchmarks.get(benchmark)!);
      const shown = pairs.slice(0, limit);
      const needed = Math.max(0, ...shown.map(([{ index }]) => index + 1));
      const items = needed > 0 ? await itemsOf(benchmark, needed) : new Map<string, Item>();
      return {
        benchmark,
        total: pairs.length,
        items: shown.map(([a, b]) => changedItem(a, b, items.get(a.item ?? a.id))),
      };
    }),
  );
}

/** By id; none where the benchmark is unknown here or its data cannot be had. */
async function itemsOf(name: string, count: number): Promise<ReadonlyMap<string, Item>> {
  const benchmark = BENCHMARKS[name];
  if (!benchmark) return new Map();
  try {
    return new Map((await loadItems(benchmark, count)).map((item) => [item.id, item]));
  } catch (error) {
    if (error instanceof UserError) return new Map();
    throw error;
  }
}

const LONGEST = 600;

export function itemsText(groups: readonly ChangedItems[]): string {
  return groups.map(groupText).join('\n\n');
}

function groupText({ benchmark, total, items }: ChangedItems): string {
  const first = items.length < total ? `, the first ${items.length}` : '';
  const head = `${benchmark}: ${total === 0 ? 'no item' : counted(total, 'item')} with another outcome${first}`;
  return [head, ...items.map(itemText)].join('\n\n');
}

function itemText({ id, index, question, samePrompt, gold, a, b }: ChangedItem): string {
  const note =
    question !== null && !samePrompt ? ' (asked in other words: a chat template, or another version)' : '';
  return [
    `${id} (item ${index + 1}): ${named(a)} -> ${named(b)}`,
    block(
      'question',
      question === null ? 'not at hand: the data of the benchmark cannot be read here' : `${question}${note}`,
    ),
    block('reference', gold),
    block('A', answerText(a)),
    block('B', answerText(b)),
  ].join('\n');
}

const named = ({ outcome }: Ending): string => outcome.replace('_', ' ');

/** The answer that was read and the text it was read from, where they differ. */
function answerText({ outcome, answer, output, why }: Ending): string {
  if (outcome === 'error') return why;
  const text = output.trim();
  if (answer === null || answer === text) return text === '' ? 'nothing' : text;
  return `${answer}\n${text}`;
}

/** Further lines stand under the first; the end of a long text is left out. */
function block(title: string, text: string): string {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)} ...` : text;
  return `  ${title.padEnd(10)} ${shown.replaceAll('\n', `\n${' '.repeat(13)}`)}`;
}
