/** `carryover run STUDY.yaml`: the whole way from a study file to a report. */
import type { Command } from 'commander';
import { UserError } from '../errors.ts';
import { studyPath } from '../platform/package-folder.ts';
import { printLine, sayLine } from '../platform/terminal.ts';
import { planWarnings } from '../study/plan-warnings.ts';
import { prepareRun } from '../study/prepare-run.ts';
import { printPlan } from '../study/print-plan.ts';
import { checkRunFolder, lookAhead } from '../study/run-study.ts';
import type { SeedChoice } from '../study/seed-choice.ts';
import { stepsAheadText } from '../study/steps-ahead.ts';
import { carryOut } from './carry-out.ts';
import type { CliCommand } from './command.ts';
import { commandName, quoted } from './invocation.ts';
import { MODEL_HELP } from './model-help.ts';
import { wholeNumber } from './number-option.ts';
import { seedsOption, seedsText } from './seeds-option.ts';

interface RunFlags {
  readonly model?: string;
  readonly out?: string;
  readonly seeds?: SeedChoice;
  readonly limit?: number;
  readonly executor: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** The file in the box that the help and messages name. */
const EXAMPLE = quoted(studyPath('smollm2.yaml'));

export const runCommand: CliCommand = {
  name: 'run',
  summary: 'Carry out a study: train every arm, evaluate it, write the report. Run again to resume',
  examples: [
    '# what would be done, with token counts and a time estimate',
    `carryover run ${EXAMPLE} --model SmolLM2-135M-Instruct.gguf --dry-run`,
    '# the first 24 items of each benchmark, into a folder of its own',
    `carryover run ${EXAMPLE} --model SmolLM2-135M-Instruct.gguf --limit 24 --out runs/first`,
    '# interrupted or killed: the same command goes on',
    `carryover run ${EXAMPLE} --model SmolLM2-135M-Instruct.gguf --limit 24 --out runs/first`,
  ],
  configure: (command) => configure(command),
};

function configure(command: Command): void {
  command
    .argument('<study>', 'a study file (YAML)')
    .option('--model <ref>', `model to start from: ${MODEL_HELP}`)
    .option('--out <folder>', 'run folder (default: runs/<name of the study>)')
    .option(
      '--seeds <seeds>',
      "instead of the study's seeds: those listed (3,4), or a count n: its first one and the n - 1 whole numbers after it",
      seedsOption,
    )
    .option('--limit <n>', 'only the first n items of each benchmark', wholeNumber('--limit'))
    .option(
      '--executor <name>',
      'where the steps run: local, one after another on this machine (there is no other yet)',
      'local',
    )
    .option('--dry-run', 'print the plan, and what of it the run folder holds already; do nothing')
    .option('--json', 'print events (or the plan) as JSON')
    .action((study: string, flags: RunFlags) => act(study, flags));
}

async function act(study: string, flags: RunFlags): Promise<void> {
  checkExecutor(flags.executor);
  if (!flags.json) sayLine('reading the model, the data and the benchmarks ...');
  if (flags.dryRun) {
    await dryRun(study, flags);
    return;
  }
  const resume = resumeCommand(study, flags);
  await carryOut({ ...flags, study, json: flags.json ?? false, resume });
}

async function dryRun(study: string, flags: RunFlags): Promise<void> {
  if (flags.out !== undefined) await checkRunFolder(flags.out);
  const prepared = await prepareRun(study, flags);
  const { plan, figures } = prepared;
  const ahead = await lookAhead(flags, prepared);
  if (flags.json) {
    const data = Object.fromEntries(figures.data);
    const shown = {
      steps: plan.steps,
      runs: plan.runs,
      figures: { ...figures, data },
      warnings: planWarnings(plan),
      ...(ahead && { ahead }),
    };
    printLine(JSON.stringify(shown, null, 2));
    return;
  }
  printLine(printPlan(plan, figures));
  if (ahead) printLine(`\n${stepsAheadText(ahead.steps, ahead.folder)}`);
}

function checkExecutor(name: string): void {
  if (name === 'local') return;
  const later = name === 'slurm' || name === 'ray';
  throw new UserError(later ? `the executor ${name} does not exist yet` : `there is no executor ${name}`, {
    remedy: 'Leave --executor out: steps run on this machine.',
  });
}

/** The command line that goes on with this run. */
function resumeCommand(study: string, { model, out, seeds, limit }: RunFlags): string {
  const values = { model, out, seeds: seeds && seedsText(seeds), limit };
  const flags = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, quoted(String(value))],
  );
  return [commandName(), 'run', quoted(study), ...flags].join(' ');
}
