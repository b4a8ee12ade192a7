/**
 * What the engine answered, chunk by chunk, on disk: `responses/<benchmark>.jsonl`. A line is the benchmark's part of one
 * finished chunk under the hash of everything its numbers depend on (model, all requests of the chunk), written and
 * flushed when all of the chunk is there.
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

export class ResponseJournal {
  readonly #path: string | null;
  readonly #lines: Map<string, readonly Response[]>;
  #appender: Appender | null = null;

  private constructor(path: string | null, lines: Map<string, readonly Response[]>) {
    this.#path = path;
    this.#lines = lines;
  }

  /** `path` null: nothing is kept. */
  static async open(path: string | null): Promise<ResponseJournal> {
    const lines = new Map<string, readonly Response[]>();
    if (path !== null && (await exists(path))) {
      const text = await readText(path);
      for (const line of text.split('\n')) {
        const parsed = parseLine(line);
        if (parsed) lines.set(parsed.key, parsed.responses);
      }
      // A broken last line would swallow the next one.
      if (text !== '' && (!text.endsWith('\n') || lines.size !== text.split('\n').length - 1)) {
        await writeAtomic(path, serialise(lines));
      }
    }
    return new ResponseJournal(path, lines);
  }

  get(key: string): readonly Response[] | undefined {
    return this.#lines.get(key);
  }

  /** Returns when the chunk is safe on the disk. */
  async put(key: string, responses: readonly Response[]): Promise<void> {
    this.#lines.set(key, responses);
    if (this.#path === null) return;
    this.#appender ??= await openAppender(this.#path);
    await this.#appender.append(`${JSON.stringify({ key, responses })}\n`);
  }

  /**
   * Puts these chunks first, in this order, so that equal work ends in equal bytes. Chunks of other settings (a larger
   * limit, another model) follow by key: asked for again, they need no model.
   */
  async finish(keys: readonly string[]): Promise<void> {
    await this.close();
    if (this.#path === null) return;
    const asked = new Set(keys);
    const others = [...this.#lines.keys()].filter((key) => !asked.has(key)).sort();
    const kept = new Map(
      [...asked, ...others].flatMap((key) => (this.#lines.has(key) ? [[key, this.#lines.get(key)!]] : [])),
    );
    await writeAtomic(this.#path, serialise(kept));
  }

  async close(): Promise<void> {
    await this.#appender?.close();
    this.#appender = null;
  }
}

function serialise(lines: ReadonlyMap<string, readonly Response[]>): string {
  return [...lines].map(([key, responses]) => `${JSON.stringify({ key, responses })}\n`).join('');
}

function parseLine(line: string): Line | null {
  try {
    const value = JSON.parse(line) as Partial<Line> | null;
    return typeof value?.key === 'string' && Array.isArray(value.responses) ? (value as Line) : null;
  } catch {
    return null;
  }
}
