/** One benchmark while it is evaluated: which of its answers are there, where they are kept, what they cost. */
import { join } from 'node:path';
import type { Benchmark } from '../benchmarks/benchmark.ts';
import type { Sample } from '../scoring/score.ts';
import type { Answer } from './ask.ts';
import type { Part } from './chunks.ts';
import type { Request } from './request.ts';
import { type Answered, type Response, ResponseJournal } from './response-journal.ts';
import { type SampleOptions, sampleOf } from './sample.ts';

export interface Timing {
  /** Of the chunks that the benchmark shares with others, its share by tokens. */
  seconds: number;
  asked: number;
  restored: number;
  prompt_tokens: number;
  completion_tokens: number;
}

export class BenchmarkRun {
  readonly benchmark: Benchmark;
  readonly requests: readonly Request[];
  readonly timing: Timing = { seconds: 0, asked: 0, restored: 0, prompt_tokens: 0, completion_tokens: 0 };
  readonly #path: string | null;
  readonly #answers = new Map<number, Answer>();
  readonly #asked = new Map<string, readonly string[]>();
  #journal: ResponseJournal | null = null;

  /** `out`: the evaluation's folder, or undefined where nothing is kept. */
  constructor(benchmark: Benchmark, requests: readonly Request[], out: string | undefined) {
    this.benchmark = benchmark;
    this.requests = requests;
    this.#path = out === undefined ? null : join(out, 'responses', `${benchmark.name}.jsonl`);
  }

  get complete(): boolean {
    return this.#answers.size === this.requests.length;
  }

  async #open(): Promise<ResponseJournal> {
    this.#journal ??= await ResponseJournal.open(this.#path);
    return this.#journal;
  }

  /** The answers on disk to items of the chunk with this key, by id. */
  async kept(key: string): Promise<Answered> {
    return (await this.#open()).get(key);
  }

  /** Whether the disk has an answer to this item from any chunk. */
  async answeredElsewhere(id: string): Promise<boolean> {
    return (await this.#open()).has(id);
  }

  /** Puts down answers to items of a chunk; `kept` has been called before. */
  keep(key: string, answers: readonly Response[]): void {
    this.#journal?.add(key, answers);
  }

  /** Returns when what was put down is safe on the disk. */
  async flush(): Promise<void> {
    await this.#journal?.flush();
  }

  /** Takes the answers to a part, from the disk or the engine. */
  take(key: string, part: Part, answers: readonly Answer[]): void {
    this.#asked.set(
      key,
      answers.map(({ id }) => id),
    );
    answers.forEach((answer, at) => {
      this.#answers.set(part.from + at, answer);
    });
  }

  /** Closes the journal in its final form and scores. Programs run side by side; the scorer bounds how many. */
  async finish(options: SampleOptions): Promise<readonly Sample[]> {
    await (await this.#open()).finish(this.#asked);
    return Promise.all(
      this.requests.map((asked, at) => sampleOf(this.benchmark, asked, this.#answers.get(at)!, options)),
    );
  }

  async close(): Promise<void> {
    await this.#journal?.close();
  }
}
