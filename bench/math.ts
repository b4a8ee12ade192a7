/** Mathematical equivalence against Math-Verify: short answers in pairs, and whole solutions against their answers. */
import { readRows } from '../src/data/sources/read-rows.ts';
import { scoreMath } from '../src/scoring/math/score-math.ts';
import { type Comparison, inTurns, timed } from './measure.ts';
import { Peer } from './peer.ts';
import type { Settings } from './settings.ts';

/** Pairs of a round. */
const PAIRS = 150;

/** What was said and the reference. */
type Pair = readonly [output: string, gold: string];

export async function* math({ python, rounds }: Settings): AsyncGenerator<Comparison> {
  if (process.env['CARRYOVER_HUB'] === undefined)
    throw new Error('Set CARRYOVER_HUB to a local mirror of the hub: both sides judge its problems.');
  const source = { dataset: 'HuggingFaceH4/MATH-500', split: 'test', files: 'test.jsonl' };
  const rows = (await readRows(source)).map(({ answer, solution }) => ({
    answer: String(answer),
    solution: String(solution),
  }));
  const at = (i: number) => rows[i % rows.length]!;
  await using peer = new Peer(python, 'math_verify_peer.py', {});
  await peer.ready();
  // Half are given the reference, half the answer of another problem, in a box as models write it.
  yield await compare(
    peer,
    'short answers, half of them wrong, against Math-Verify',
    (i) => [`\\boxed{${at(i % 2 === 0 ? i : i * 7 + 1).answer}}`, at(i).answer],
    rounds,
    20,
  );
  yield await compare(
    peer,
    'whole MATH solutions against their answers',
    (i) => [at(i).solution, at(i).answer],
    rounds,
    10,
  );
}

async function compare(
  peer: Peer,
  title: string,
  pair: (index: number) => Pair,
  rounds: number,
  aim: number,
): Promise<Comparison> {
  const pairs = (round: number) => Array.from({ length: PAIRS }, (_, i) => pair(round * PAIRS + i));
  const verdicts = { ours: [] as boolean[], peer: [] as boolean[] };
  const ours = async (round: number) => {
    const { seconds, result } = await timed(async () =>
      pairs(round).map(([output, gold]) => scoreMath(output, gold).value === 1),
    );
    verdicts.ours.splice(round * PAIRS, PAIRS, ...result);
    return { units: PAIRS, seconds };
  };
  const theirs = async (round: number) => {
    const { seconds, result } = await peer.ask<boolean[]>({ pairs: pairs(round) });
    verdicts.peer.splice(round * PAIRS, PAIRS, ...result);
    return { units: PAIRS, seconds };
  };
  // The first calls fill caches on both sides; their pairs come again in no round.
  await ours(rounds);
  await peer.ask({ pairs: pairs(rounds).slice(0, 20) });
  verdicts.ours.length = 0;
  const rates = await inTurns({ run: ours }, { run: theirs }, rounds);
  const equal = verdicts.ours.filter((right, i) => right === verdicts.peer[i]).length;
  const note = `the same verdict in ${equal} of ${rounds * PAIRS}; correct here ${count(verdicts.ours)}, there ${count(verdicts.peer)}`;
  return { title, unit: 'answers/s', ...rates, aim, note };
}

const count = (verdicts: readonly boolean[]): number => verdicts.filter(Boolean).length;
