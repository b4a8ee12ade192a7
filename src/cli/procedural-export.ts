import type { Command } from 'commander';
import { exportChunks } from '../data/sources/procedural-source.ts';
import { writeAtomicChunks } from '../platform/files.ts';
import { printLine } from '../platform/terminal.ts';
import { findSplit, selectTasks } from '../procedural/select.ts';
import { SPLITS } from '../procedural/split.ts';
import { DEFAULT_SEED, ROW_LAYOUTS, type RowLayout, type RowsRequest } from '../procedural/training-rows.ts';
import { count, counted } from '../text/counts.ts';
import { knownName } from '../text/known-name.ts';
import { examplesText } from './examples-text.ts';
import { writtenTo } from './file-out.ts';
import { interruptible } from './interruptible.ts';
import { checkJsonlOut } from './jsonl-out.ts';
import { lateProgress } from './late-progress.ts';
import { numberOption, wholeNumber } from './number-option.ts';

interface Options {
  readonly n: number;
  readonly out: string;
  readonly split: string;
  readonly seed: number;
  readonly difficulty?: number;
  readonly layout: string;
}

export function exportSubcommand(parent: Command): void {
  parent
    .command('export')
    .description('Write problems as training data: JSONL in the messages format')
    .argument('<tasks>', 'names between commas, domain:DOMAIN, or all; several tasks take turns')
    .requiredOption('--n <rows>', 'rows in all', wholeNumber('--n'))
    .requiredOption('--out <file>', 'where they go, a .jsonl file')
    .option('--split <name>', `of ${SPLITS.join(', ')}`, 'train')
    .option('--seed <n>', 'other problems', numberOption('--seed', { least: 0, integer: true }), DEFAULT_SEED)
    .option(
      '--difficulty <level>',
      'one level of each task (default: the levels take turns)',
      numberOption('--difficulty', { least: 0, integer: true }),
    )
    .option(
      '--layout <name>',
      'worked: the solution before the answer; direct: the answer alone; asked: as the benchmark asks; both: in turn',
      'both',
    )
    .addHelpText(
      'after',
      examplesText([
        'carryover procedural export arithmetic --n 10000 --out sums.jsonl',
        'carryover procedural export domain:logical,arithmetic --n 20000 --layout worked --seed 1 --out mix.jsonl',
        'carryover train --model MODEL --data sums.jsonl --out out/sums     # the same as --data proc/arithmetic:10000',
      ]),
    )
    .action(act);
}

async function act(tasks: string, options: Options): Promise<void> {
  const { n, out, seed, difficulty } = options;
  const request: RowsRequest = {
    tasks: selectTasks(tasks.split(',')),
    split: findSplit(options.split),
    seed,
    layout: knownName<RowLayout>(
      options.layout,
      ROW_LAYOUTS,
      'layout',
      `Layouts: ${ROW_LAYOUTS.join(', ')}.`,
    ),
    rows: n,
    ...(difficulty === undefined ? {} : { levels: [difficulty] }),
  };
  const replaced = await checkJsonlOut(out);
  const view = lateProgress();
  const show = (done: number): void => view.show({ done, total: n, unit: 'rows', note: out });
  try {
    await interruptible((signal) => writeAtomicChunks(out, exportChunks(request, show, signal)));
  } finally {
    view.close();
  }
  const names = request.tasks.map((task) => task.name);
  const of = names.length > 8 ? counted(names.length, 'task') : names.join(', ');
  printLine(
    `${counted(n, 'row')} of ${of}, split ${request.split}, seed ${count(seed)}: ${writtenTo(out, replaced)}`,
  );
}
