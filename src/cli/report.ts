import { reportJson } from '../report/report-json.ts';
import { summariseReport } from '../report/summarise-report.ts';
import { writeReport } from '../report/write-report.ts';
import type { CliCommand } from './command.ts';

/** `carryover report RUN`: makes the report again from the stored samples; needs no model. */
export const reportCommand: CliCommand = {
  name: 'report',
  summary: 'Make the report of a run again from its stored samples',
  examples: [
    'carryover report runs/smollm2           # writes report.json, report.md and report/index.html',
    'carryover report runs/smollm2 --json    # the same, and prints report.json',
  ],
  configure: (command) => {
    command
      .argument('<run>', 'folder that "carryover run" wrote')
      .option('--json', 'print the report as JSON instead of the summary')
      .action(async (run: string, options: { json?: boolean }) => {
        const { report, html } = await writeReport(run);
        if (options.json) process.stdout.write(reportJson(report));
        else console.log(`${summariseReport(report)}\n\nReport: ${html}`);
      });
  },
};
