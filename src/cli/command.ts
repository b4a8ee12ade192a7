/** A command of the command line: data and a `run`. One file each in src/cli/; the registry is in commands.ts. */
import type { Command } from 'commander';

export interface CliCommand {
  readonly name: string;
  /** One line for `carryover --help`. */
  readonly summary: string;
  /** Shown after the options in `carryover NAME --help`: two to four real command lines with a comment each. */
  readonly examples: readonly string[];
  /** Declares arguments and options on the commander command and sets its action. */
  readonly configure: (command: Command) => void;
}
