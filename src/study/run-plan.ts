/**
 * Carries out a plan in a run folder, step after step. Running again is resuming: finished steps are taken over,
 * the step that was under way goes on from what it left, stale ones are done again with the reason. When a step fails,
 * those that need it are skipped and the others go on: an arm does not pay for another one's failure.
 */
import { Interrupted, UserError } from '../errors.ts';
import type { Progress, StudyEvent } from './events.ts';
import type { Plan, PlanStep } from './plan.ts';
import { RunFailed } from './run-failed.ts';
import type { StepState, StepStore } from './step-store.ts';
import { stagesToRepeat } from './training-state.ts';

export interface StepRun {
  readonly step: PlanStep;
  /** `steps/<id>` as an absolute path; it holds what an earlier start of this very step has left. */
  readonly folder: string;
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/** Does the work of one step and returns one line about it. Aborted, it throws once its work so far is safe. */
export type StepExecutor = (run: StepRun) => Promise<string>;

export interface PlanRun {
  readonly plan: Plan;
  readonly store: StepStore;
  readonly execute: StepExecutor;
  readonly emit: (event: StudyEvent) => void;
  readonly signal: AbortSignal;
  /** The command that goes on from here, for the message after Ctrl-C. */
  readonly resume: string;
}

/**
 * Returns how many steps had to be done: 0 when the run was finished before.
 * @throws Interrupted when the signal was aborted; RunFailed at the end when steps failed; UserError at once when a
 * data step finds the input wrong: hours of other steps would only put off the message.
 */
export async function runPlan(run: PlanRun): Promise<number> {
  const { plan, store, emit } = run;
  emit({
    type: 'run-started',
    study: plan.study.name,
    steps: plan.steps.map(({ id, kind, label, needs }) => ({ id, kind, label, needs })),
  });
  for (const step of plan.steps) await store.bringBack(step);
  const repeat = await stagesToRepeat(plan, store);
  const failures: { readonly label: string; readonly error: unknown }[] = [];
  /** Steps that failed or were skipped, each with the label of the one that failed. */
  const blocked = new Map<string, string>();
  let done = 0;
  for (const [index, step] of plan.steps.entries()) {
    if (run.signal.aborted) throw interrupted(run);
    const culprit = step.needs.map((id) => blocked.get(id)).find((label) => label !== undefined);
    if (culprit !== undefined) {
      blocked.set(step.id, culprit);
      emit({ type: 'step-skipped', step: step.id, because: `${culprit} failed` });
      continue;
    }
    const found = await store.state(step);
    if (found.state === 'finished' && !repeat.has(step.id)) {
      emit({ type: 'step-restored', step: step.id, fingerprint: step.digest });
      continue;
    }
    // Samples that are made again may differ where an engine or a scorer had failed: no report may speak of the old
    // ones, though its fingerprint stays.
    if (step.kind === 'evaluate') await reopenReports(run, step);
    const begun = await store.begin(step);
    emit({ type: 'step-started', step: step.id, fingerprint: step.digest, ...whyAgain(begun) });
    try {
      const summary = await run.execute({
        step,
        folder: store.folder(step.id),
        onProgress: (progress) => emit({ type: 'step-progress', step: step.id, progress }),
        signal: run.signal,
      });
      await store.finish(step, summary);
      emit({ type: 'step-finished', step: step.id, fingerprint: step.digest, summary });
      done++;
    } catch (error) {
      if (run.signal.aborted || error instanceof Interrupted) throw interrupted(run);
      emit({ type: 'step-failed', step: step.id, reason: reasonOf(error) });
      blocked.set(step.id, step.label);
      failures.push({ label: step.label, error });
      if (step.kind !== 'data' || !(error instanceof UserError)) continue;
      for (const later of plan.steps.slice(index + 1)) {
        emit({ type: 'step-skipped', step: later.id, because: `${step.label} failed` });
      }
      throw error;
    }
  }
  if (failures.length > 0) throw new RunFailed(failures, blocked.size - failures.length, run.resume);
  return done;
}

async function reopenReports({ plan, store }: PlanRun, evaluation: PlanStep): Promise<void> {
  for (const later of plan.steps)
    if (later.kind === 'report' && later.needs.includes(evaluation.id)) await store.reopen(later);
}

function whyAgain(found: StepState): { readonly stale?: string; readonly kept?: string } {
  if (found.state === 'stale')
    return { stale: found.why, ...(found.kept === undefined ? {} : { kept: found.kept }) };
  return found.state === 'finished' ? { stale: 'a new stage goes on from it and its state was cleared' } : {};
}

function interrupted(run: PlanRun): Interrupted {
  run.emit({ type: 'run-interrupted', resume: run.resume });
  return new Interrupted(run.resume);
}

function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.toString();
  return error instanceof Error ? error.message : String(error);
}
