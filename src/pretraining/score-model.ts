/** What a finished base model can do: its scores on every procedural task, by task and by level of difficulty. */
import { join } from 'node:path';
import { BENCHMARKS } from '../benchmarks/index.ts';
import { proceduralName } from '../benchmarks/procedural.ts';
import { openModel } from '../engine/open-engine.ts';
import { evaluate } from '../evaluation/evaluate.ts';
import { readText, remove } from '../platform/files.ts';
import type { Generator } from '../procedural/generator.ts';
import type { Sample } from '../scoring/score.ts';
import { proportionInterval } from '../stats/proportion-interval.ts';
import type { Progress } from '../study/events.ts';

/** A share of right answers with its 95 % interval, all 0 to 1. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Items. */
  readonly n: number;
}

export interface TaskScore {
  readonly task: Generator;
  /** On the split test, as `proc/NAME` is evaluated. */
  readonly test: Share;
  /** The trained levels of the split test, rising. */
  readonly levels: readonly { readonly level: number; readonly share: Share }[];
  /** On the split harder: one level beyond training, which may be a trained level of another task. */
  readonly harder: Share;
}

export interface ScoreOptions {
  readonly tasks: readonly Generator[];
  /** The first items of each benchmark; all 500 without it. */
  readonly limit?: number;
  /** Where answers are kept, so that an interrupted call goes on; removed at the end. */
  readonly work: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Evaluates the model in `folder` on the splits test and harder of each task. */
export async function scoreModel(
  folder: string,
  { tasks, limit, work, signal, onProgress }: ScoreOptions,
): Promise<TaskScore[]> {
  const names = tasks.flatMap(({ name }) => [proceduralName(name, 'test'), proceduralName(name, 'harder')]);
  const session = await openModel({ ref: folder });
  try {
    await evaluate(
      session,
      names.map((name) => BENCHMARKS[name]!),
      {
        out: work,
        ...(limit === undefined ? {} : { limit }),
        ...(signal ? { signal } : {}),
        ...(onProgress ? { onProgress } : {}),
      },
    );
  } finally {
    await session.close();
  }
  const scores = await Promise.all(tasks.map((task) => taskScore(task, work)));
  await remove(work);
  return scores;
}

async function taskScore(task: Generator, work: string): Promise<TaskScore> {
  const [test, harder] = await Promise.all(
    (['test', 'harder'] as const).map((split) =>
      samplesOf(join(work, 'samples'), proceduralName(task.name, split)),
    ),
  );
  const levels = [...new Set(test!.map(({ problem }) => problem!.level))].sort((a, b) => a - b);
  return {
    task,
    test: shareOf(test!),
    levels: levels.map((level) => ({
      level,
      share: shareOf(test!.filter(({ problem }) => problem!.level === level)),
    })),
    harder: shareOf(harder!),
  };
}

async function samplesOf(folder: string, name: string): Promise<Sample[]> {
  const text = await readText(join(folder, `${name}.jsonl`));
  const samples = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Sample);
  return samples.filter(({ outcome }) => outcome !== 'error');
}

/** Of samples that are no outage of the engine. */
function shareOf(samples: readonly Sample[]): Share {
  const { value, low, high, n } = proportionInterval(samples.map((sample) => sample.value));
  return { value, low, high, n };
}
