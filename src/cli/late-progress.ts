/** Progress of work that is often over at once: nothing is shown of what takes two seconds at most. */
import { type EvaluationView, evaluationView, QUIET } from '../evaluation/progress-view.ts';
import { monotonic } from '../platform/clock.ts';

export function lateProgress(): Omit<EvaluationView, 'say'> {
  const began = monotonic();
  let view: EvaluationView | null = null;
  return {
    show: (progress) => {
      if (view === null && monotonic() - began < QUIET) return;
      view ??= evaluationView({ at: began, done: 0 });
      view.show(progress);
    },
    close: () => view?.close(),
  };
}
