import type { StageTools } from '../../data/stage.ts';
import type { ModelFacts } from '../collect-facts.ts';
import type { Plan } from '../plan.ts';
import type { StepStore } from '../step-store.ts';

/** What every step of a run may use. */
export interface RunContext {
  readonly plan: Plan;
  /** Absolute. */
  readonly runFolder: string;
  /** Where the study's `file:` paths start. */
  readonly baseFolder: string;
  readonly store: StepStore;
  readonly model: ModelFacts;
  /** What data steps need of a model, read once. */
  readonly tools: (model: string) => Promise<StageTools>;
}
