import { nameNote } from '../benchmarks/names.ts';
import { chooseBenchmarks } from '../benchmarks/own/resolve.ts';
import { findSuite } from '../benchmarks/select.ts';
import { SUITES } from '../benchmarks/suites.ts';
import { DOMAINS } from '../domains/domains.ts';
import { openModel } from '../engine/open-engine.ts';
import { Interrupted, UserError } from '../errors.ts';
import { checkDraws } from '../evaluation/draws.ts';
import { evaluate } from '../evaluation/evaluate.ts';
import { evaluationView, keptLines } from '../evaluation/progress-view.ts';
import { showResults } from '../evaluation/show-results.ts';
import { onInterrupt } from '../platform/signals.ts';
import { printLine, sayLine } from '../platform/terminal.ts';
import { whyNotWritable } from '../platform/writable.ts';
import { counted } from '../text/counts.ts';
import { type AdapterOptions, addAdapterOptions, modelOf } from './adapter-options.ts';
import type { CliCommand } from './command.ts';
import { commandAgain } from './invocation.ts';
import { MODEL_HELP } from './model-help.ts';
import { wholeNumber } from './number-option.ts';
import { addSamplingOptions, type SamplingOptions, samplingOf } from './sampling-options.ts';

interface Options extends SamplingOptions, AdapterOptions {
  readonly benchmarks?: string;
  readonly domain?: string;
  readonly suite?: string;
  readonly limit?: number;
  readonly samples: number;
  readonly out?: string;
  readonly skipMissing?: boolean;
  readonly applyChatTemplate?: boolean;
  readonly logPrompts?: boolean;
  readonly json?: boolean;
}

const CHAT = '--apply-chat-template';

/** `carryover eval`: a model on benchmarks. */
export const evalCommand: CliCommand = {
  name: 'eval',
  summary: 'Evaluate a model on benchmarks',
  examples: [
    'carryover eval --model model.gguf --benchmarks arc_challenge,winogrande --limit 100 --out results',
    'carryover eval --model out/math --domain logical --out results    # run again after an interruption: it goes on',
    'carryover eval --model ./SmolLM2 --adapter out/math/adapter --benchmarks gsm8k --apply-chat-template    # asked as it was trained',
    'carryover eval --model builtin:seedling --suite quick    # what a suite holds: carryover benchmarks --suites',
    'carryover eval --model model.gguf --benchmarks humaneval --samples 10 --temperature 0.2 --out results    # pass@k',
  ],
  configure: (command) => {
    command.requiredOption('--model <ref>', MODEL_HELP);
    addAdapterOptions(command, CHAT)
      .option(
        '--benchmarks <names>',
        'separated by commas, groups (mmlu, bbh) and files of your own (.yaml, .mjs, .ts) among them',
      )
      .option('--domain <domain>', `every benchmark of a domain: ${DOMAINS.join(', ')}`)
      .option('--suite <name>', `a ready selection: ${Object.keys(SUITES).join(', ')}`)
      .option(
        '--limit <n>',
        'only the first n items of each benchmark (default: all, or what the suite says)',
        wholeNumber('--limit'),
      )
      .option(
        '--samples <n>',
        'answers drawn for every item, for pass@k; with a temperature',
        wholeNumber('--samples'),
        1,
      );
    addSamplingOptions(command)
      .option('--out <folder>', 'where samples, results and the state for resuming go')
      .option('--skip-missing', 'leave out benchmarks whose data are not there; the results name them')
      .option(CHAT, "ask through the model's chat template, few-shot examples as turns")
      .option('--log-prompts', 'write the whole prompt of every item into its sample, not its hash alone')
      .option('--json', 'print the results as JSON, as in results.json')
      .action(run);
  },
};

async function run(options: Options): Promise<void> {
  const { benchmarks: names, domain, suite, out } = options;
  const benchmarks = await chooseBenchmarks({
    ...(names === undefined ? {} : { names }),
    ...(domain === undefined ? {} : { domain }),
    ...(suite === undefined ? {} : { suite }),
  });
  for (const name of names?.split(',') ?? []) {
    const note = nameNote(name.trim());
    if (note !== null) sayLine(note);
  }
  const { samples: count } = options;
  const sampling = samplingOf(options);
  const draws = count > 1 || sampling.temperature > 0 ? { count, sampling } : undefined;
  if (draws) checkDraws(draws, benchmarks);
  const blocked = out === undefined ? undefined : await whyNotWritable(out);
  if (blocked) throw new UserError(`--out ${out}: ${blocked}`, { remedy: 'Choose another folder.' });
  const abort = new AbortController();
  const release = onInterrupt(() => abort.abort());
  const chatTemplate = options.applyChatTemplate ?? false;
  const limit = options.limit ?? (suite === undefined ? undefined : findSuite(suite).limit);
  const session = await openModel(modelOf(options, { option: CHAT, given: chatTemplate }));
  const { templateNote } = session.description;
  if (chatTemplate && templateNote !== undefined) sayLine(templateNote);
  const view = evaluationView();
  const warnings: string[] = [];
  let answered = false;
  try {
    const results = await evaluate(session, benchmarks, {
      ...(out === undefined ? {} : { out }),
      ...(limit === undefined ? {} : { limit }),
      ...(draws === undefined ? {} : { draws }),
      chatTemplate,
      skipMissing: options.skipMissing ?? false,
      logPrompts: options.logPrompts ?? false,
      signal: abort.signal,
      onWarning: (warning) => void warnings.push(warning),
      onKept: (kept) => {
        for (const line of keptLines(kept)) view.say(line);
      },
      onProgress: (progress) => {
        answered ||= progress.done > 0;
        view.show(progress);
      },
    });
    view.close();
    printLine(options.json ? JSON.stringify(results) : showResults(results, benchmarks));
    if (out !== undefined && !options.json) printLine(`\nSamples and results: ${out}`);
    const errors = Object.values(results.benchmarks).reduce((sum, { outcomes }) => sum + outcomes.error, 0);
    if (errors > 0) {
      sayLine(
        `${counted(errors, draws ? 'answer' : 'item')} could not be evaluated and ${errors === 1 ? 'is' : 'are'} left out of the scores. The samples say why.`,
      );
      process.exitCode = 1;
    }
  } catch (error) {
    if (error instanceof Interrupted && out !== undefined)
      throw new Interrupted(commandAgain(), { kept: answered });
    throw error;
  } finally {
    view.close();
    for (const warning of warnings) sayLine(warning);
    release();
    await session.close();
  }
}
