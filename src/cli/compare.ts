import { printText } from '../platform/terminal.ts';
import { compareSamples, comparisonText } from '../report/compare-samples.ts';
import { readEvaluation } from '../report/read-evaluation.ts';
import { reportJson } from '../report/report-json.ts';
import type { CliCommand } from './command.ts';

/** `carryover compare A B`: paired comparison of two evaluations of the same items. */
export const compareCommand: CliCommand = {
  name: 'compare',
  summary: 'Compare two evaluations item by item, with intervals and exact tests',
  examples: [
    'carryover compare runs/smollm2/evaluations/base-1 runs/smollm2/evaluations/mixed-1',
    'carryover compare before/samples/gsm8k.jsonl after/samples/gsm8k.jsonl --json',
  ],
  configure: (command) => {
    command
      .argument('<a>', 'samples file, or folder that "carryover eval --out" wrote')
      .argument('<b>', 'the same of what A is compared with; differences are B minus A')
      .option('--json', 'print the comparison as JSON')
      .action(async (a: string, b: string, options: { json?: boolean }) => {
        const [first, second] = await Promise.all([readEvaluation(a), readEvaluation(b)]);
        const rows = compareSamples(first, second);
        if (options.json) printText(reportJson({ a, b, benchmarks: rows }));
        else console.log(comparisonText(rows, a, b));
      });
  },
};
