/** `carryover start` (what `npm start` runs): the study in the box on the model in the box, and then its report. */
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { packagePath, pathFrom } from '../platform/package-folder.ts';
import { isAttended, printLine, sayLine } from '../platform/terminal.ts';
import { carryOut } from './carry-out.ts';
import type { CliCommand } from './command.ts';
import { commandName, startAgain } from './invocation.ts';
import { numberOption } from './number-option.ts';
import { DEFAULT_PORT, portOption, serveReport } from './serve-report.ts';
import { introLines, nextSteps, nextStepsHelp } from './start-text.ts';

/** Far beyond need, and seeds stay whole numbers. */
const LARGEST_SEED = 1_000_000;

interface StartFlags {
  readonly seed: number;
  readonly out?: string;
  readonly port?: number;
  readonly serve: boolean;
  readonly json?: boolean;
}

export const startCommand: CliCommand = startOf(packagePath('studies', 'quickstart.yaml'));

/** The command for a study file; the package's own one in every use but tests. */
export function startOf(study: string): CliCommand {
  return {
    name: 'start',
    summary: 'Begin here: a whole small study on the built-in model, and its report in the browser',
    examples: [
      'npm start                                # in a clone; elsewhere: carryover start',
      'npm start                                # again: goes on after Ctrl-C, or shows the finished report',
      'npm start -- --seed 1                    # the same study with other seeds, in a folder of its own',
      'npm start -- --no-serve --out runs/mine  # ends when the report is written',
    ],
    configure: (command) => {
      command
        .option(
          '--seed <n>',
          "moves the study's seeds on: no two numbers share a seed",
          numberOption('--seed', { least: 0, most: LARGEST_SEED, integer: true }),
          0,
        )
        .option(
          '--out <folder>',
          'run folder (default: runs/quickstart, with --seed N runs/quickstart-seed-N)',
        )
        .option(
          '--port <n>',
          `where the report is served (default: ${DEFAULT_PORT}); when taken, on a free one`,
          portOption,
        )
        .option(
          '--no-serve',
          'end when the report is written (always so without a terminal, and where CI is set)',
        )
        .option('--json', 'print events as JSON, and end with the run')
        .addHelpText('after', nextStepsHelp())
        .action((flags: StartFlags) => start(study, flags));
    },
  };
}

async function start(study: string, flags: StartFlags): Promise<void> {
  checkFlags(flags);
  const { seed, json = false } = flags;
  const out = flags.out ?? join('runs', seed === 0 ? 'quickstart' : `quickstart-seed-${seed}`);
  const again = startAgain();
  if (!json) sayLine('Reading the model, the data and the benchmarks ...');
  const page = await carryOut({
    study: pathFrom(study),
    out,
    json,
    resume: again,
    ...(seed === 0 ? {} : { seeds: { shift: seed } }),
    onPrepared: (prepared) => {
      if (!json) for (const line of introLines(prepared, again)) sayLine(line);
    },
  });
  if (json) return;
  printLine(`\n${nextSteps(commandName(), startAgain(['--help']))}`);
  if (flags.serve && isAttended()) await serveReport(page, flags.port);
}

function checkFlags({ port, serve, json }: StartFlags): void {
  if (port === undefined || (serve && !json)) return;
  throw new UserError(`--port has no effect with ${serve ? '--json' : '--no-serve'}`, {
    remedy: 'Give one of them.',
  });
}
