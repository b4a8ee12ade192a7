/** How far a preparation of data is, for people. */
import { type EvaluationView, evaluationView } from '../evaluation/progress-view.ts';
import type { StageProgress } from './stage.ts';

export interface StageView {
  readonly show: (progress: StageProgress) => void;
  readonly close: () => void;
}

export function stageView(): StageView {
  let view: { readonly unit: StageProgress['unit']; readonly lines: EvaluationView } | null = null;
  let before = 0;
  const close = (): void => {
    view?.lines.close();
    view = null;
  };
  return {
    show: (progress) => {
      // Reading is quick, and nobody knows yet how much there is.
      if (progress.total === 0) return;
      // Rows and tokens go by at speeds of their own, and a count that begins anew is that of the next source.
      if (view?.unit !== progress.unit || progress.done < before) {
        close();
        view = { unit: progress.unit, lines: evaluationView() };
      }
      before = progress.done;
      view.lines.show(progress);
    },
    close,
  };
}
