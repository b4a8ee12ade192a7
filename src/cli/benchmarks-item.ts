/** `carryover benchmarks NAME --show-item ID|INDEX`: all that a model is asked about one item, and what it is judged by. */
import type { Benchmark, Item } from '../benchmarks/benchmark.ts';
import { chooseBenchmarks } from '../benchmarks/own/resolve.ts';
import { UserError } from '../errors.ts';
import { loadItems } from '../evaluation/load-items.ts';
import { promptHash, promptOf, requestFor } from '../evaluation/request.ts';
import { printLine } from '../platform/terminal.ts';
import { count, counted } from '../text/counts.ts';
import { nearest } from '../text/nearest.ts';

/** `name` may be a file of the user's own. Throws UserError when there is no such item or its data cannot be had. */
export async function showItem(name: string | undefined, id: string, json = false): Promise<void> {
  if (name === undefined)
    throw new UserError('--show-item needs the benchmark whose item it is', {
      remedy:
        'For example: carryover benchmarks proc/arithmetic --show-item ID, with an id of the samples or an index from 0.',
    });
  const [benchmark, ...others] = await chooseBenchmarks({ names: name });
  if (benchmark === undefined || others.length > 0)
    throw new UserError(`${name} is not one benchmark`, { remedy: severalText(benchmark, others) });
  const item = find(benchmark, await loadItems(benchmark), id);
  printLine(json ? JSON.stringify(asData(benchmark, item), null, 2) : asText(benchmark, item));
}

/** Members of a group that are named. */
const NAMED = 10;

function severalText(first: Benchmark | undefined, others: readonly Benchmark[]): string {
  if (first === undefined) return 'Name one whose item shall be shown.';
  const names = [first, ...others].map((one) => one.name);
  const more = names.length > NAMED ? ` ... (${names.length})` : '';
  return `Name the one whose item shall be shown: ${names.slice(0, NAMED).join(', ')}${more}`;
}

/** By its id as the samples have it, that of a drawn answer (`ID#2`) included, or by its place in the benchmark, from 0. */
function find(benchmark: Benchmark, items: readonly Item[], id: string): Item {
  const found =
    items.find((item) => item.id === id) ??
    items.find((item) => item.id === id.replace(/#\d+$/, '')) ??
    (/^\d+$/.test(id) ? items.find((item) => item.index === Number(id)) : undefined);
  if (found) return found;
  const ids = items.map((item) => item.id);
  const near = nearest(id, ids);
  throw new UserError(`${benchmark.name} has no item ${id}`, {
    remedy:
      near === undefined
        ? `Its ${counted(ids.length, 'id')} are those in the samples: ${ids.slice(0, 3).join(', ')} ...; an index is 0 to ${ids.length - 1}`
        : `Did you mean ${near}?`,
  });
}

function asData(benchmark: Benchmark, item: Item): unknown {
  const asked = requestFor(item, null);
  const { id, index, cluster, kind, gold } = item;
  return {
    ...{ benchmark: benchmark.name, id, index, cluster, kind },
    prompt_sha256: promptHash(asked),
    prompt: promptOf(asked),
    ...(item.kind === 'choice' ? { choices: item.choices } : { stop: item.stop, max_tokens: item.maxTokens }),
    gold,
  };
}

function asText(benchmark: Benchmark, item: Item): string {
  const { id, index, cluster } = item;
  const head = `${benchmark.name}, item ${id}: index ${index}, cluster ${cluster}\nprompt_sha256 ${promptHash(requestFor(item, null))}`;
  return [head, ...(item.kind === 'choice' ? choiceText(item) : writtenText(item))].join('\n\n');
}

const quoted = (text: string): string => JSON.stringify(text);
/** The text as it is, between marks: white space at its ends counts. */
const framed = (title: string, text: string): string => `--- ${title} ---\n${text}\n--- end ---`;

function writtenText({ prompt, stop, maxTokens, gold }: Extract<Item, { kind: 'generate' }>): string[] {
  const ends = stop.length === 0 ? '' : `before ${stop.map(quoted).join(' or ')}, `;
  return [
    framed('prompt', prompt),
    `The answer ends ${ends}with the model's end token, or after ${count(maxTokens)} tokens.`,
    `gold: ${typeof gold === 'string' ? quoted(gold) : JSON.stringify(gold, null, 2)}`,
  ];
}

function choiceText({ pairs, choices, gold }: Extract<Item, { kind: 'choice' }>): string[] {
  const contexts = [...new Set(pairs.map(({ context }) => context))];
  const common = contexts.length === 1;
  const lines = pairs.map(({ context, continuation }, at) => {
    const mark = at === gold ? '*' : ' ';
    const text = quoted(continuation);
    const choice = choices[at] === continuation.trim() ? '' : `  (${choices[at]})`;
    return `${mark} ${at}  ${common ? text : `${quoted(context)} + ${text}`}${choice}`;
  });
  return [
    ...(common ? [framed('context', contexts[0]!)] : []),
    `${common ? 'Continuations' : 'Contexts + continuations'}, by index (* gold):\n${lines.join('\n')}`,
  ];
}
