/**
 * Procedural training data on the command line: `proc/NAME`, `proc/domain:DOMAIN` or `proc/all`, each with `:ROWS` after
 * it where it shall not be 10,000.
 */
import { UserError } from '../errors.ts';
import { selectTasks } from '../procedural/select.ts';
import type { ProceduralSource } from './source-spec.ts';

/** Null for text that does not begin with `proc/`. Throws UserError for tasks that do not exist. */
export function proceduralArgument(text: string): ProceduralSource | null {
  if (!text.startsWith('proc/')) return null;
  const [, tasks = '', split, rows] =
    /^proc\/((?:domain:)?[^:@]*)(?:@([^:]*))?(?::([1-9]\d{0,8}))?$/.exec(text) ?? [];
  if (split !== undefined) {
    throw new UserError(`Cannot read the data "${text}": a model is trained on the split train alone.`, {
      remedy: `Write proc/${tasks}. The other splits are for evaluation: --benchmarks ${text}.`,
    });
  }
  if (tasks === '') {
    throw new UserError(`Cannot read the data "${text}": it is not proc/TASK or proc/TASK:ROWS.`, {
      remedy: 'For example: --data proc/arithmetic, --data proc/domain:logical:20000, --data proc/all.',
    });
  }
  selectTasks([tasks]);
  return { procedural: [tasks], ...(rows === undefined ? {} : { rows: Number(rows) }) };
}
