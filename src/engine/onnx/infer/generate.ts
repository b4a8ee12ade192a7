/** Writes texts: prompts of similar length in one batch, token by token; finished rows leave the batch at once. */
import type { Checkpoint } from '../../../checkpoint/checkpoint.ts';
import { type RandomStream, randomStream } from '../../../stats/random.ts';
import type { AskOptions, GenerateRequest, GenerateResult, Sampling } from '../../engine.ts';
import type { Decoder } from './decoder.ts';
import { allKnown } from './known-units.ts';
import { cacheTokens, KvCache } from './kv-cache.ts';
import { notFinite } from './not-finite.ts';
import { encodeText } from './pair-tokens.ts';
import { readPrefix } from './prefix-cache.ts';
import { groupByTokens, type HeadAnswer, readRows, throwIfAborted } from './read-rows.ts';
import { plainRow } from './row.ts';
import { sample } from './sampling.ts';
import { sharedPrefixes } from './shared-prefixes.ts';
import { growth, rowsAtOnce } from './small-models.ts';
import { StopWatch } from './stop.ts';

const SHORTEST_PREFIX = 32;
/** Smaller groups with a prefix of their own would make smaller batches, which costs more than it saves. */
export const FEWEST_SHARING = 8;
const GREEDY: Sampling = { temperature: 0 };

interface Planned {
  readonly request: GenerateRequest;
  readonly tokens: readonly number[];
  readonly cut: number;
  readonly maxTokens: number;
}

interface Writer extends Planned {
  readonly watch: StopWatch;
  readonly random: RandomStream;
  readonly written: number[];
}

/** Results come as soon as a text is finished. Units depend on the list of requests alone. */
export async function generate(
  checkpoint: Checkpoint,
  decoder: Decoder,
  requests: readonly GenerateRequest[],
  options: AskOptions<GenerateResult> & { readonly sampling?: Sampling },
): Promise<void> {
  const { onResult, onUnit, signal, known, sampling = GREEDY } = options;
  const all = requests.map((request) => plan(checkpoint, request));
  for (const one of all) {
    if (one.maxTokens > 0 || known?.has(one.request.id)) continue;
    onResult(resultOf(one, 0, 'length', ''));
    onUnit?.([one.request.id]);
  }
  const planned = all.filter(({ maxTokens }) => maxTokens > 0);
  const groups = sharedPrefixes(
    planned.map(({ tokens }) => tokens.slice(0, -1)),
    { shortest: SHORTEST_PREFIX, fewest: FEWEST_SHARING },
  );
  const mostRows = rowsAtOnce(checkpoint.parameters);
  const slots = growth(checkpoint.parameters);
  const cache = new KvCache(checkpoint.config, 0, 0);
  for (const { prefix, members } of groups) {
    throwIfAborted(signal);
    if (
      allKnown(
        known,
        members.map((index) => planned[index]!),
      )
    )
      continue;
    const start = await readPrefix(decoder, planned[members[0]!]!.tokens.slice(0, prefix), signal);
    const sorted = members.map((index) => planned[index]!);
    sorted.sort((a, b) => b.tokens.length - a.tokens.length);
    for (const [from, to] of groupByTokens(sorted.map(longest), cacheTokens(checkpoint.config), mostRows)) {
      throwIfAborted(signal);
      const unit = sorted.slice(from, to);
      if (allKnown(known, unit)) continue;
      const most = Math.max(...unit.map(longest));
      cache.reshape(unit.length, Math.min(most, unit[0]!.tokens.length + slots));
      if (start) cache.fillPrefix(start, prefix);
      const rows = unit.map(({ tokens }) => plainRow(tokens));
      const first = await readRows(decoder, cache, rows, prefix, {
        logits: sampling.temperature > 0,
        signal,
      });
      const writers = unit.map((item) => ({
        ...item,
        watch: new StopWatch(checkpoint.tokenizer, item.request.stop),
        random: randomStream(`${sampling.seed ?? 0}/${item.request.id}`),
        written: [],
      }));
      const batch = new Batch(checkpoint, cache, writers, sampling, onResult);
      batch.take(first.map(([answer]) => answer!));
      while (batch.rows > 0) {
        throwIfAborted(signal);
        await batch.step(decoder, most);
      }
      onUnit?.(unit.map(({ request }) => request.id));
    }
  }
}

/** Slots that a request can come to need. The last token that is written is never read. */
const longest = ({ tokens, maxTokens }: Planned): number => tokens.length + maxTokens - 1;

/**
 * Prompt tokens and the limit. As in lm-evaluation-harness a prompt that leaves no room for `maxTokens` loses its
 * leftmost tokens; when `maxTokens` alone fills the context, writing ends at the context's end. A limit of 0 writes
 * nothing.
 */
