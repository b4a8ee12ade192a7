import { UserError } from '../errors.ts';
import { printText } from '../platform/terminal.ts';
import { reportJson } from '../report/report-json.ts';
import { summariseReport } from '../report/summarise-report.ts';
import { writeReport } from '../report/write-report.ts';
import type { CliCommand } from './command.ts';
import { DEFAULT_PORT, portOption, serveReport } from './serve-report.ts';

interface Options {
  readonly json?: boolean;
  readonly serve?: boolean;
  readonly port?: number;
}

/** `carryover report RUN`: makes the report again from the stored samples; needs no model. */
export const reportCommand: CliCommand = {
  name: 'report',
  summary: 'Make the report of a run again from its stored samples',
  examples: [
    'carryover report runs/smollm2           # writes report.json, report.md and report/index.html',
    'carryover report runs/smollm2 --json    # the same, and prints report.json',
    'carryover report runs/smollm2 --serve   # the same, and shows the page at an address of this machine',
  ],
  configure: (command) => {
    command
      .argument('<run>', 'folder that "carryover run" wrote')
      .option('--json', 'print the report as JSON instead of the summary')
      .option('--serve', 'serve the page on 127.0.0.1 until q, Ctrl-C or a signal')
      .option(
        '--port <n>',
        `with --serve: where (default: ${DEFAULT_PORT}); when taken, on a free one`,
        portOption,
      )
      .action(async (run: string, options: Options) => {
        checkOptions(options);
        const { report, html } = await writeReport(run);
        if (options.json) printText(reportJson(report));
        else console.log(`${summariseReport(report)}\n\nReport: ${html}`);
        if (options.serve) await serveReport(html, options.port);
      });
  },
};

function checkOptions({ json, serve, port }: Options): void {
  if (json && serve)
    throw new UserError('--json and --serve do not go together', { remedy: 'Give one of them.' });
  if (port !== undefined && !serve) throw new UserError('--port has no effect without --serve');
}
