import { Option } from 'commander';
import type { GenerateResult } from '../engine/engine.ts';
import { openModel } from '../engine/open-engine.ts';
import { onInterrupt } from '../platform/signals.ts';
import { sayLine } from '../platform/terminal.ts';
import { type AdapterOptions, addAdapterOptions, modelOf } from './adapter-options.ts';
import type { CliCommand } from './command.ts';
import { MODEL_HELP } from './model-help.ts';
import { wholeNumber } from './number-option.ts';
import { addSamplingOptions, type SamplingOptions, samplingOf } from './sampling-options.ts';

interface Options extends SamplingOptions, AdapterOptions {
  readonly prompt: string;
  readonly chat?: boolean;
  readonly maxTokens: number;
  readonly stop: readonly string[];
  readonly json?: boolean;
}

const CHAT = '--chat';

/** `carryover generate --model REF --prompt TEXT`: lets a model continue a text. */
export const generateCommand: CliCommand = {
  name: 'generate',
  summary: 'Let a model continue a text',
  examples: [
    'carryover generate --model model.gguf --prompt "The capital of France is"      # greedy',
    'carryover generate --model model.gguf --chat --prompt "What is 12 + 30?"      # as a question to the assistant',
    'carryover generate --model ./Base --adapter out/math/adapter --chat --prompt "What is 12 + 30?"    # in the template of its training',
    'carryover generate --model out/math --prompt "Q: 2+2=" --stop "\\n" --json    # stop at the end of the line',
    'carryover generate --model model.gguf --prompt "Once" --temperature 0.8 --top-p 0.95 --seed 7',
  ],
  configure: (command) => {
    addSamplingOptions(command).requiredOption('--model <ref>', MODEL_HELP);
    addAdapterOptions(command, CHAT)
      .requiredOption('--prompt <text>', 'what to continue')
      .option(CHAT, "ask the prompt as a user's message through the model's chat template")
      .option('--max-tokens <n>', 'most tokens to write', wholeNumber('--max-tokens'), 128)
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
  const { maxTokens, stop } = options;
  const sampling = samplingOf(options);
  const chat = options.chat ?? false;
  const session = await openModel(modelOf(options, { option: CHAT, given: chat }));
  const interrupt = new AbortController();
  const release = onInterrupt(() => interrupt.abort());
  try {
    const { templateNote } = session.description;
    if (chat && templateNote !== undefined) sayLine(templateNote);
    const prompt = chat
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
