import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Interrupted } from '../errors.ts';
import { readText, writeAtomic } from '../platform/files.ts';
import type { StudyEvent } from './events.ts';
import { type Plan, planStudy } from './plan.ts';
import { parseStudyText } from './read-study.ts';
import { RunFailed } from './run-failed.ts';
import { runPlan, type StepExecutor } from './run-plan.ts';
import { resultsOf, stepStore } from './step-store.ts';
import { stepsAhead, stepsAheadText } from './steps-ahead.ts';
import { clearTrainingStates } from './training-state.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-run-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function plan(limit = 24, arms = 'base, math-only, two-stage'): Plan {
  const text = `name: demo
sources: { math: { dataset: openai/gsm8k }, general: { dataset: tatsu-lab/alpaca } }
budget: { supervised_tokens: 4000 }
training: { learning_rate: 1e-3, steps: 8 }
arms: [${arms}]
evaluation: { benchmarks: [gsm8k], limit: ${limit} }
`;
  const { study } = parseStudyText('demo.yaml', text);
  const facts = {
    model: 'm',
    models: { m: 'aa' },
    sources: { math: '1', general: '2' },
    benchmarks: { gsm8k: '3' },
  };
  return planStudy(study, facts);
}

/** Runs a plan whose steps write nothing but their last file; the events come back as short lines. */
async function start(
  of: Plan,
  execute: StepExecutor = async () => 'done',
  abort = new AbortController(),
): Promise<{ lines: string[]; done: number; error: unknown }> {
  const lines: string[] = [];
  const emit = (event: StudyEvent): void => {
    const stale = event.type === 'step-started' && event.stale ? ` (${event.stale})` : '';
    const kept = event.type === 'step-started' && event.kept ? ` ${event.kept}` : '';
    lines.push(`${event.type}${'step' in event ? ` ${event.step}` : ''}${stale}${kept}`);
  };
  const store = stepStore(folder);
  try {
    const write: StepExecutor = async (run) => {
      const summary = await execute(run);
      for (const path of resultsOf(run.step)) await writeAtomic(join(folder, path), run.step.id);
      return summary;
    };
    const signal = abort.signal;
    const done = await runPlan({ plan: of, store, execute: write, emit, signal, resume: 'again' });
    return { lines, done, error: undefined };
  } catch (error) {
    return { lines, done: -1, error };
  }
}

