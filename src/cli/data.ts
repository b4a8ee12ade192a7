import type { Command } from 'commander';
import type { CliCommand } from './command.ts';
import { inspectSubcommand } from './data-inspect.ts';
import { mixSubcommand } from './data-mix.ts';
import { receiptSubcommand } from './data-receipt.ts';

/** In the order in which `carryover data --help` lists them. */
const SUBCOMMANDS: readonly ((parent: Command) => void)[] = [
  inspectSubcommand,
  receiptSubcommand,
  mixSubcommand,
];

/** `carryover data inspect|receipt|mix`: training data looked at and made ready. */
export const dataCommand: CliCommand = {
  name: 'data',
  summary: 'Training data: look at tokens and masks, what became of every row, what a mixture comes to',
  examples: [
    'carryover data inspect rows.jsonl --model ./SmolLM2       # token by token, by role and supervision',
    'carryover data inspect runs/first --step 3                # packed rows as they are trained',
    'carryover data receipt runs/first                         # rows, tokens, drops by reason, licences, hashes',
    'carryover data mix studies/mixture.yaml --tokens 100000   # rows, tokens, epochs, shares along the run',
  ],
  configure: (command) => {
    for (const subcommand of SUBCOMMANDS) subcommand(command);
  },
};
