/** An evaluate step: one model on every benchmark of the study. Resumes from the answers it has on disk. */
import { join } from 'node:path';
import { resolveBenchmarks } from '../../benchmarks/own/resolve.ts';
import { openModel } from '../../engine/open-engine.ts';
import { evaluate } from '../../evaluation/evaluate.ts';
import { OUTCOMES } from '../../scoring/score.ts';
import { counted } from '../../text/counts.ts';
import { modelRef } from '../facts.ts';
import type { EvaluateWork } from '../plan.ts';
import type { StepRun } from '../run-plan.ts';
import type { RunContext } from './run-context.ts';
import { trainedModel } from './train-step.ts';

export async function evaluateStep(run: StepRun, work: EvaluateWork, context: RunContext): Promise<string> {
  const { study } = context.plan;
  const { benchmarks, limit, limits, chat_template } = study.evaluation;
  const model = work.trained
    ? await trainedModel(context, work.trained)
    : modelRef(work.model, study.training?.template);
  const session = await openModel(model);
  try {
    const asked = await resolveBenchmarks(benchmarks, context.baseFolder);
    const results = await evaluate(session, asked, {
      out: join(context.runFolder, work.folder),
      limit,
      limits,
      chatTemplate: chat_template,
      signal: run.signal,
      onProgress: run.onProgress,
    });
    const counts = OUTCOMES.map((outcome) => {
      const items = Object.values(results.benchmarks).map((one) => one.outcomes[outcome]);
      return [outcome, items.reduce((sum, value) => sum + value, 0)] as const;
    });
    const cut = Object.values(results.benchmarks).reduce((sum, one) => sum + (one.cut_prompts ?? 0), 0);
    return [
      ...counts
        .filter(([, items]) => items > 0)
        .map(([outcome, items]) => `${items} ${outcome.replace('_', ' ')}`),
      ...(cut > 0 ? [`${counted(cut, 'prompt')} cut to fit the context`] : []),
    ].join(', ');
  } finally {
    await session.close();
  }
}
