/** The rows of the live table: every arm with the steps that lead to its samples. */
import type { Plan } from '../plan.ts';
import type { ViewRow } from './frame.ts';

export function viewRows(plan: Plan): readonly ViewRow[] {
  const several = plan.study.seeds.length > 1;
  return plan.runs.map((run) => ({
    name: several && run.seed !== null ? `${run.arm} (seed ${run.seed})` : run.arm,
    cells: [
      ...run.train.flatMap((train, index) => {
        const stage = run.train.length > 1 ? ` ${index + 1}` : '';
        return [
          { title: `data${stage}`, step: run.data[index]! },
          { title: `train${stage}`, step: train },
        ];
      }),
      { title: 'evaluate', step: run.evaluate },
    ],
  }));
}
