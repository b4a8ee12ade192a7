/** How far a preparation of data is, for people: a line for each source. */
import type { StageProgress } from '../data/stage.ts';
import { type EvaluationView, evaluationView } from '../evaluation/progress-view.ts';

export interface StageView {
  readonly show: (progress: StageProgress) => void;
  readonly close: () => void;
}

export function stageView(): StageView {
  let view: { readonly note: string; readonly lines: EvaluationView } | null = null;
  const close = (): void => {
    view?.lines.close();
    view = null;
  };
  return {
    show: (progress) => {
      // Reading is quick, and nobody knows yet how much there is.
      if (progress.total === 0) return;
      // Each source has rows of its own length, so a speed of its own.
      if (view?.note !== progress.note) {
        close();
        view = { note: progress.note, lines: evaluationView() };
      }
      view.lines.show(progress);
    },
    close,
  };
}
