import { benchmarksCommand } from './benchmarks.ts';
import type { CliCommand } from './command.ts';
import { compareCommand } from './compare.ts';
import { dataCommand } from './data.ts';
import { doctorCommand } from './doctor.ts';
import { evalCommand } from './eval.ts';
import { generateCommand } from './generate.ts';
import { pretrainCommand } from './pretrain.ts';
import { proceduralCommand } from './procedural.ts';
import { reportCommand } from './report.ts';
import { runCommand } from './run.ts';
import { scoreCommand } from './score.ts';
import { startCommand } from './start.ts';
import { trainCommand } from './train.ts';

/** Every command, in the order in which `carryover --help` lists them. */
export const COMMANDS: readonly CliCommand[] = [
  startCommand,
  runCommand,
  trainCommand,
  pretrainCommand,
  evalCommand,
  generateCommand,
  scoreCommand,
  benchmarksCommand,
  dataCommand,
  proceduralCommand,
  reportCommand,
  compareCommand,
  doctorCommand,
];
