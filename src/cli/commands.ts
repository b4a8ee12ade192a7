import type { CliCommand } from './command.ts';
import { generateCommand } from './generate.ts';

/** Every command, in the order in which `carryover --help` lists them. */
export const COMMANDS: readonly CliCommand[] = [generateCommand];
