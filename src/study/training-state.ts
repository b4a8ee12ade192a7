/**
 * The training state of stages (weights and moments, for full fine-tuning several times the model's size) serves the
 * stages that go on from it. A finished run gives the space back; a study that is extended later makes again what
 * its new stages need.
 */
import { join } from 'node:path';
import { exists, listFolder, remove } from '../platform/files.ts';
import type { Plan, PlanStep } from './plan.ts';
import { type StepStore, SUPERSEDED } from './step-store.ts';

/** Where a train step keeps its state. */
export function stateFolder(store: StepStore, step: string): string {
  return join(store.folder(step), 'state');
}

/**
 * Gives the space of training states back, those of finished superseded stages too. Only for a run whose steps are all
 * finished. A superseded stage that is not finished keeps its state: it may be gone on with.
 */
export async function clearTrainingStates(plan: Plan, store: StepStore): Promise<void> {
  const steps = plan.steps.filter(({ kind }) => kind === 'train').map(({ id }) => id);
  for (const name of await listFolder(store.folder(SUPERSEDED))) {
    const step = `${SUPERSEDED}/${name}`;
    if (await exists(join(store.folder(step), 'fingerprint.json'))) steps.push(step);
  }
  for (const step of steps) {
    // What makes it count goes first: killed in between, it is absent and not damaged.
    await remove(join(stateFolder(store, step), 'state.json'));
    await remove(stateFolder(store, step));
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
