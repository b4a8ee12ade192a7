import type { CliCommand } from './command.ts';

/** Every command, in the order in which `carryover --help` lists them. */
export const COMMANDS: readonly CliCommand[] = [];
