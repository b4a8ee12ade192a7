/** Choice benchmarks against lm-evaluation-harness: items per second, with and without start-up, and the choices. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findBenchmark } from '../src/benchmarks/select.ts';
import { openModel } from '../src/engine/open-engine.ts';
import { evaluate } from '../src/evaluation/evaluate.ts';
import { argmax } from '../src/scoring/choice.ts';
import type { Sample } from '../src/scoring/score.ts';
import type { Chosen } from './choices-agree.ts';
import { type Comparison, inTurns, timed } from './measure.ts';
import { Peer } from './peer.ts';
import { modelOf, type Settings } from './settings.ts';

const TASKS = ['arc_challenge', 'winogrande', 'commonsense_qa'] as const;
const LIMIT = 100;

export async function* choices(settings: Settings): AsyncGenerator<Comparison> {
  const hub = process.env['CARRYOVER_HUB'];
  if (hub === undefined)
    throw new Error('Set CARRYOVER_HUB to a local mirror of the hub: both sides read it.');
  await using peer = new Peer(settings.python, 'choices_lm_eval.py', {
    model: settings.folder(),
    hub,
    threads: settings.threads,
  });
  const startPeer = (await peer.ready()).seconds;
  // What a user waits for before the first item: Node and the command's modules, then the model.
  const root = dirname(import.meta.dirname);
  const started = await timed(async () =>
    spawnSync(process.execPath, [join(root, 'bin', 'carryover.js'), 'eval', '--help']),
  );
  if (started.result.status !== 0)
    throw new Error('bin/carryover.js does not start: run npm run build first');
  const opened = await timed(() => openModel(modelOf(settings)));
  const startOurs = started.seconds + opened.seconds;
  const session = opened.result;
  for (const task of TASKS) {
    const answers = new Map<number, readonly (readonly number[])[]>();
    let agree = 0;
    let asked = 0;
    let largest = 0;
    const compare = (round: number, logprobs: readonly (readonly number[])[]) => {
      const other = answers.get(round);
      answers.set(round, logprobs);
      if (!other) return;
      logprobs.forEach((values, i) => {
        asked++;
        if (argmax(values) === argmax(other[i]!)) agree++;
        largest = Math.max(largest, ...values.map((value, choice) => Math.abs(value - other[i]![choice]!)));
      });
    };
    const rates = await inTurns(
      {
        run: async (round) => {
          const out = mkdtempSync(join(tmpdir(), 'carryover-bench-'));
          const { seconds } = await timed(() =>
            evaluate(session, [findBenchmark(task)], { limit: LIMIT, out }),
          );
          const lines = readFileSync(join(out, 'samples', `${task}.jsonl`), 'utf8')
            .trim()
            .split('\n');
          rmSync(out, { recursive: true });
          const samples = lines.map((line) => JSON.parse(line) as Sample);
          compare(
            round,
            samples.map((sample) => sample.choices.map(({ logprob }) => logprob)),
          );
          return { units: LIMIT, seconds };
        },
      },
      {
        run: async (round) => {
          const { seconds, result } = await peer.ask<Chosen[]>({ task, limit: LIMIT });
          compare(
            round,
            result.map(({ logprobs }) => logprobs),
          );
          return { units: LIMIT, seconds };
        },
      },
      settings.rounds,
    );
    const note = `same option in ${agree} of ${asked}; largest difference of a log-probability ${largest.toExponential(1)}`;
    yield {
      title: `${task}, ${LIMIT} items, against lm-evaluation-harness`,
      unit: 'items/s',
      ...rates,
      aim: 2,
      note,
    };
    const withStart = (values: readonly number[], start: number) =>
      values.map((rate) => LIMIT / (LIMIT / rate + start));
    yield {
      title: `the same with start-up (${startOurs.toFixed(1)} s and ${startPeer.toFixed(1)} s)`,
      unit: 'items/s',
      ours: withStart(rates.ours, startOurs),
      peer: withStart(rates.peer, startPeer),
    };
  }
  await session.close();
}
