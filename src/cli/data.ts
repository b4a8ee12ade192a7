import type { Command } from 'commander';
import type { CliCommand } from './command.ts';
import { decontaminateSubcommand } from './data-decontaminate.ts';
import { dedupSubcommand } from './data-dedup.ts';

/** In the order in which `carryover data --help` lists them. */
const SUBCOMMANDS: readonly ((parent: Command) => void)[] = [dedupSubcommand, decontaminateSubcommand];

/** `carryover data dedup|decontaminate`: what is done to training data, each usable alone on a file. */
export const dataCommand: CliCommand = {
  name: 'data',
  summary: 'Training data: remove duplicates and what benchmarks ask',
  examples: [
    'carryover data dedup --in rows.jsonl --out unique.jsonl',
    'carryover data decontaminate --in unique.jsonl --against gsm8k,minerva_math --out clean.jsonl',
  ],
  configure: (command) => {
    for (const add of SUBCOMMANDS) add(command);
  },
};
