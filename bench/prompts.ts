/** Building the prompts of choice benchmarks from rows that are already read: documents per second. */
import { findBenchmark } from '../src/benchmarks/select.ts';
import { readRows } from '../src/data/sources/read-rows.ts';
import { requestFor } from '../src/evaluation/request.ts';
import { type Comparison, inTurns, timed } from './measure.ts';
import { Peer } from './peer.ts';
import type { Settings } from './settings.ts';

/** Short and long prompts, with and without examples, texts that have to be cleaned. */
const TASKS = [
  'arc_easy',
  'boolq',
  'hellaswag',
  'winogrande',
  'mmlu_professional_law',
  'mmlu_marketing@5shot',
];

/** The harness takes a task's first documents alone, or a round would take minutes. */
const PEER_LIMIT = 300;

/** Documents a second that are wanted, whatever the peer does. */
const WANTED = 20_000;

export async function* prompts(settings: Settings): AsyncGenerator<Comparison> {
  const hub = process.env['CARRYOVER_HUB'];
  if (hub === undefined)
    throw new Error('Set CARRYOVER_HUB to a local mirror of the hub: both sides read it.');
  await using peer = new Peer(settings.python, 'prompts_lm_eval.py', { hub, tasks: TASKS });
  await peer.ready();
  for (const name of TASKS) {
    const benchmark = findBenchmark(name);
    if ('make' in benchmark) throw new Error(`${name} has no rows`);
    const rows = await readRows(benchmark.test);
    const shots = benchmark.shots ? await readRows(benchmark.shots) : [];
    const build = () => benchmark.items(rows, shots).map((item) => requestFor(item, null)).length;
    build();
    const rates = await inTurns(
      {
        run: async () => {
          // Long enough for the clock: as many times as make about 20,000 documents.
          const times = Math.ceil(WANTED / rows.length);
          const { seconds } = await timed(async () => {
            for (let i = 0; i < times; i++) build();
          });
          return { units: times * rows.length, seconds };
        },
      },
      {
        run: async () => {
          const { seconds, result } = await peer.ask<number>({ task: name, limit: PEER_LIMIT });
          return { units: result, seconds };
        },
      },
      settings.rounds,
    );
    const slowest = Math.min(...rates.ours);
    yield {
      title: `prompts of ${name}, against lm-evaluation-harness`,
      unit: 'documents/s',
      ...rates,
      note: `${slowest >= WANTED ? 'above' : 'BELOW'} ${WANTED.toLocaleString('en')} documents/s in the slowest round`,
    };
  }
}
