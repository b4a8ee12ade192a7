import type { Command } from 'commander';
import type { CliCommand } from './command.ts';
import { convertSubcommand } from './data-convert.ts';
import { decontaminateSubcommand } from './data-decontaminate.ts';
import { dedupSubcommand } from './data-dedup.ts';
import { mixSubcommand } from './data-mix.ts';

/** In the order in which `carryover data --help` lists them. */
const SUBCOMMANDS: readonly ((parent: Command) => void)[] = [
  convertSubcommand,
  dedupSubcommand,
  decontaminateSubcommand,
  mixSubcommand,
];

/** `carryover data convert|dedup|decontaminate|mix`: training data looked at and made ready. */
export const dataCommand: CliCommand = {
  name: 'data',
  summary: 'Training data: other formats, duplicates, items of benchmarks in it, what a mixture comes to',
  examples: [
    'carryover data dedup --in rows.jsonl --out unique.jsonl                     # the first of rows that say the same',
    'carryover data decontaminate --in rows.jsonl --against all --out clean.jsonl    # no items of benchmarks',
    'carryover data mix studies/mixture.yaml --tokens 100000          # rows, tokens, epochs, shares along the run',
    'carryover data mix studies/mixture.yaml --tokens 100000 --out mix.jsonl     # its rows in their order',
    'carryover data convert --in tatsu-lab/alpaca --out alpaca.jsonl     # any source as rows of messages',
  ],
  configure: (command) => {
    for (const subcommand of SUBCOMMANDS) subcommand(command);
  },
};
