import type { ArmRunFacts, RunFacts } from '../study/run-facts.ts';
import { baseArm } from './pair-samples.ts';
import type { ReportArm } from './report.ts';

/** The arms as a report shows them: the facts, which one is the base, and the step that evaluated each run. */
export function addReportArms(facts: RunFacts): ReportArm[] {
  const base = baseArm(facts.arms);
  return facts.arms.map((arm) => ({
    name: arm.name,
    strategy: arm.strategy,
    title: arm.title,
    why: arm.why,
    controlsFor: arm.controlsFor,
    danger: arm.danger,
    from: arm.from,
    isBase: arm === base,
    matched: arm.matched,
    stages: arm.stages,
    runs: arm.runs.map((run) => ({
      seed: run.seed,
      evaluation: run.evaluation,
      step: evaluationStep(facts, run),
      supervisedTokens: run.supervisedTokens,
      tokens: run.tokens,
      examples: run.examples,
      optimizerSteps: run.optimizerSteps,
      bySource: run.bySource,
      losses: run.losses,
    })),
  }));
}

/** The step that evaluated a run: it wrote the folder of the samples, or carries that folder's name. */
function evaluationStep(facts: RunFacts, run: ArmRunFacts): string | null {
  const name = run.evaluation.slice(run.evaluation.lastIndexOf('/') + 1);
  const step = facts.steps.find(
    ({ kind, folder, id }) => kind === 'evaluate' && (folder === run.evaluation || id === `evaluate-${name}`),
  );
  return step?.id ?? null;
}
