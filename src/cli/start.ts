/** `carryover start` (what `npm start` runs): says what one can do here, and ends. */
import { exists } from '../platform/files.ts';
import { printLine } from '../platform/terminal.ts';
import type { CliCommand } from './command.ts';

export const startCommand: CliCommand = {
  name: 'start',
  summary: 'Say how to begin',
  examples: ['carryover start'],
  configure: (command) => {
    command.action(async () => printLine(await welcome()));
  },
};

async function welcome(): Promise<string> {
  const self = (await exists('bin/carryover.js')) ? 'node bin/carryover.js' : 'carryover';
  return [
    'Carryover: does teaching a language model mathematics make it reason better elsewhere?',
    '',
    'It fine-tunes a model of yours under several strategies, evaluates every result on benchmarks of six domains',
    'and reports, with paired statistics, what carried over and what was forgotten.',
    '',
    '1. See whether this machine is ready:',
    `     ${self} doctor`,
    '2. Look at the plan of a study with your model (a .gguf file or a folder in Hugging Face layout):',
    `     ${self} run studies/smollm2.yaml --model MODEL --limit 24 --dry-run`,
    '3. Run it. Ctrl-C stops it cleanly, and the same command goes on:',
    `     ${self} run studies/smollm2.yaml --model MODEL --limit 24`,
    '',
    `Everything else: ${self} --help`,
  ].join('\n');
}
