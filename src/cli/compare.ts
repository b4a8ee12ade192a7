import { printLine, printText } from '../platform/terminal.ts';
import { compareSamples, comparisonText } from '../report/compare-samples.ts';
import { readEvaluation } from '../report/read-evaluation.ts';
import { reportJson } from '../report/report-json.ts';
import type { CliCommand } from './command.ts';
import { itemsText, itemsThatChanged } from './compare-items.ts';
import { wholeNumber } from './number-option.ts';

/** `carryover compare A B`: paired comparison of two evaluations of the same items. */
export const compareCommand: CliCommand = {
  name: 'compare',
  summary: 'Compare two evaluations item by item, with intervals and exact tests',
  examples: [
    'carryover compare runs/smollm2/evaluations/base-1 runs/smollm2/evaluations/mixed-1',
    'carryover compare before after --items 5   # and the first items that were won, lost or ended otherwise',
    'carryover compare before/samples/gsm8k.jsonl after/samples/gsm8k.jsonl --json',
  ],
  configure: (command) => {
    command
      .argument('<a>', 'samples file, or folder that "carryover eval --out" wrote')
      .argument('<b>', 'the same of what A is compared with; differences are B minus A')
      .option(
        '--items <n>',
        'also the first n items of each benchmark that ended otherwise, with question, answers and reference',
        wholeNumber('--items'),
      )
      .option('--json', 'print the comparison as JSON')
      .action(async (a: string, b: string, options: { items?: number; json?: boolean }) => {
        const [first, second] = await Promise.all([readEvaluation(a), readEvaluation(b)]);
        const rows = compareSamples(first, second);
        const { items: limit } = options;
        const changed = limit === undefined ? undefined : await itemsThatChanged(first, second, limit);
        if (options.json) printText(reportJson({ a, b, benchmarks: rows, ...(changed && { changed }) }));
        else printLine([comparisonText(rows, a, b), ...(changed ? [itemsText(changed)] : [])].join('\n\n'));
      });
  },
};
