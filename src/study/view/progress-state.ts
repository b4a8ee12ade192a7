/** What a view knows of a run: a fold over the events, with the times at which they came. */
import { unreachable } from '../../errors.ts';
import type { PlannedStep, Progress, StudyEvent } from '../events.ts';

export type Status = 'waiting' | 'running' | 'finished' | 'restored' | 'failed' | 'skipped';

export interface StepView {
  readonly step: PlannedStep;
  readonly status: Status;
  /** Milliseconds of the monotonic clock. */
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** The first progress of this start and the latest: rates are measured between them. */
  readonly first?: { readonly at: number; readonly progress: Progress };
  readonly last?: { readonly at: number; readonly progress: Progress };
}

export interface RunView {
  readonly study: string;
  readonly startedAt: number;
  readonly steps: ReadonlyMap<string, StepView>;
}

export const EMPTY_VIEW: RunView = { study: '', startedAt: 0, steps: new Map() };

/** The view after one more event, which came at `at` (milliseconds of the monotonic clock). */
export function advance(view: RunView, event: StudyEvent, at: number): RunView {
  switch (event.type) {
    case 'run-started': {
      const steps = event.steps.map((step): [string, StepView] => [step.id, { step, status: 'waiting' }]);
      return { study: event.study, startedAt: at, steps: new Map(steps) };
    }
    case 'step-restored':
      return change(view, event.step, { status: 'restored' });
    case 'step-started':
      return change(view, event.step, { status: 'running', startedAt: at });
    case 'step-progress': {
      const mark = { at, progress: event.progress };
      const first = view.steps.get(event.step)?.first ?? mark;
      return change(view, event.step, { first, last: mark });
    }
    case 'step-finished':
      return change(view, event.step, { status: 'finished', finishedAt: at });
    case 'step-failed':
      return change(view, event.step, { status: 'failed', finishedAt: at });
    case 'step-skipped':
      return change(view, event.step, { status: 'skipped' });
    case 'run-interrupted':
    case 'run-finished':
      return view;
    default:
      return unreachable(event);
  }
}

function change(view: RunView, id: string, fields: Partial<StepView>): RunView {
  const old = view.steps.get(id);
  if (!old) return view;
  return { ...view, steps: new Map(view.steps).set(id, { ...old, ...fields }) };
}

/** Tokens a second in this start of a step; undefined before two reports. */
export function tokenRate({ first, last }: StepView): number | undefined {
  if (!first || !last || last.at <= first.at) return undefined;
  const tokens = (last.progress.tokens ?? 0) - (first.progress.tokens ?? 0);
  return tokens > 0 ? (1000 * tokens) / (last.at - first.at) : undefined;
}

/** Milliseconds that a running step will still take at its present pace; undefined when nothing can be said. */
export function stepLeft({ first, last }: StepView, at: number): number | undefined {
  if (!first || !last || last.at <= first.at) return undefined;
  const reached = ({ done: kept, ahead = 0 }: Progress): number => kept + ahead;
  const done = reached(last.progress) - reached(first.progress);
  if (done <= 0) return undefined;
  const left = ((last.progress.total - reached(last.progress)) * (last.at - first.at)) / done;
  return Math.max(0, left - (at - last.at));
}

/**
 * Milliseconds that the run will still take: what the running step has left, and for each waiting step the mean
 * time of finished steps of its kind (or the projected time of the running one). Undefined until every kind that
 * is waiting has been seen. Data and report steps are short and count as nothing.
 */
export function runLeft(view: RunView, at: number): number | undefined {
  const times = new Map<string, number[]>();
  let left = 0;
  for (const one of view.steps.values()) {
    const known = times.get(one.step.kind) ?? [];
    if (one.status === 'finished' && one.startedAt !== undefined && one.finishedAt !== undefined) {
      known.push(one.finishedAt - one.startedAt);
    }
    if (one.status === 'running') {
      const more = stepLeft(one, at);
      if (more === undefined && isLong(one)) return undefined;
      left += more ?? 0;
      if (more !== undefined && one.startedAt !== undefined) known.push(at - one.startedAt + more);
    }
    times.set(one.step.kind, known);
  }
  for (const one of view.steps.values()) {
    if (one.status !== 'waiting' || !isLong(one)) continue;
    const known = times.get(one.step.kind) ?? [];
    if (known.length === 0) return undefined;
    left += known.reduce((sum, time) => sum + time, 0) / known.length;
  }
  return left;
}

function isLong({ step }: StepView): boolean {
  return step.kind === 'train' || step.kind === 'evaluate';
}
