import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePython, runPython } from '../../platform/python-worker.ts';
import { scorePython } from '../python-program.ts';
import type { Score } from '../score.ts';
import { HOSTILE, HOSTILE_BY_KIND } from './hostile.cases.ts';

const CANARY = 'canary-5f0c2a';
const TEST = 'def check(candidate):\n    assert candidate(2) == 4\n    assert candidate(-1) == -2\n';
/** Prints everything about the interpreter that programs have been seen to change. */
const STATE = `
import builtins, collections, decimal, gc, glob, hashlib, json, math, os, random, signal, sys, types
def digest(path):
    with open(path, 'rb') as f: return hashlib.sha256(f.read()).hexdigest()
print(json.dumps({
    'files': sorted([folder] + names for folder, _, names in os.walk('/') if not folder.startswith(('/proc', '/dev'))),
    'library': [digest(path) for path in glob.glob('/lib/*.zip')],
    'folder': os.getcwd(), 'environment': sorted(os.environ.items()), 'umask': os.umask(0),
    'modules': sorted(sys.modules), 'path': sys.path, 'hooks': [str(h) for h in sys.meta_path],
    'builtins': {k: type(v).__name__ for k, v in sorted(vars(builtins).items())},
    'globals': sorted(globals()), 'counter': sorted(vars(collections.Counter)), 'precision': decimal.getcontext().prec,
    'limits': [sys.getrecursionlimit(), sys.get_int_max_str_digits(), sys.getswitchinterval(), gc.isenabled()],
    'signal': str(signal.getsignal(signal.SIGINT)), 'random': random.random(), 'square root': math.sqrt(16),
    'descriptor': [os.fstat(i).st_mode for i in range(3)], 'next descriptor': os.open(glob.glob('/lib/*.zip')[0], os.O_RDONLY),
}))
`;

const folder = mkdtempSync(join(tmpdir(), 'carryover-hostile-'));
const file = join(folder, 'canary.txt');
let connections = 0;
const server = createServer((_, response) => response.end(CANARY));
let port = 0;

beforeAll(async () => {
  writeFileSync(file, CANARY);
  process.env['CARRYOVER_CANARY'] = CANARY;
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  await closePython();
  server.close();
  delete process.env['CARRYOVER_CANARY'];
  rmSync(folder, { recursive: true });
});

const written = (program: string) =>
  program
    .replaceAll('FILE', file)
    .replaceAll('PORT', String(port))
    .replaceAll('VARIABLE', 'CARRYOVER_CANARY');
const state = async () => (await runPython(STATE, { timeoutMs: 20_000 })).stdout;

describe(`${HOSTILE.length} hostile programs`, () => {
  it('each end in their outcome and leave nothing: no file, connection, secret or changed interpreter', async () => {
    const before = await state();
    expect(JSON.parse(before)).toMatchObject({ folder: '/work', precision: 28, 'square root': 4 });
    // Beside each other and in turns with the look at the state, so that interpreters change hands.
    const seen = await Promise.all(
      HOSTILE.map(async ({ name, program, outcome }) => {
        const seconds = outcome === 'timeout' ? 1 : 20;
        const target = { test: TEST, entry_point: 'double', seconds };
        const score: Score = await scorePython(written(program), target);
        const after = await state();
        return { name, score, expected: outcome, same: after === before, after };
      }),
    );
    const ended = seen.filter(({ score, expected }) => score.outcome !== expected);
    expect(ended.map(({ name, score }) => `${name}: ${score.outcome}, ${score.why.slice(0, 200)}`)).toEqual(
      [],
    );
    const left = seen.filter(({ same }) => !same);
    expect(left.map(({ name, after }) => `${name}: ${after}`)).toEqual([]);
    expect(seen.filter(({ score }) => score.why.includes(CANARY))).toEqual([]);
    expect(seen.filter(({ score }) => score.why.length > 1200)).toEqual([]);
    expect([connections, readFileSync(file, 'utf8'), existsSync(file)]).toEqual([0, CANARY, true]);
    // The local server is one that can be reached, and the canary one that could have been seen.
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe(CANARY);
    expect(connections).toBe(1);
  }, 3_600_000);

  it('are at least sixty, of every kind', () => {
    expect(HOSTILE.length).toBeGreaterThanOrEqual(60);
    expect(new Set(HOSTILE.map(({ name }) => name)).size).toBe(HOSTILE.length);
    expect(HOSTILE.filter(({ forced }) => forced).length).toBeLessThanOrEqual(5);
    const counts = Object.entries(HOSTILE_BY_KIND).map(([kind, programs]) => `${programs.length} ${kind}`);
    expect(counts).toMatchInlineSnapshot(`
      [
        "10 endless loops",
        "3 fork bombs and processes",
        "5 threads",
        "4 other programs",
        "6 signals",
        "8 memory bombs",
        "16 huge output and files",
        "8 stack exhaustion",
        "11 files and environment of the machine",
        "6 network",
        "15 JavaScript and C",
        "6 exit codes",
        "25 tampering with the checker and the result",
        "12 what it would leave behind",
        "1 what shares the interpreter with its tests",
      ]
    `);
  });
});
