/** Greedy generation with the real model against transformers: the whole call, and writing alone. */
import { HUB_BENCHMARKS } from '../src/benchmarks/index.ts';
import { openCheckpoint } from '../src/checkpoint/open-checkpoint.ts';
import { readRows } from '../src/data/sources/read-rows.ts';
import type { ModelSession } from '../src/engine/engine.ts';
import { openModel } from '../src/engine/open-engine.ts';
import { type Comparison, inTurns, timed } from './measure.ts';
import { Peer } from './peer.ts';
import { modelOf, type Settings } from './settings.ts';

const PROMPT = 128;
const NEW = 64;
const BATCHES = [
  { batch: 1, aim: 2 },
  { batch: 8, aim: 2 },
  { batch: 32, aim: 1.4 },
] as const;

/** Texts of exactly PROMPT tokens, all different, so that nothing can be shared between the rows of a batch. */
async function prompts(settings: Settings): Promise<string[]> {
  const checkpoint = await openCheckpoint(modelOf(settings));
  const gsm8k = HUB_BENCHMARKS['gsm8k']!;
  const questions = (await readRows(gsm8k.test, {})).map((row) => String(row['question']));
  const found: string[] = [];
  for (let at = 0; at + 6 < questions.length; at += 2) {
    const { tokenizer } = checkpoint;
    const ids = tokenizer.encode(questions.slice(at, at + 6).join('\n')).slice(0, PROMPT);
    const text = tokenizer.decode(ids);
    if (tokenizer.encode(text).length === PROMPT) found.push(text);
  }
  await checkpoint.close();
  return found;
}

interface Written {
  readonly text: string;
  /** The model wrote its end-of-text token. The peer is told to go on behind it, so that its rate is one of full texts. */
  readonly ended: boolean;
}

async function write(session: ModelSession, texts: readonly string[], maxTokens: number) {
  const requests = texts.map((prompt, i) => ({ id: String(i), prompt, stop: [], maxTokens }));
  const out = new Map<string, Written>();
  let tokens = 0;
  const { seconds } = await timed(() =>
    session.generate(requests, {
      onResult: (result) => {
        out.set(result.id, { text: result.text, ended: result.finish === 'eos' });
        tokens += result.tokens.completion;
      },
    }),
  );
  return { seconds, tokens, texts: requests.map(({ id }) => out.get(id)!) };
}

export async function* generate(settings: Settings): AsyncGenerator<Comparison> {
  const all = await prompts(settings);
  await using peer = new Peer(settings.python, 'generate_hf.py', {
    model: settings.folder(),
    threads: settings.threads,
  });
  await peer.ready();
  const session = await openModel(modelOf(settings));
  await write(session, all.slice(-2), 4);
  await peer.ask({ prompts: all.slice(-2), new: 4 });
  for (const { batch, aim } of BATCHES) {
    // Other prompts in each round, so that no side can profit from what it has seen.
    const take = (round: number) =>
      Array.from({ length: batch }, (_, i) => all[(round * batch + i) % all.length]!);
    const decode = { ours: [] as number[], peer: [] as number[] };
    let written = 0;
    const ourTexts: (readonly Written[])[] = [];
    const peerTexts: (readonly string[])[] = [];
    const ours = async (round: number) => {
      const texts = take(round);
      const one = await write(session, texts, 1);
      const whole = await write(session, texts, NEW);
      decode.ours.push((whole.tokens - one.tokens) / (whole.seconds - one.seconds));
      written += whole.tokens;
      ourTexts[round] = whole.texts;
      return { units: whole.tokens, seconds: whole.seconds };
    };
    const theirs = async (round: number) => {
      const texts = take(round);
      const one = await peer.ask({ prompts: texts, new: 1 });
      const whole = await peer.ask<string[]>({ prompts: texts, new: NEW });
      decode.peer.push((batch * (NEW - 1)) / (whole.seconds - one.seconds));
      peerTexts[round] = whole.result;
      return { units: batch * NEW, seconds: whole.seconds };
    };
    const rates = await inTurns({ run: ours }, { run: theirs }, settings.rounds);
    const made = settings.rounds * batch;
    const equal = ourTexts.flatMap((texts, round) =>
      texts.filter(({ text, ended }, i) => {
        const other = peerTexts[round]![i]!;
        return ended ? other.startsWith(text) : other === text;
      }),
    ).length;
    const note = `${equal} of ${made} texts equal (up to the end of ours); ${written} of ${made * NEW} tokens written (the rest ended early)`;
    const what = `batch ${batch}, prompt ${PROMPT} + ${NEW} new`;
    const unit = 'new tokens/s';
    yield { title: `generation, ${what}, against transformers`, unit, ...rates, aim, note };
    yield { title: `the same without the prompt`, unit, ...decode };
  }
  await session.close();
}