describe('running again', () => {
  it('takes finished steps over', async () => {
    const all = plan().steps.length;
    expect((await start(plan())).done).toBe(all);
    const again = await start(plan());
    expect(again.done).toBe(0);
    expect(again.lines.filter((line) => line.startsWith('step-restored'))).toHaveLength(all);
  });

  it('does stale steps again and says why, and leaves the others', async () => {
    await start(plan());
    const { lines } = await start(plan(48));
    expect(lines.filter((line) => line.startsWith('step-started'))).toMatchInlineSnapshot(`
      [
        "step-started evaluate-base-1 (config.limit 24 -> 48)",
        "step-started evaluate-math-only-1 (config.limit 24 -> 48)",
        "step-started evaluate-two-stage-1 (config.limit 24 -> 48)",
        "step-started report (inputs.evaluate-base-1 dadc93df -> 5d5b5be1)",
      ]
    `);
  });

  it('is foreseen by a dry run, step by step', async () => {
    const fates = async (of: Plan) =>
      (await stepsAhead(of, stepStore(folder))).map(({ step, fate, why }) =>
        why === undefined ? `${step}: ${fate}` : `${step}: ${fate} (${why})`,
      );
    const arms = 'base, math-only';
    expect(new Set((await stepsAhead(plan(24, arms), stepStore(folder))).map(({ fate }) => fate))).toEqual(
      new Set(['new']),
    );
    await start(plan(24, arms));
    expect(new Set((await stepsAhead(plan(24, arms), stepStore(folder))).map(({ fate }) => fate))).toEqual(
      new Set(['kept']),
    );
    rmSync(join(folder, resultsOf(plan(24, arms).steps.find(({ kind }) => kind === 'evaluate')!)[0]!));
    expect(await fates(plan(24, arms))).toMatchInlineSnapshot(`
      [
        "data-math-only-1-seed1: kept",
        "data-math-only-2-seed1: kept",
        "evaluate-base-1: goes on",
        "train-math-only-1-seed1: kept",
        "train-math-only-2-seed1: kept",
        "evaluate-math-only-1: kept",
        "report: again (an evaluation that it rests on is not finished)",
      ]
    `);
    const changed = plan(48, arms);
    expect(stepsAheadText(await stepsAhead(changed, stepStore(folder)), 'runs/demo')).toMatchInlineSnapshot(`
      "runs/demo holds this study already; of 7 steps: 4 kept and 3 again
        kept   data: 2000 tokens of math, seed 1
        kept   data: 2000 tokens of math after the first 2000, seed 1
        again  evaluate: base                                          config.limit 24 -> 48
        kept   train: math-only, stage 1 of 2, seed 1
        kept   train: math-only, stage 2 of 2, seed 1
        again  evaluate: math-only, seed 1                             config.limit 24 -> 48
        again  report                                                  inputs.evaluate-base-1 dadc93df -> 5d5b5be1"
    `);
    const again = await stepsAhead(changed, stepStore(folder));
    const { lines } = await start(changed);
    expect(lines.filter((line) => line.startsWith('step-restored'))).toEqual(
      again.filter(({ fate }) => fate === 'kept').map(({ step }) => `step-restored ${step}`),
    );
  });

  it('goes on with what an unfinished step has left, but not with that of another fingerprint', async () => {
    const broken: StepExecutor = async ({ folder: at }) => {
      await writeAtomic(join(at, 'half'), 'old');
      throw new Error('disk full');
    };
    const failed = await start(plan(), broken);
    expect(String(failed.error)).toContain('disk full');
    const first = plan().steps[0]!.id;
    expect(readdirSync(join(folder, 'steps', first)).sort()).toEqual(['half', 'started.json']);
    // The same work goes on with what is there ...
    await start(plan(), broken);
    expect(readdirSync(join(folder, 'steps', first))).toContain('half');
    // ... other work does not.
    await start(changedData());
    expect(readdirSync(join(folder, 'steps', first)).sort()).toEqual([
      'fingerprint.json',
      'receipt.json',
      'started.json',
    ]);
  });

  it('stops after Ctrl-C and goes on from there', async () => {
    const abort = new AbortController();
    let count = 0;
    const stopped = await start(
      plan(),
      async ({ signal }) => {
        if (++count === 3) abort.abort();
        if (signal.aborted) throw signal.reason;
        return 'done';
      },
      abort,
    );
    expect(stopped.error).toBeInstanceOf(Interrupted);
    expect((stopped.error as Interrupted).resume).toBe('again');
    expect(stopped.lines.at(-1)).toBe('run-interrupted');
    expect((await start(plan())).done).toBe(plan().steps.length - 2);
  });

  it('skips what comes behind a failed step', async () => {
    const { lines } = await start(plan(), async ({ step }) => {
      if (step.kind === 'train') throw new Error('loss is not finite');
      return 'done';
    });
    expect(lines.filter((line) => line.startsWith('step-failed'))).toHaveLength(1);
    expect(lines.at(-1)).toBe('step-skipped report');
  });

  it('goes on with steps that do not need the failed one, and says at the end what failed', async () => {
    const { lines, error } = await start(plan(), async ({ step, folder: at }) => {
      if (step.id === 'train-two-stage-2-seed1') throw new Error('disk full');
      if (step.kind === 'train') await writeAtomic(join(at, 'state', 'state.json'), '{}');
      return 'done';
    });
    expect(lines).toContain('step-finished evaluate-math-only-1');
    expect(lines.filter((line) => line.startsWith('step-skipped'))).toEqual([
      'step-skipped evaluate-two-stage-1',
      'step-skipped report',
    ]);
    expect(error).toBeInstanceOf(RunFailed);
    expect((error as Error).message).toMatch(
      /^1 step failed; 2 that need it skipped:\n- .*two-stage.*: Error: disk full[\s\S]*go on with: again$/,
    );
    // Only what is missing is done by the next start.
    expect((await start(plan())).done).toBe(3);
  });

  it('keeps what a changed setting made stale, and takes it back with the setting', async () => {
    await start(plan(), async ({ folder: at, step }) => {
      await writeAtomic(join(at, 'made'), 'first');
      return step.id;
    });
    const first = plan().steps.find(({ kind }) => kind === 'data')!;
    const { lines } = await start(changedData());
    const started = lines.find((line) => line.startsWith(`step-started ${first.id} `));
    expect(started).toContain(`steps/.superseded/${first.id}-${first.digest.slice(0, 12)}`);
    expect(readdirSync(join(folder, 'steps', first.id))).not.toContain('made');
    const back = await start(plan());
    expect(back.lines.filter((line) => /^step-started (data|train)/.test(line))).toEqual([]);
    expect(readdirSync(join(folder, 'steps', first.id))).toContain('made');
    // And the other way round.
    const forth = await start(changedData());
    expect(forth.lines.filter((line) => /^step-started (data|train)/.test(line))).toEqual([]);
  });

  it('gives the space of superseded stages back once all is finished', async () => {
    const train: StepExecutor = async ({ step, folder: at }) => {
      if (step.kind === 'train') await writeAtomic(join(at, 'state', 'state.json'), '{}');
      return 'done';
    };
    await start(plan(), train);
    await start(changedData(), train);
    const states = (): string[] =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /state\.json$/.test(name));
    expect(states().some((name) => name.includes('.superseded'))).toBe(true);
    await clearTrainingStates(changedData(), stepStore(folder));
    expect(states()).toEqual([]);
  });

  it('repeats a stage whose state was cleared when a new arm goes on from it', async () => {
    await start(plan(24, 'base, math-only'));
    const { lines } = await start(plan());
    expect(lines.filter((line) => line.startsWith('step-started'))).toMatchInlineSnapshot(`
      [
        "step-started data-two-stage-2-seed1",
        "step-started train-math-only-1-seed1 (a new stage goes on from it and its state was cleared)",
        "step-started train-two-stage-2-seed1",
        "step-started evaluate-two-stage-1",
        "step-started report (config.arms.2 none -> two-stage)",
      ]
    `);
  });

  it('does a step again whose result was deleted', async () => {
    await start(plan());
    rmSync(join(folder, 'report.json'));
    rmSync(join(folder, 'evaluations', 'base-1', 'results.json'));
    const { lines } = await start(plan());
    const both = ['step-started evaluate-base-1', 'step-started report'];
    expect(lines.filter((line) => line.startsWith('step-started'))).toEqual(both);
    // One benchmark's samples and one of the report's pages are results as well.
    rmSync(join(folder, 'report.md'));
    rmSync(join(folder, 'evaluations', 'base-1', 'samples', 'gsm8k.jsonl'));
    const again = await start(plan());
    expect(again.lines.filter((line) => line.startsWith('step-started'))).toEqual(both);
  });

  it('makes the report again when samples were made again, also by a start that was killed', async () => {
    await start(plan());
    rmSync(join(folder, 'evaluations', 'base-1', 'samples', 'gsm8k.jsonl'));
    const abort = new AbortController();
    const killed: StepExecutor = async () => {
      abort.abort();
      return 'done';
    };
    await start(plan(), killed, abort);
    const { lines } = await start(plan());
    expect(lines.filter((line) => line.startsWith('step-started'))).toEqual(['step-started report']);
  });

  it('does not trust a record that was cut off', async () => {
    await start(plan());
    const id = plan().steps[0]!.id;
    const path = join(folder, 'steps', id, 'fingerprint.json');
    await writeAtomic(path, (await readText(path)).slice(0, 40));
    const { lines } = await start(plan());
    expect(lines).toContain(`step-started ${id}`);
  });
});

/** The plan of the same study over changed math data: the same step ids, other fingerprints. */
function changedData(): Plan {
  const { study } = plan();
  return planStudy(study, {
    model: 'm',
    models: { m: 'aa' },
    sources: { math: 'other', general: 'other' },
    benchmarks: { gsm8k: '3' },
  });
}
