/** How far a preparation of data is, for people. */

import { type EvaluationView, evaluationView } from '../evaluation/progress-view.ts';
import type { StageProgress } from './stage.ts';

export interface StageView {
  readonly show: (progress: StageProgress) => void;
  readonly close: () => void;
}

export function stageView(): StageView {
  let view: { readonly unit: StageProgress['unit']; readonly lines: EvaluationView } | null = null;
  const close = (): void => {
    view?.lines.close();
    view = null;
  };
  return {
    show: (progress) => {
      // Reading is quick, and nobody knows yet how much there is.
      if (progress.total === 0) return;
      // Rows and tokens go by at speeds of their own.
      if (view?.unit !== progress.unit) {
        close();
        view = { unit: progress.unit, lines: evaluationView() };
      }
      view.lines.show(progress);
    },
    close,
  };
}
