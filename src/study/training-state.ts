/**
 * The training state of stages (weights and moments, for full fine-tuning several times the model's size) serves the
 * stages that go on from it. A finished run gives the space back; a study that is extended later makes again what
 * its new stages need.
 */
import { join } from 'node:path';
import { exists, remove } from '../platform/files.ts';
import type { Plan, PlanStep } from './plan.ts';
import type { StepStore } from './step-store.ts';

/** Where a train step keeps its state. */
export function stateFolder(store: StepStore, step: string): string {
  return join(store.folder(step), 'state');
}

/** Gives the space of all training states back. Only for a run whose steps are all finished. */
export async function clearTrainingStates(plan: Plan, store: StepStore): Promise<void> {
  for (const { id, kind } of plan.steps) {
    if (kind !== 'train') continue;
    // What makes it count goes first: killed in between, it is absent and not damaged.
    await remove(join(stateFolder(store, id), 'state.json'));
    await remove(stateFolder(store, id));
  }
}

/**
 * Finished train steps that must be done again, because a stage that is still to be done goes on from them and their
 * state was cleared. The same work gives the same result, so nothing that rests on them becomes stale.
 */
export async function stagesToRepeat(plan: Plan, store: StepStore): Promise<ReadonlySet<string>> {
  const repeat = new Set<string>();
  const toDo = async (step: PlanStep): Promise<boolean> =>
    repeat.has(step.id) || (await store.state(step)).state !== 'finished';
  // From the end, so that a step that is repeated makes the one before it be looked at in turn.
  for (const step of plan.steps.toReversed()) {
    if (step.work.kind !== 'train' || step.work.previous === null || !(await toDo(step))) continue;
    const { previous } = step.work;
    if (!(await exists(join(stateFolder(store, previous), 'state.json')))) repeat.add(previous);
  }
  return repeat;
}
