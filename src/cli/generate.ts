import { Option } from 'commander';
import type { GenerateResult, Sampling } from '../engine/engine.ts';
import { openModel } from '../engine/open-engine.ts';
import { UserError } from '../errors.ts';
import { onInterrupt } from '../platform/signals.ts';
import type { CliCommand } from './command.ts';
import { MODEL_HELP } from './model-help.ts';
import { numberOption } from './number-option.ts';

interface Options {
  readonly model: string;
  readonly adapter?: string;
  readonly prompt: string;
  readonly chat?: boolean;
  readonly maxTokens: number;
  readonly temperature: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly seed: number;
  readonly stop: readonly string[];
  readonly json?: boolean;
}

/** `carryover generate --model REF --prompt TEXT`: lets a model continue a text. */
export const generateCommand: CliCommand = {
  name: 'generate',
  summary: 'Let a model continue a text',
  examples: [
    'carryover generate --model model.gguf --prompt "The capital of France is"      # greedy',
    'carryover generate --model model.gguf --chat --prompt "What is 12 + 30?"      # as a question to the assistant',
    'carryover generate --model out/math --prompt "Q: 2+2=" --stop "\\n" --json    # stop at the end of the line',
    'carryover generate --model model.gguf --prompt "Once" --temperature 0.8 --top-p 0.95 --seed 7',
  ],
  configure: (command) => {
    command
      .requiredOption('--model <ref>', MODEL_HELP)
      .option('--adapter <folder>', 'PEFT adapter to put on the model')
      .requiredOption('--prompt <text>', 'what to continue')
      .option('--chat', "ask the prompt as a user's message through the model's chat template")
      .option(
        '--max-tokens <n>',
        'most tokens to write',
        numberOption('--max-tokens', { least: 1, integer: true }),
        128,
      )
      .option(
        '--temperature <t>',
        '0 is greedy; 1 draws from the model as it is',
        numberOption('--temperature', { least: 0 }),
        0,
      )
      .option(
        '--top-p <p>',
        'draw from the likeliest tokens that together have this probability',
        numberOption('--top-p', { least: 0, most: 1 }),
      )
      .option(
        '--top-k <k>',
        'draw from the k likeliest tokens',
        numberOption('--top-k', { least: 1, integer: true }),
      )
      .option(
        '--seed <n>',
        'equal seeds give equal texts',
        numberOption('--seed', { least: 0, integer: true }),
        0,
      )
      .addOption(
        new Option('--stop <text>', 'end before this text; may be given several times, \\n is a line break')
          .argParser((text, before: readonly string[]) => [...before, text.replaceAll('\\n', '\n')])
          .default([], 'none'),
      )
      .option('--json', 'print {model, text, finish, tokens} as JSON')
      .action(generateOnce);
  },
};

async function generateOnce(options: Options): Promise<void> {
  const { temperature, topP, topK, seed, maxTokens, stop } = options;
  if (temperature === 0 && (topP !== undefined || topK !== undefined))
    throw new UserError('--top-p and --top-k have no effect without a temperature', {
      remedy: 'Add for example --temperature 1, or leave them out for greedy decoding.',
    });
  const sampling: Sampling = {
    temperature,
    seed,
    ...(topP === undefined ? {} : { topP }),
    ...(topK === undefined ? {} : { topK }),
  };
  const { model, adapter } = options;
  const session = await openModel({ ref: model, ...(adapter === undefined ? {} : { adapter }) });
  const interrupt = new AbortController();
  const release = onInterrupt(() => interrupt.abort());
  try {
    const prompt = options.chat
      ? session.renderChat([{ role: 'user', content: options.prompt }], { addGenerationPrompt: true })
      : options.prompt;
    const results: GenerateResult[] = [];
    await session.generate([{ id: 'prompt', prompt, stop, maxTokens }], {
      onResult: (result) => results.push(result),
      signal: interrupt.signal,
      sampling,
    });
    const [result] = results;
    if (!result) throw new Error('the engine gave no result');
    if (options.json) {
      const { text, finish, tokens } = result;
      console.log(JSON.stringify({ model: session.description.name, text, finish, tokens }));
    } else console.log(result.text);
  } finally {
    release();
    await session.close();
  }
}
