import type { Command } from 'commander';
import { sleep } from '../platform/clock.ts';
import { printLine, sayLine } from '../platform/terminal.ts';
import { type AuditRow, audit, TOLERANCE } from '../procedural/audit.ts';
import { GENERATORS } from '../procedural/index.ts';
import { findTask } from '../procedural/select.ts';
import { counted } from '../text/counts.ts';
import { textTable } from '../text/text-table.ts';
import { examplesText } from './examples-text.ts';
import { numberOption } from './number-option.ts';

/** Fewer draws would raise false alarms: at 1,000 a guesser at chance 1/2 lies 3 points above it once in 35 times. */
const LEAST_DRAWS = 1000;
const DRAWS = 4000;

interface Options {
  readonly draws: number;
  readonly json?: boolean;
}

export function auditSubcommand(parent: Command): void {
  parent
    .command('audit')
    .description(
      'What guessers score that read no problem; ends with 1 when one is more than 3 points above chance',
    )
    .argument('[name]', 'one task, with every guesser (default: all tasks, each with its best guesser)')
    .option(
      '--draws <n>',
      'problems to learn from, and as many to be scored on',
      numberOption('--draws', { least: LEAST_DRAWS, integer: true }),
      DRAWS,
    )
    .option('--json', 'print every row as JSON')
    .addHelpText(
      'after',
      examplesText([
        'carryover procedural audit',
        'carryover procedural audit deduction --draws 20000 --json',
      ]),
    )
    .action(act);
}

async function act(name: string | undefined, { draws, json }: Options): Promise<void> {
  const tasks = name === undefined ? Object.values(GENERATORS) : [findTask(name)];
  const rows: AuditRow[] = [];
  for (const [done, task] of tasks.entries()) {
    if (tasks.length > 1) sayLine(`${task.name} (${done + 1} of ${tasks.length})`);
    rows.push(...audit(task, draws));
    await sleep(0);
  }
  const over = rows.filter((row) => row.binding && !row.within);
  if (json) printLine(JSON.stringify({ draws, tolerance: TOLERANCE, rows, shortcuts: over.length }, null, 2));
  else printLine(name === undefined ? summary(rows) : table(rows));
  if (over.length === 0) return;
  sayLine(
    `${counted(over.length, 'shortcut')}: ${over.map((row) => `${row.generator} by ${row.guesser}`).join('; ')}`,
  );
  process.exitCode = 1;
}

const share = (value: number): string => value.toFixed(3);

function verdict({ binding, within }: AuditRow): string {
  if (!binding) return 'for information';
  return within ? 'ok' : 'SHORTCUT';
}

/** Every guesser of one task. */
function table(rows: readonly AuditRow[]): string {
  const head = ['guesser', 'score', 'chance', 'above', ''];
  const lines = rows.map((row) => [
    row.guesser,
    share(row.score),
    share(row.chance),
    share(row.score - row.chance),
    verdict(row),
  ]);
  return textTable([head, ...lines], new Set([1, 2, 3])).join('\n');
}

/** The best binding guesser of each task. */
function summary(rows: readonly AuditRow[]): string {
  const best = new Map<string, AuditRow>();
  for (const row of rows) {
    const known = best.get(row.generator);
    if (row.binding && (known === undefined || row.score > known.score)) best.set(row.generator, row);
  }
  const head = ['task', 'best guesser', 'score', 'chance', 'above', ''];
  const lines = [...best.values()].map((row) => [
    row.generator,
    row.guesser,
    share(row.score),
    share(row.chance),
    share(row.score - row.chance),
    verdict(row),
  ]);
  return textTable([head, ...lines], new Set([2, 3, 4])).join('\n');
}
