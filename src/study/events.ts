/**
 * The one stream of events of a run. The terminal view and `events.jsonl` are consumers of it. Resuming needs none of
 * them: it goes by fingerprints, training states and answers on the disk. Times are added by the writer, never by the
 * steps, so that results stay equal byte for byte when the work was equal.
 */
export type StepKind = 'data' | 'train' | 'evaluate' | 'report';

export type StudyEvent =
  | { readonly type: 'run-started'; readonly study: string; readonly steps: readonly PlannedStep[] }
  | { readonly type: 'step-restored'; readonly step: string; readonly fingerprint: string }
  | {
      readonly type: 'step-started';
      readonly step: string;
      readonly fingerprint: string;
      readonly stale?: string;
      /** Where the stale work was put, relative to the run folder. Its settings restored, it comes back. */
      readonly kept?: string;
    }
  | { readonly type: 'step-progress'; readonly step: string; readonly progress: Progress }
  | {
      readonly type: 'step-finished';
      readonly step: string;
      readonly fingerprint: string;
      readonly summary: string;
    }
  | { readonly type: 'step-failed'; readonly step: string; readonly reason: string }
  | { readonly type: 'step-skipped'; readonly step: string; readonly because: string }
  | { readonly type: 'run-interrupted'; readonly resume: string }
  | { readonly type: 'run-finished'; readonly report: string };

export interface PlannedStep {
  readonly id: string;
  readonly kind: StepKind;
  readonly label: string;
  readonly needs: readonly string[];
}

/** How far a step is. `done` and `total` are in the step's own unit. */
export interface Progress {
  readonly done: number;
  /** How many more are done, but would be done again if the process were killed now; absent: none. */
  readonly ahead?: number;
  readonly total: number;
  readonly unit: 'tokens' | 'steps' | 'items' | 'rows' | 'bytes';
  /** Tokens processed since the step began, where that is meaningful: for tokens/s. */
  readonly tokens?: number;
  readonly loss?: number;
  readonly note?: string;
}
