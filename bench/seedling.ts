/** The model in the box: training steps at its shape, and hundreds of short answers at once, as the quickstart asks. */
import { BENCHMARKS } from '../src/benchmarks/index.ts';
import { proceduralName } from '../src/benchmarks/procedural.ts';
import { locateModel } from '../src/checkpoint/locate.ts';
import { openCheckpoint } from '../src/checkpoint/open-checkpoint.ts';
import type { GenerateRequest } from '../src/engine/engine.ts';
import { openModel } from '../src/engine/open-engine.ts';
import { loadItems } from '../src/evaluation/load-items.ts';
import { GENERATORS } from '../src/procedural/index.ts';
import { type Comparison, inTurns, timed } from './measure.ts';
import { Peer } from './peer.ts';
import type { Settings } from './settings.ts';
import { trainingAt } from './train.ts';

const MODEL = 'builtin:seedling';
/** Prompts of a round, and the most tokens of an answer: few are longer. */
const PROMPTS = 256;
const NEW = 96;

export async function* seedling(settings: Settings): AsyncGenerator<Comparison> {
  yield await training(settings);
  yield await answers(settings);
}

/** Rows as a study packs them. */
async function training(settings: Settings): Promise<Comparison> {
  const checkpoint = await openCheckpoint({ ref: MODEL });
  const { width, layers, heads, feedForward, vocabulary } = checkpoint.config;
  const name = `${(checkpoint.parameters / 1e6).toFixed(2)} M, the model in the box`;
  await checkpoint.close();
  const size = { name, width, layers, heads, feedForward, vocabulary, batch: 12, length: 384, steps: 4 };
  return trainingAt(size, settings);
}

/** Questions of every written task, answered until the model ends its answer by itself. */
async function answers({ python, threads, rounds }: Settings): Promise<Comparison> {
  const all = await questions(rounds + 1);
  const { path } = await locateModel(MODEL);
  await using peer = new Peer(python, 'generate_hf.py', { model: path, threads });
  await peer.ready();
  const session = await openModel({ ref: MODEL });
  const ask = (round: number) => ({
    prompts: take(all, round).map(({ prompt }) => prompt),
    new: NEW,
    may_end: true,
  });
  const texts = { ours: [] as string[][], peer: [] as string[][] };
  const ours = async (round: number) => {
    const out = new Map<string, string>();
    const { seconds } = await timed(() =>
      session.generate(take(all, round), { onResult: ({ id, text }) => out.set(id, text) }),
    );
    texts.ours[round] = take(all, round).map(({ id }) => out.get(id)!);
    return { units: PROMPTS, seconds };
  };
  const theirs = async (round: number) => {
    const { seconds, result } = await peer.ask<string[]>(ask(round));
    texts.peer[round] = result;
    return { units: PROMPTS, seconds };
  };
  await ours(rounds);
  await peer.ask(ask(rounds));
  const rates = await inTurns({ run: ours }, { run: theirs }, rounds);
  await session.close();
  const equal = texts.ours
    .slice(0, rounds)
    .flatMap((made, round) => made.filter((text, at) => text === texts.peer[round]![at])).length;
  const title = `answers of the model in the box, ${PROMPTS} prompts at once, at most ${NEW} new tokens each, against transformers`;
  const note = `${equal} of ${rounds * PROMPTS} texts equal`;
  return { title, unit: 'answers/s', ...rates, aim: 1.4, note };
}

/** `rounds` times as many questions as a round has, the tasks in turn. */
async function questions(rounds: number): Promise<GenerateRequest[]> {
  const tasks = Object.values(GENERATORS).filter(({ kind }) => kind === 'generate');
  const each = Math.ceil((rounds * PROMPTS) / tasks.length);
  const lists = await Promise.all(
    tasks.map(({ name }) => loadItems(BENCHMARKS[proceduralName(name, 'test')]!, each, undefined)),
  );
  const requests = lists
    .flat()
    .flatMap((item): GenerateRequest[] =>
      item.kind === 'generate' ? [{ id: item.id, prompt: item.prompt, stop: [], maxTokens: NEW }] : [],
    );
  // Tasks in turn, so that every round holds the same mix.
  return requests
    .map((request, at) => ({ request, turn: at % each }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ request }) => request);
}

function take(all: readonly GenerateRequest[], round: number): readonly GenerateRequest[] {
  return all.slice(round * PROMPTS, (round + 1) * PROMPTS);
}
