/** How far a preparation of data is, for people; nothing of what is over at once. */
import { type EvaluationView, evaluationView, QUIET } from '../evaluation/progress-view.ts';
import { monotonic } from '../platform/clock.ts';
import type { StageProgress } from './stage.ts';

export interface StageView {
  readonly show: (progress: StageProgress) => void;
  readonly close: () => void;
}

/** A count from its first report on; nothing is shown of it before somebody would want to know. */
interface Counting {
  readonly unit: StageProgress['unit'];
  readonly begun: { readonly at: number; readonly done: number };
  lines?: EvaluationView;
}

export function stageView(): StageView {
  const opened = monotonic();
  let view: Counting | null = null;
  let before = 0;
  const close = (): void => {
    view?.lines?.close();
    view = null;
  };
  return {
    show: (progress) => {
      // Reading is quick, and nobody knows yet how much there is.
      if (progress.total === 0) return;
      const { unit, done } = progress;
      const now = monotonic();
      // Rows and tokens go by at speeds of their own, and a count that begins anew is that of the next source.
      if (view?.unit !== unit || done < before) {
        close();
        view = { unit, begun: { at: now, done } };
      }
      before = done;
      if (view.lines === undefined && now - opened < QUIET) return;
      view.lines ??= evaluationView(view.begun);
      view.lines.show(progress);
    },
    close,
  };
}
