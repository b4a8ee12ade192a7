/** The live view as text: what is drawn for a state, a time and a width. */
import { printDuration } from '../../text/duration.ts';
import { type RunView, runLeft, type Status, type StepView, stepLeft, tokenRate } from './progress-state.ts';

/** A row of the table: an arm under a seed and the steps that lead to its samples. */
export interface ViewRow {
  readonly name: string;
  readonly cells: readonly { readonly title: string; readonly step: string }[];
}

const MARKS: { readonly [Key in Exclude<Status, 'running'>]: string } = {
  waiting: '·',
  finished: '✓',
  restored: '✓',
  failed: '✗',
  skipped: '-',
};

/** The whole frame; no line is wider than `width`. */
export function drawFrame(view: RunView, rows: readonly ViewRow[], at: number, width: number): string {
  const nameWidth = Math.max(0, ...rows.map(({ name }) => name.length));
  const lines = [headline(view, at), ''];
  for (const { name, cells } of rows) {
    const parts = cells.map(({ title, step }) => `${title} ${cellMark(view.steps.get(step))}`);
    lines.push(`  ${name.padEnd(nameWidth)}  ${parts.join('   ')}`);
  }
  for (const one of view.steps.values()) {
    if (one.status === 'running') lines.push('', one.step.label, `  ${progressLine(one, at)}`);
  }
  return lines.map((line) => cut(line, width)).join('\n');
}

function headline(view: RunView, at: number): string {
  const all = [...view.steps.values()];
  const done = all.filter(({ status }) => status === 'finished' || status === 'restored').length;
  const left = done < all.length ? runLeft(view, at) : undefined;
  const eta = left === undefined ? '' : `, about ${printDuration(left)} left`;
  return `${view.study}: ${done} of ${all.length} steps, ${printDuration(at - view.startedAt)} so far${eta}`;
}

function cellMark(one: StepView | undefined): string {
  if (!one) return '·';
  if (one.status !== 'running') return MARKS[one.status];
  const { last } = one;
  return last && last.progress.total > 0 ? `${percent(last.progress)} %` : '▸';
}

function percent({ done, total }: { done: number; total: number }): number {
  return Math.floor((100 * done) / total);
}

/** Bar, count, speed, loss and remaining time of a running step, as far as they are known. */
export function progressLine(one: StepView, at: number): string {
  const progress = one.last?.progress;
  if (!progress) return 'starting';
  const parts = [
    bar(progress.done, progress.total),
    `${progress.done} of ${progress.total} ${progress.unit}`,
  ];
  const rate = tokenRate(one);
  if (rate !== undefined) parts.push(`${Math.round(rate)} tokens/s`);
  if (progress.loss !== undefined) parts.push(`loss ${progress.loss.toFixed(3)}`);
  const left = stepLeft(one, at);
  if (left !== undefined) parts.push(`${printDuration(left)} left`);
  if (progress.note) parts.push(progress.note);
  return parts.join('  ');
}

const BAR = 20;

function bar(done: number, total: number): string {
  const filled = total > 0 ? Math.min(BAR, Math.round((BAR * done) / total)) : 0;
  return '█'.repeat(filled) + '░'.repeat(BAR - filled);
}

function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}
