/** Python processes for the other side: one JSON request a line in, one JSON answer a line out. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { seconds } from './measure.ts';

/** torch 2.13.0 named exactly is the build for the processor alone. */
const PACKAGES = [
  ['torch==2.13.0'],
  [
    'transformers==5.23.0',
    'peft==0.21.2',
    'accelerate',
    'datasets',
    'lm-eval==0.4.13',
    'math-verify[antlr4_11_0]==0.9.0',
    'gguf',
    'safetensors',
  ],
];

/** Where environments and converted models are kept between runs. */
export const CACHE: string = join(
  process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  'carryover-bench',
);

/** The interpreter to use: `given`, or one of a throw-away environment that is made on first use. */
export function pythonFor(given: string | undefined): string {
  if (given) return given;
  const folder = join(CACHE, 'python');
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const ready = join(folder, 'ready');
  const wanted = PACKAGES.flat().join('\n');
  if (existsSync(ready)) {
    // Made for other packages than today's: only what is missing is added.
    if (readFileSync(ready, 'utf8') === wanted) return python;
  } else {
    console.error(`Making an environment for the peers in ${folder} (about 2 GB, once) ...`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(CACHE, { recursive: true });
    run('python3', ['-m', 'venv', folder]);
  }
  for (const packages of PACKAGES) run(python, ['-m', 'pip', 'install', '--quiet', ...packages]);
  writeFileSync(ready, wanted);
  return python;
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`);
}

/** A peer that stays loaded, so that only the work is timed. */
export class Peer implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  readonly #script: string;
  #said = '';

  constructor(python: string, script: string, settings: object) {
    this.#script = script;
    const path = join(import.meta.dirname, 'peers', script);
    this.#process = spawn(python, [path, JSON.stringify(settings)], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, HF_HUB_OFFLINE: '1', HF_DATASETS_OFFLINE: '1', TOKENIZERS_PARALLELISM: 'true' },
    });
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.#said = (this.#said + chunk.toString()).slice(-4000);
    });
    this.#answers = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]();
  }

  /** Sends a request; the answer's `seconds` are the peer's own, without the pipe. */
  async ask<T>(request: object): Promise<{ readonly seconds: number; readonly result: T }> {
    this.#process.stdin!.write(`${JSON.stringify(request)}\n`);
    return this.#next<T>();
  }

  /** What the script says when it has loaded everything: seconds since its start. */
  async ready<T>(): Promise<{ readonly seconds: number; readonly result: T }> {
    return this.#next<T>();
  }

  async #next<T>(): Promise<{ seconds: number; result: T }> {
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`bench/peers/${this.#script} ended:\n${this.#said}`);
    const { result, ...measured } = JSON.parse(value) as { wall: number; processor: number; result: T };
    return { seconds: seconds(measured), result };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.stdin!.end();
    this.#process.kill();
  }
}
