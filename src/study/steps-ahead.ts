/** What a run into a folder would find there and do, step by step, for `--dry-run`. Changes nothing. */
import { counted, listed } from '../text/counts.ts';
import { textTable } from '../text/text-table.ts';
import type { Plan } from './plan.ts';
import type { StepStore } from './step-store.ts';
import { stagesToRepeat } from './training-state.ts';

/** In the order in which they are counted. */
const FATES = ['kept', 'goes on', 'again', 'new'] as const;

export interface StepAhead {
  readonly step: string;
  readonly label: string;
  /** `goes on`: begun and not finished. `again`: what is there belongs to other settings, or must be made once more. */
  readonly fate: (typeof FATES)[number];
  /** Of `again`: the first fact that differs. */
  readonly why?: string;
}

export async function stepsAhead(plan: Plan, store: StepStore): Promise<readonly StepAhead[]> {
  const repeat = await stagesToRepeat(plan, { ...store, state: store.foreseen });
  const ahead: StepAhead[] = [];
  const again = new Set<string>();
  for (const step of plan.steps) {
    const found = await store.foreseen(step);
    const fate = ((): Pick<StepAhead, 'fate' | 'why'> => {
      if (found.state === 'stale') return { fate: 'again', why: found.why };
      if (found.state === 'begun') return { fate: 'goes on' };
      if (found.state === 'absent') return { fate: 'new' };
      if (repeat.has(step.id))
        return { fate: 'again', why: 'a new stage goes on from it and its state was cleared' };
      if (step.kind === 'report' && step.needs.some((id) => again.has(id)))
        return { fate: 'again', why: 'an evaluation that it rests on is not finished' };
      return { fate: 'kept' };
    })();
    if (step.kind === 'evaluate' && fate.fate !== 'kept') again.add(step.id);
    ahead.push({ step: step.id, label: step.label, ...fate });
  }
  return ahead;
}

/** As printed below the plan. */
export function stepsAheadText(ahead: readonly StepAhead[], folder: string): string {
  const counts = FATES.flatMap((fate) => {
    const steps = ahead.filter((one) => one.fate === fate).length;
    return steps > 0 ? [`${steps} ${fate}`] : [];
  });
  const rows = ahead.map(({ fate, label, why }) => [`  ${fate}`, label, why ?? '']);
  return [
    `${folder} holds this study already; of ${counted(ahead.length, 'step')}: ${listed(counts)}`,
    ...textTable(rows, new Set()),
  ].join('\n');
}
