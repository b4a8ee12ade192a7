import type { CliCommand } from './command.ts';
import { doctorCommand } from './doctor.ts';
import { generateCommand } from './generate.ts';
import { reportCommand } from './report.ts';
import { runCommand } from './run.ts';
import { startCommand } from './start.ts';

/** Every command, in the order in which `carryover --help` lists them. */
export const COMMANDS: readonly CliCommand[] = [
  startCommand,
  runCommand,
  generateCommand,
  reportCommand,
  doctorCommand,
];
