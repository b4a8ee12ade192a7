import type { Command } from 'commander';
import type { CliCommand } from './command.ts';
import { convertSubcommand } from './data-convert.ts';
import { decontaminateSubcommand } from './data-decontaminate.ts';
import { dedupSubcommand } from './data-dedup.ts';
import { inspectSubcommand } from './data-inspect.ts';
import { mixSubcommand } from './data-mix.ts';
import { receiptSubcommand } from './data-receipt.ts';

/** In the order in which `carryover data --help` lists them. */
const SUBCOMMANDS: readonly ((parent: Command) => void)[] = [
  inspectSubcommand,
  receiptSubcommand,
  convertSubcommand,
  dedupSubcommand,
  decontaminateSubcommand,
  mixSubcommand,
];

/** `carryover data inspect|receipt|convert|dedup|decontaminate|mix`: training data looked at and made ready. */
export const dataCommand: CliCommand = {
  name: 'data',
  summary: 'Training data: tokens and masks, receipts, formats, duplicates, items of benchmarks, mixtures',
  examples: [
    'carryover data inspect rows.jsonl --model ./SmolLM2       # token by token, by role and supervision',
    'carryover data receipt runs/first                         # rows, tokens, drops by reason, licences, hashes',
    'carryover data dedup --in rows.jsonl --out unique.jsonl                     # the first of rows that say the same',
    'carryover data decontaminate --in rows.jsonl --against all --out clean.jsonl    # no items of benchmarks',
    'carryover data mix studies/mixture.yaml --tokens 100000          # rows, tokens, epochs, shares along the run',
    'carryover data convert --in tatsu-lab/alpaca --out alpaca.jsonl     # any source as rows of messages',
  ],
  configure: (command) => {
    for (const subcommand of SUBCOMMANDS) subcommand(command);
  },
};
