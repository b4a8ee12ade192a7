import type { Command } from 'commander';
import type { CliCommand } from './command.ts';
import { decontaminateSubcommand } from './data-decontaminate.ts';
import { dedupSubcommand } from './data-dedup.ts';
import { mixSubcommand } from './data-mix.ts';

/** In the order in which `carryover data --help` lists them. */
const SUBCOMMANDS: readonly ((parent: Command) => void)[] = [
  dedupSubcommand,
  decontaminateSubcommand,
  mixSubcommand,
];

/** `carryover data dedup|decontaminate|mix`: training data looked at and made ready. */
export const dataCommand: CliCommand = {
  name: 'data',
  summary: 'Training data: duplicates, items of benchmarks in it, what a mixture of sources comes to',
  examples: [
    'carryover data dedup --in rows.jsonl --out unique.jsonl                     # the first of rows that say the same',
    'carryover data decontaminate --in rows.jsonl --against all --out clean.jsonl    # no items of benchmarks',
    'carryover data mix studies/mixture.yaml --tokens 100000          # rows, tokens, epochs, shares along the run',
    'carryover data mix studies/mixture.yaml --tokens 100000 --out mix.jsonl     # its rows in their order',
  ],
  configure: (command) => {
    for (const subcommand of SUBCOMMANDS) subcommand(command);
  },
};
