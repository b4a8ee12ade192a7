/** Single lines for logs and pipes: what began, what ended, and now and then how far it is. */
import { unreachable } from '../../errors.ts';
import { printDuration } from '../../text/duration.ts';
import type { StudyEvent } from '../events.ts';
import { progressLine } from './frame.ts';
import { advance, EMPTY_VIEW, type RunView } from './progress-state.ts';

/** Milliseconds between two progress lines of a step. */
const PROGRESS_EVERY = 15_000;

/** Turns events into lines. `next` returns the lines for one event that came at `at` (monotonic milliseconds). */
export function plainLines(): { next(event: StudyEvent, at: number): readonly string[] } {
  let view: RunView = EMPTY_VIEW;
  let lastLine = 0;
  return {
    next: (event, at) => {
      view = advance(view, event, at);
      if (event.type === 'step-progress') {
        if (at - lastLine < PROGRESS_EVERY) return [];
        lastLine = at;
      } else lastLine = at;
      return describe(view, event, at);
    },
  };
}

function describe(view: RunView, event: StudyEvent, at: number): readonly string[] {
  const one = 'step' in event ? view.steps.get(event.step) : undefined;
  const label = one?.step.label ?? ('step' in event ? event.step : '');
  switch (event.type) {
    case 'run-started':
      return [`${event.study}: ${event.steps.length} steps`];
    case 'step-restored':
      return [`done before  ${label}`];
    case 'step-started':
      return event.stale
        ? [
            `again        ${label} (stale because ${event.stale}${event.kept ? `; kept in ${event.kept}` : ''})`,
          ]
        : [`started      ${label}`];
    case 'step-progress':
      return one ? [`             ${progressLine(one, at)}`] : [];
    case 'step-finished': {
      const took = one?.startedAt === undefined ? '' : ` in ${printDuration(at - one.startedAt)}`;
      return [`finished     ${label}${took}: ${event.summary}`];
    }
    case 'step-failed':
      return [`failed       ${label}: ${event.reason.split('\n')[0]}`];
    case 'step-skipped':
    case 'run-interrupted':
    case 'run-finished':
      // What failed explains what was skipped; the command says the rest itself, on every kind of view.
      return [];
    default:
      return unreachable(event);
  }
}