function plan(checkpoint: Checkpoint, request: GenerateRequest): Planned {
  if (!(request.maxTokens >= 0))
    throw new RangeError(`maxTokens of "${request.id}" is 0 or more, not ${request.maxTokens}`);
  const { context, bosToken, eosTokens } = checkpoint.config;
  const all = encodeText(checkpoint, request.prompt);
  const start = bosToken ?? eosTokens[0] ?? 0;
  const tokens = all.length > 0 ? all : [start];
  const room = request.maxTokens < context ? context - request.maxTokens : context - 1;
  const kept = tokens.slice(-Math.max(1, room));
  const maxTokens = Math.min(request.maxTokens, context - kept.length);
  return { request, tokens: kept, cut: tokens.length - kept.length, maxTokens };
}

function resultOf(
  { request, tokens, cut }: Planned,
  completion: number,
  finish: GenerateResult['finish'],
  text: string,
): GenerateResult {
  return {
    id: request.id,
    text,
    finish,
    tokens: { prompt: tokens.length, completion },
    ...(cut > 0 ? { cutTokens: cut } : {}),
  };
}

/** The rows of a unit that are still being written. */
class Batch {
  readonly #checkpoint: Checkpoint;
  readonly #cache: KvCache;
  readonly #writers: Writer[];
  readonly #sampling: Sampling;
  readonly #onResult: (result: GenerateResult) => void;

  constructor(
    checkpoint: Checkpoint,
    cache: KvCache,
    writers: Writer[],
    sampling: Sampling,
    onResult: (result: GenerateResult) => void,
  ) {
    this.#checkpoint = checkpoint;
    this.#cache = cache;
    this.#writers = writers;
    this.#sampling = sampling;
    this.#onResult = onResult;
  }

  get rows(): number {
    return this.#writers.length;
  }

  /** Appends each row's next token; rows that are finished by it are reported and leave. */
  take(answers: readonly Pick<HeadAnswer, 'best' | 'broken' | 'logits'>[]): void {
    // From the end, because the last row moves into the place of one that leaves.
    for (let row = this.rows - 1; row >= 0; row--) {
      const writer = this.#writers[row]!;
      const answer = answers[row]!;
      if (answer.broken) throw notFinite(this.#checkpoint.name, writer.request.id);
      const greedy = this.#sampling.temperature === 0;
      const token = greedy ? answer.best : sample(answer.logits, this.#sampling, writer.random);
      writer.written.push(token);
      const result = this.#finished(writer, token);
      if (!result) continue;
      this.#onResult(result);
      const last = this.#writers.pop()!;
      if (last === writer) continue;
      this.#writers[row] = last;
      this.#cache.moveRow(this.rows, row);
    }
  }

  #finished(writer: Writer, token: number): GenerateResult | undefined {
    const { written, watch, maxTokens } = writer;
    const result = (finish: GenerateResult['finish'], text: string) =>
      resultOf(writer, written.length, finish, text);
    if (this.#checkpoint.config.eosTokens.includes(token)) return result('eos', watch.text(written));
    const cut = watch.cut(written);
    if (cut !== undefined) return result('stop', cut);
    return written.length >= maxTokens ? result('length', watch.text(written)) : undefined;
  }

  /** Reads the last token of each row and takes the next. `most`: slots that the unit can come to need. */
  async step(decoder: Decoder, most: number): Promise<void> {
    const rows = this.rows;
    const cache = this.#cache;
    const write = this.#writers.map(({ tokens, written }) => tokens.length + written.length - 1);
    const end = Math.max(...write) + 1;
    cache.rows = rows;
    if (end > cache.slots)
      cache.grow(Math.min(most, cache.slots + growth(this.#checkpoint.parameters)), cache.slots);
    const mask = new Float32Array(rows * cache.slots).fill(-Infinity);
    write.forEach((slot, row) => {
      mask.fill(0, row * cache.slots, row * cache.slots + slot + 1);
    });
    const result = await decoder.run({
      cache,
      from: 0,
      to: rows,
      time: 1,
      tokens: BigInt64Array.from(this.#writers, ({ written }) => BigInt(written[written.length - 1]!)),
      positions: BigInt64Array.from(write, BigInt),
      write,
      mask,
      heads: [...write.keys()],
      logits: this.#sampling.temperature > 0,
    });
    const { vocabulary } = decoder.config;
    this.take(
      result.best.map((best, row) => ({
        best,
        broken: result.broken.includes(row),
        logits: result.logits.subarray(row * vocabulary, (row + 1) * vocabulary),
      })),
    );
  }
}
