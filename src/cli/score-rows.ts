/** Whether the rows of `carryover score` can be scored: asked of all of them before the first is. */
import { fileRows } from '../data/sources/read-rows.ts';
import { rowError, type SourceRow } from '../data/sources/row.ts';
import { UserError } from '../errors.ts';
import { sleep } from '../platform/clock.ts';
import type { ScoringTask } from '../scoring/tasks.ts';
import { counted } from '../text/counts.ts';
import { nearest } from '../text/nearest.ts';

/** Mistakes that are listed at most. */
const LISTED = 20;

/** Rows between two looks at the signal. */
export const PAUSE_EVERY = 256;

/**
 * Why an output ended, as `carryover generate` and servers with OpenAI's interface say it (platform.openai.com,
 * `finish_reason`). What a filter took away is missing at the end, as with a token limit.
 */
const FINISHES: Readonly<Record<string, 'whole' | 'cut'>> = {
  stop: 'whole',
  eos: 'whole',
  tool_calls: 'whole',
  function_call: 'whole',
  length: 'cut',
  content_filter: 'cut',
};

/** Whether the row says that its output was cut. */
export function isCut({ values: { finish } }: SourceRow): boolean {
  return typeof finish === 'string' && FINISHES[finish] === 'cut';
}

/** What is wrong with a row; empty when it can be scored. */
export async function rowFaults(task: ScoringTask, row: SourceRow): Promise<readonly UserError[]> {
  const { output, target, finish } = row.values;
  const faults: UserError[] = [];
  if (typeof output !== 'string') {
    const what = output === undefined ? 'is missing' : output === null ? 'is null' : 'is not a text';
    faults.push(rowError(row, `"output" ${what}.`, 'Each row needs {id, output, target}.'));
  }
  const absent = target === undefined ? '"target" is missing.' : target === null ? '"target" is null.' : null;
  const fault = absent ?? (await task.fault(target));
  if (fault !== null) faults.push(rowError(row, fault, `"target" is ${task.target}.`));
  const known = typeof finish === 'string' && Object.hasOwn(FINISHES, finish);
  if (finish !== undefined && finish !== null && !known) {
    const near = typeof finish === 'string' ? nearest(finish, Object.keys(FINISHES)) : undefined;
    const hint = near ? `Did you mean "${near}"? ` : '';
    const all = Object.keys(FINISHES).join(', ');
    const remedy = `${hint}"length" marks an output that was cut; known are ${all}, null, or no "finish".`;
    faults.push(rowError(row, `"finish" is ${JSON.stringify(finish)}.`, remedy));
  }
  return faults;
}

/**
 * Reads the whole file and gives its number of rows. Throws UserError with all mistakes and their places, the first
 * `LISTED` of them in full; a line that is no JSON is the last that is found.
 */
export async function checkRows(task: ScoringTask, file: string, signal: AbortSignal): Promise<number> {
  const found: UserError[] = [];
  let mistakes = 0;
  let rows = 0;
  const note = (error: UserError): void => {
    if (mistakes++ < LISTED) found.push(error);
  };
  try {
    for await (const row of fileRows({ local: file, shown: file })) {
      if (++rows % PAUSE_EVERY === 0) await sleep(0, signal);
      for (const fault of await rowFaults(task, row)) note(fault);
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    note(error);
  }
  if (mistakes > 0) throw mistakes === 1 ? found[0]! : mistakesIn(file, found, mistakes);
  if (rows === 0) throw new UserError('The file holds no rows.', { place: { file } });
  return rows;
}

/** One message for all, each remedy once. */
function mistakesIn(file: string, found: readonly UserError[], mistakes: number): UserError {
  const more = mistakes > found.length ? `, the first ${found.length} of them` : '';
  const lines = found.map(
    (error) => `  ${new UserError(error.message, error.place ? { place: error.place } : {})}`,
  );
  const remedies = new Set(found.flatMap(({ remedy }) => (remedy ? [remedy] : [])));
  return new UserError(`${counted(mistakes, 'mistake')}${more}; nothing was scored:\n${lines.join('\n')}`, {
    place: { file },
    remedy: [...remedies].join('\n  '),
  });
}
