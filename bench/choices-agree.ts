/**
 * Not speed but agreement: which option the real model chooses in the first items of each task, here and in
 * lm-evaluation-harness on the same weights in float32, item by item.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MMLU } from '../src/benchmarks/mmlu/mmlu.ts';
import { findBenchmark } from '../src/benchmarks/select.ts';
import type { ModelSession } from '../src/engine/engine.ts';
import { openModel } from '../src/engine/open-engine.ts';
import { evaluate } from '../src/evaluation/evaluate.ts';
import { argmax } from '../src/scoring/choice.ts';
import type { Sample } from '../src/scoring/score.ts';
import { Peer } from './peer.ts';
import { modelOf, type Settings } from './settings.ts';

const TASKS = [
  'arc_easy',
  'arc_challenge',
  'piqa',
  'winogrande',
  'hellaswag',
  'commonsense_qa',
  'boolq',
  'logiqa',
  'logiqa2',
  'agieval_lsat_lr',
];

/** The share of items in which the same option must be chosen. */
const WANTED = 0.995;

export interface Chosen {
  readonly logprobs: readonly number[];
  readonly metrics: Readonly<Record<string, number>>;
}

interface Tally {
  items: number;
  /** Items with the same option by `acc`, and by `acc_norm` where the task has it. */
  same: number;
  /** Items whose metrics are equal, too. */
  equal: number;
  largest: number;
}

export interface Extent {
  /** The first items of each task. */
  readonly items: number;
  /** Names of tasks, `mmlu` among them; all without it. */
  readonly tasks?: readonly string[];
}

/** One line a task, then the sum. Throws when too few options are the same. */
export async function* choicesAgree(
  settings: Settings,
  { items, tasks: only }: Extent,
): AsyncGenerator<string> {
  const hub = process.env['CARRYOVER_HUB'];
  if (hub === undefined)
    throw new Error('Set CARRYOVER_HUB to a local mirror of the hub: both sides read it.');
  await using peer = new Peer(settings.python, 'choices_lm_eval.py', {
    model: settings.folder(),
    hub,
    threads: settings.threads,
  });
  await peer.ready();
  const session = await openModel(modelOf(settings));
  // MMLU: the first items of every subject, together at least as many.
  const subjects = Object.keys(MMLU);
  const parts = [
    ...TASKS.map((task) => ({ title: task, tasks: [task], limit: items })),
    { title: 'mmlu', tasks: subjects, limit: Math.ceil(items / subjects.length) },
  ];
  const sum: Tally = { items: 0, same: 0, equal: 0, largest: 0 };
  const short: string[] = [];
  for (const { title, tasks, limit } of parts.filter((part) => only?.includes(part.title) ?? true)) {
    const tally: Tally = { items: 0, same: 0, equal: 0, largest: 0 };
    const differing: string[] = [];
    for (const task of tasks) {
      const ours = await samplesOf(session, task, limit);
      const { result } = await peer.ask<Chosen[]>({ task, limit });
      if (result.length !== ours.length)
        throw new Error(`${task}: ${ours.length} and ${result.length} items`);
      ours.forEach((sample, i) => {
        if (!count(tally, sample, result[i]!)) differing.push(`${task}[${i}]`);
      });
    }
    add(sum, tally);
    if (tally.same < WANTED * tally.items) short.push(title);
    yield line(title, tally) + (differing.length > 0 ? `; another one in ${differing.join(', ')}` : '');
  }
  yield line('together', sum);
  await session.close();
  if (short.length > 0) throw new Error(`less than ${WANTED * 100} % the same in ${short.join(', ')}`);
}

async function samplesOf(session: ModelSession, task: string, limit: number): Promise<Sample[]> {
  const out = mkdtempSync(join(tmpdir(), 'carryover-bench-'));
  try {
    await evaluate(session, [findBenchmark(task)], { limit, out });
    const lines = readFileSync(join(out, 'samples', `${task}.jsonl`), 'utf8')
      .trim()
      .split('\n');
    return lines.map((text) => JSON.parse(text) as Sample);
  } finally {
    rmSync(out, { recursive: true });
  }
}

/** Whether the same option is chosen by every metric that the harness gives for the task. */
function count(tally: Tally, { choices, readings }: Sample, peer: Chosen): boolean {
  const chosen = (logprobs: readonly number[]) => [
    argmax(logprobs),
    ...('acc_norm' in peer.metrics ? [argmax(logprobs.map((value, i) => value / choices[i]!.chars))] : []),
  ];
  const ours = choices.map(({ logprob }) => logprob);
  const same = chosen(ours).join() === chosen(peer.logprobs).join();
  const equal = Object.entries(peer.metrics).every(([name, value]) => readings.compatible[name] === value);
  const largest = Math.max(...ours.map((value, i) => Math.abs(value - peer.logprobs[i]!)));
  add(tally, { items: 1, same: Number(same), equal: Number(equal), largest });
  return same;
}

function add(to: Tally, one: Tally): void {
  to.items += one.items;
  to.same += one.same;
  to.equal += one.equal;
  to.largest = Math.max(to.largest, one.largest);
}

const line = (title: string, { items, same, equal, largest }: Tally): string =>
  `${title}: same option in ${same} of ${items}, equal metrics in ${equal}, largest difference of a log-probability ${largest.toExponential(1)}`;
