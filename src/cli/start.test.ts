/** `carryover start` as a process of its own, on a study of a few seconds: piped, interrupted, and at a terminal. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeRoomyModel } from '../../test/support/roomy-model.ts';
import { quoted } from './invocation.ts';

let folder = '';
let study = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-start-'));
  study = join(folder, 'study.yaml');
  writeRoomyModel(join(folder, 'model'), 1024);
  writeFileSync(
    study,
    `name: small
question: Does it start?
model: ${join(folder, 'model')}
seeds: [1, 2]
sources:
  math: { procedural: [arithmetic], rows: 100 }
budget: { supervised_tokens: 200 }
training: { method: full, learning_rate: 1e-3, steps: 2, max_length: 256, checkpoint_every: 1 }
arms: [base, math-only]
evaluation: { benchmarks: [proc/coin_flips, proc/boolean_expressions@fresh], limit: 2 }
`,
  );
});
/** Each test starts processes that compile the sources first: on a busy machine that is most of the time. */
vi.setConfig({ testTimeout: 240_000 });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Neither a CI job nor npm, whatever these tests are run by. */
const ENV = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name !== 'CI' && !name.startsWith('npm_')),
);
const words = (...options: readonly string[]): string[] => [
  process.execPath,
  ...['--import', resolve('node_modules/tsx/dist/esm/index.mjs'), resolve('test/start-study.ts'), study],
  ...options,
];

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

/** `watch` gets everything printed so far, at each new piece. */
function ended(child: ChildProcess, watch?: (text: string) => void): Promise<Ended> {
  let out = '';
  let said = '';
  child.stdout?.on('data', (data: Buffer) => {
    out += data.toString();
    watch?.(out + said);
  });
  child.stderr?.on('data', (data: Buffer) => {
    said += data.toString();
    watch?.(out + said);
  });
  return new Promise((done, fail) => {
    child.on('error', fail).on('close', (code) => done({ code, out, said }));
  });
}

function start(...options: readonly string[]): ChildProcess {
  const [program = '', ...args] = words(...options);
  return spawn(program, args, { cwd: folder, env: ENV, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Everything that must not depend on when and how often it was run: path -> content. */
function results(out: string): Record<string, string> {
  const names = readdirSync(join(folder, out), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(report\.(json|md)|index\.html|run-facts\.json|samples\/.*\.jsonl|\.safetensors)$/.test(name),
  );
  return Object.fromEntries(
    names.sort().map((name) => [name, readFileSync(join(folder, out, name), 'latin1')]),
  );
}

describe('without a terminal', () => {
  it('runs the study, prints the summary, the report and the ways on, and ends', async () => {
    const { code, out, said } = await ended(start());
    expect(said).toContain(`Does it start?
1. Train model (0.0 M parameters) in 1 way, with 2 seeds each: math-only.
2. Ask these and the untouched model, 3 in all, 4 questions each, of 1 domain.
3. Write a report to runs/quickstart: what carried over, what was forgotten, and how sure one can be.
This takes about `);
    expect(said).toContain('Ctrl-C stops it at any time and loses nothing: carryover start goes on.');
    expect(said).not.toContain('http://');
    expect(out).toContain('Difference to the base model');
    expect(out).toContain(
      '\nReport: runs/quickstart/report/index.html\n\nNext:\n  your model  carryover run',
    );
    expect(code).toBe(0);
    expect(existsSync(join(folder, 'runs/quickstart/report/index.html'))).toBe(true);
  });

  it('finds everything done the second time, byte for byte', async () => {
    const before = results('runs/quickstart');
    expect(Object.keys(before)).toContain('report.json');
    const { code, out, said } = await ended(start());
    expect(code).toBe(0);
    expect(said).toContain('This run is finished; nothing was left to do.');
    expect(said).not.toContain('This takes');
    expect(out).toContain('Report: runs/quickstart/report/index.html');
    expect(results('runs/quickstart')).toEqual(before);
  });

  it('takes other seeds with --seed, in a folder of their own', async () => {
    const { code, out } = await ended(start('--seed', '1'));
    expect(code).toBe(0);
    expect(out).toContain('training seeds 3 and 4');
    const [before, after] = [results('runs/quickstart'), results('runs/quickstart-seed-1')];
    const weights = (all: Record<string, string>): string[] =>
      Object.entries(all).flatMap(([name, content]) => (name.endsWith('.safetensors') ? [content] : []));
    expect(new Set([...weights(before), ...weights(after)]).size).toBe(2 * weights(before).length);
    expect(after['evaluations/base-3/samples/proc/coin_flips.jsonl']).toBe(
      before['evaluations/base-1/samples/proc/coin_flips.jsonl'],
    );
  });

  it('stops at Ctrl-C, says how to go on, and ends with the same bytes', async () => {
    const child = start('--out', 'stopped');
    let asked = false;
    const stopped = await ended(child, (text) => {
      if (asked || !text.includes('finished     evaluate: base')) return;
      asked = child.kill('SIGINT');
    });
    expect(stopped.code).toBe(130);
    expect(stopped.said).toContain('Nothing is lost; go on with: carryover start --out stopped');
    const resumed = await ended(start('--out', 'stopped'));
    expect(resumed.said).toMatch(/\n\d+ of \d+ steps are done; the rest takes about /);
    expect(resumed.code).toBe(0);
    expect(results('stopped')).toEqual(results('runs/quickstart'));
  });
});

const script = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '';
const why = script.includes('util-linux') ? '' : ' (skipped: `script` of util-linux gives the terminal)';

describe.skipIf(why !== '')(`at a terminal${why}`, () => {
  /** Runs in a pseudo-terminal; `look` is called with the address of the report once it is served. */
  async function atTerminal(
    options: readonly string[],
    key: string,
    look: (url: string) => Promise<void>,
    env: NodeJS.ProcessEnv = ENV,
  ): Promise<Ended> {
    const command = words('--out', 'runs/quickstart', ...options)
      .map(quoted)
      .join(' ');
    const child = spawn('script', ['-qefc', command, '/dev/null'], {
      cwd: folder,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let looked: Promise<void> | undefined;
    const end = await ended(child, (text) => {
      const url = text.match(/The report is at (\S+) \(q or Ctrl-C ends it\)/)?.[1];
      if (url === undefined || looked) return;
      looked = look(url).finally(() => child.stdin?.write(key));
    });
    await looked;
    return end;
  }

  it.each([
    ['q', 'q'],
    ['Ctrl-C', '\u0003'],
  ])('serves the report until %s, and ends with 0', async (_, key) => {
    let address = '';
    const { code, out } = await atTerminal(['--port', '0'], key, async (url) => {
      address = url;
      const page = await fetch(url);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await page.text()).toBe(readFileSync(join(folder, 'runs/quickstart/report/index.html'), 'utf8'));
      expect((await fetch(`${url}../report.json`)).status).toBe(404);
    });
    expect(out).toContain('Report: runs/quickstart/report/index.html');
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(code).toBe(0);
    await expect(fetch(address)).rejects.toThrow();
  });

  it.each([
    ['with --no-serve', ['--no-serve'], ENV],
    ['where CI is set', [], { ...ENV, CI: 'true' }],
  ])('ends by itself %s', async (_, options, env) => {
    const { code, out } = await atTerminal(options, 'q', async () => undefined, env);
    expect(code).toBe(0);
    expect(out).toContain('Report: runs/quickstart/report/index.html');
    expect(out).not.toContain('http://');
  });
});
