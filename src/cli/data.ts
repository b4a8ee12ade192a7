import type { Command } from 'commander';
import type { CliCommand } from './command.ts';
import { convertSubcommand } from './data-convert.ts';
import { mixSubcommand } from './data-mix.ts';

/** In the order in which `carryover data --help` lists them. */
const SUBCOMMANDS: readonly ((parent: Command) => void)[] = [mixSubcommand, convertSubcommand];

/** `carryover data mix|convert`: training data looked at and made ready. */
export const dataCommand: CliCommand = {
  name: 'data',
  summary: 'Training data: what a mixture of sources comes to, and any source in another format',
  examples: [
    'carryover data mix studies/mixture.yaml --tokens 100000          # rows, tokens, epochs, shares along the run',
    'carryover data mix studies/mixture.yaml --tokens 100000 --out mix.jsonl     # its rows in their order',
    'carryover data convert --in tatsu-lab/alpaca --out alpaca.jsonl     # any source as rows of messages',
  ],
  configure: (command) => {
    for (const subcommand of SUBCOMMANDS) subcommand(command);
  },
};
