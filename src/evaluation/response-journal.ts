/**
 * What the engine answered, on disk: `responses/<benchmark>.jsonl`. A line holds answers to items of the benchmark that
 * came together, under the hash of everything their numbers depend on (model, all requests of the chunk); a chunk may
 * have many lines while it is asked, and has one when the benchmark is finished.
 * A process killed in the middle of a line leaves a line that does not parse; opening drops it. Scoring is a pure
 * pass over these responses, so a finished file also allows scoring again without the model.
 */
import type { GenerateResult, LoglikelihoodResult, Sampling } from '../engine/engine.ts';
import { type Appender, exists, openAppender, readText, sha256, writeAtomic } from '../platform/files.ts';
import type { Request } from './request.ts';

export type Response = GenerateResult | LoglikelihoodResult;

interface Line {
  readonly key: string;
  readonly responses: readonly Response[];
}

/** Raised when a line's meaning changes, or when the engine's answers were wrong: older ones are then asked anew. */
const VERSION = 2;

/**
 * Identifies a chunk: the model, every request in order (floating point may depend on what is computed together), and
 * how tokens were drawn where they were.
 */
export function chunkKey(fingerprint: string, chunk: readonly Request[], sampling?: Sampling): string {
  const asked = chunk.map(({ kind, request }) => [kind, request]);
  return sha256(JSON.stringify([VERSION, fingerprint, asked, ...(sampling ? [sampling] : [])]));
}

/** The answers to a chunk by the id of their items. */
export type Answered = ReadonlyMap<string, Response>;

export class ResponseJournal {
  readonly #path: string | null;
  readonly #chunks: Map<string, Map<string, Response>>;
  #appender: Promise<Appender> | null = null;
  #queue: Promise<void> = Promise.resolve();

  private constructor(path: string | null, chunks: Map<string, Map<string, Response>>) {
    this.#path = path;
    this.#chunks = chunks;
  }

  /** `path` null: nothing is kept. */
  static async open(path: string | null): Promise<ResponseJournal> {
    const chunks = new Map<string, Map<string, Response>>();
    if (path !== null && (await exists(path))) {
      const text = await readText(path);
      const lines = text.split('\n');
      // A whole file ends in a line break, behind which nothing stands.
      let torn = lines.pop() !== '';
      for (const line of lines) {
        const parsed = parseLine(line);
        if (parsed) collect(chunks, parsed.key, parsed.responses);
        else torn = true;
      }
      // A broken last line would swallow the next one.
      if (torn) await writeAtomic(path, serialise(chunks));
    }
    return new ResponseJournal(path, chunks);
  }

  get(key: string): Answered {
    return this.#chunks.get(key) ?? new Map();
  }

  /** Whether any chunk has an answer with this id. */
  has(id: string): boolean {
    return [...this.#chunks.values()].some((answers) => answers.has(id));
  }

  /**
   * Adds answers of a chunk, in the order of the calls. They are with the system soon, and then outlive this process. A
   * write that fails is reported by the next `flush`, `finish` or `close`.
   */
  add(key: string, responses: readonly Response[]): void {
    collect(this.#chunks, key, responses);
    const path = this.#path;
    if (path === null) return;
    const line = `${JSON.stringify({ key, responses })}\n`;
    this.#appender ??= openAppender(path);
    const appender = this.#appender;
    this.#queue = this.#queue.then(async () => (await appender).write(line));
    // Without this a rejected queue would end the process first.
    this.#queue.catch(() => undefined);
  }

  /** Returns when everything added is safe on the disk. */
  async flush(): Promise<void> {
    await this.#queue;
    await (await this.#appender)?.sync();
  }

  /**
   * Puts these chunks first, in this order, each in one line with the answers to `ids` in their order, so that equal
   * work ends in equal bytes however it was interrupted. What else is there (a larger limit, another model) follows by
   * key: asked for again, it needs no model.
   */
  async finish(asked: ReadonlyMap<string, readonly string[]>): Promise<void> {
    await this.close();
    if (this.#path === null) return;
    const others = [...this.#chunks.keys()].filter((key) => !asked.has(key)).sort();
    const kept = new Map<string, Answered>();
    for (const [key, ids] of asked) {
      const found = this.get(key);
      const inOrder = ids.flatMap((id) => (found.has(id) ? [[id, found.get(id)!] as const] : []));
      if (inOrder.length > 0) kept.set(key, new Map(inOrder));
    }
    for (const key of others) kept.set(key, this.get(key));
    await writeAtomic(this.#path, serialise(kept));
  }

  async close(): Promise<void> {
    const appender = this.#appender;
    this.#appender = null;
    try {
      await this.#queue;
    } finally {
      this.#queue = Promise.resolve();
      await (await appender)?.close();
    }
  }
}

function collect(
  chunks: Map<string, Map<string, Response>>,
  key: string,
  responses: readonly Response[],
): void {
  const known = chunks.get(key) ?? new Map<string, Response>();
  for (const response of responses) known.set(response.id, response);
  chunks.set(key, known);
}

function serialise(chunks: ReadonlyMap<string, Answered>): string {
  return [...chunks]
    .map(([key, answers]) => `${JSON.stringify({ key, responses: [...answers.values()] })}\n`)
    .join('');
}

function parseLine(line: string): Line | null {
  try {
    const value = JSON.parse(line) as Partial<Line> | null;
    return typeof value?.key === 'string' && Array.isArray(value.responses) ? (value as Line) : null;
  } catch {
    return null;
  }
}
