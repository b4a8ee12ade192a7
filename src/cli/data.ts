import type { Command } from 'commander';
import type { CliCommand } from './command.ts';
import { convertSubcommand } from './data-convert.ts';

/** In the order in which `carryover data --help` lists them. */
const SUBCOMMANDS: readonly ((parent: Command) => void)[] = [convertSubcommand];

/** `carryover data convert`: training data looked at and made ready. */
export const dataCommand: CliCommand = {
  name: 'data',
  summary: 'Training data: other formats',
  examples: [
    'carryover data convert --in tatsu-lab/alpaca --out alpaca.jsonl     # any source as rows of messages',
  ],
  configure: (command) => {
    for (const subcommand of SUBCOMMANDS) subcommand(command);
  },
};
