/**
 * A whole tiny study with nothing left out: a real model (two layers), real files, training, evaluation, report.
 * Killed at random moments and started again, it must end with the same bytes as a run that nobody disturbed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeRoomyModel } from '../../test/support/roomy-model.ts';
import { randomBits } from '../data/selection/random.ts';
import { parseEventLog } from './event-log.ts';

let folder = '';
let study = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-resume-'));
  study = join(folder, 'study.yaml');
  // Five worked examples fit.
  writeRoomyModel(join(folder, 'model'), 1536);
  writeFileSync(
    study,
    `name: tiny
sources:
  math: { dataset: openai/gsm8k, config: main }
  general: { dataset: tatsu-lab/alpaca }
budget: { supervised_tokens: 400 }
training: { learning_rate: 1e-3, steps: 8, max_length: 256, checkpoint_every: 2 }
arms: [base, math-only, two-stage]
evaluation: { benchmarks: [gsm8k, winogrande], limit: 4 }
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

/** Starts the run; `disturb` gets the process when the run has said how many steps there are. */
function start(out: string, disturb?: (child: ChildProcess) => void): Promise<Ended> {
  const args = ['--import', 'tsx', 'test/carryover.ts', 'run', study];
  const child = spawn(
    process.execPath,
    [...args, '--model', join(folder, 'model'), '--out', join(folder, out)],
    {
      env: { ...process.env, CARRYOVER_HUB: resolve('test/fixtures/hub') },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => {
    const known = stderr.includes(' steps');
    stderr += data.toString();
    if (!known && stderr.includes(' steps')) disturb?.(child);
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, stderr }));
  });
}

/** Everything that must not depend on interruptions: path -> content. */
function results(out: string): Record<string, string> {
  const names = readdirSync(join(folder, out), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(report\.(json|md)|index\.html|run-facts\.json|results\.json|samples\/.*\.jsonl|train\.json|receipt\.json|\.safetensors)$/.test(
      name,
    ),
  );
  return Object.fromEntries(
    names.sort().map((name) => [name, readFileSync(join(folder, out, name), 'latin1')]),
  );
}

describe('a run', () => {
  it('ends with the same bytes whether or not it was killed on the way', async () => {
    const whole = await start('whole');
    expect(whole.stderr).toContain('finished     report');
    expect(whole.code).toBe(0);

    const random = randomBits(20261123, 'kills');
    let kills = 0;
    for (let attempt = 0; attempt < 5; attempt++) {
      const wait = random() % 900;
      const { code } = await start('killed', (child) => void setTimeout(() => child.kill('SIGKILL'), wait));
      if (code === 0) break;
      kills++;
    }
    expect(kills).toBeGreaterThanOrEqual(2);
    const last = await start('killed');
    expect(last.code).toBe(0);
    const expected = results('whole');
    expect(Object.keys(expected)).toContain('report.json');
    expect(results('killed')).toEqual(expected);

    const states = readdirSync(join(folder, 'killed'), { recursive: true, encoding: 'utf8' });
    expect(states.filter((name) => name.endsWith('state.json'))).toEqual([]);
    const again = await start('killed');
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('This run is finished');
  }, 240_000);

  it('stops at Ctrl-C with exit code 130, says how to go on, and goes on', async () => {
    const stopped = await start('stopped', (child) => void setTimeout(() => child.kill('SIGINT'), 150));
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain(
      `go on with: carryover run ${study} --model ${join(folder, 'model')} --out`,
    );
    expect((await start('stopped')).code).toBe(0);
    const events = parseEventLog(readFileSync(join(folder, 'stopped', 'events.jsonl'), 'utf8'));
    expect(events.filter(({ type }) => type === 'run-interrupted')).toHaveLength(1);
    expect(events.at(-1)?.type).toBe('run-finished');
    expect(results('stopped')).toEqual(results('whole'));
  }, 120_000);
});
