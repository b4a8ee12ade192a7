/** The steps of a plan while it is made: adding the same work twice gives one step. */
import type { StepKind } from './events.ts';
import { CODE_REVISIONS, digestOf, type Json, type StepFingerprint } from './fingerprint.ts';
import type { PlanStep } from './plan.ts';

export interface Addition {
  readonly id: string;
  readonly kind: StepKind;
  readonly label: string;
  readonly needs: readonly string[];
  readonly usedBy: string;
  readonly work: PlanStep['work'];
  readonly config: Json;
  /** Role -> id of the step; its digest is folded in. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly seed: number | null;
  readonly model: string | null;
  readonly dataset: Readonly<Record<string, string>>;
}

/** Steps by digest: adding the same work again gives the id of the first. */
export class StepTable {
  readonly #byDigest = new Map<string, PlanStep>();
  readonly #digests = new Map<string, string>();

  add(step: Addition): string {
    const fingerprint: StepFingerprint = {
      code: `${step.kind} ${CODE_REVISIONS[step.kind]}`,
      config: step.config,
      inputs: Object.fromEntries(
        Object.entries(step.inputs).map(([role, id]) => [role, this.#digests.get(id)!]),
      ),
      seed: step.seed,
      model: step.model,
      dataset: step.dataset,
    };
    const digest = digestOf(fingerprint);
    const same = this.#byDigest.get(digest);
    if (same) {
      this.#byDigest.set(digest, { ...same, usedBy: [...same.usedBy, step.usedBy] });
      return same.id;
    }
    const { id, kind, label, needs, work } = step;
    this.#byDigest.set(digest, { id, kind, label, needs, work, fingerprint, digest, usedBy: [step.usedBy] });
    this.#digests.set(id, digest);
    return id;
  }

  list(): readonly PlanStep[] {
    return [...this.#byDigest.values()];
  }
}
