/** `carryover train`: fine-tunes one model on one file, dataset or mix. */
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { TEMPLATE_NAMES, type TemplateName } from '../checkpoint/templates/templates.ts';
import { dataArgument } from '../data/data-argument.ts';
import type { DedupMode } from '../data/overlap/screen.ts';
import { lossTexts, shareTexts, templateText } from '../data/receipt/receipt-text.ts';
import { TRAIN_ON, type TrainOn } from '../data/render/render.ts';
import type { ColumnMapping } from '../data/source-spec.ts';
import { OVERLONG, type Overlong } from '../data/stage.ts';
import { stageView } from '../data/stage-view.ts';
import { LORA_TARGETS, type OptimizerConfig, type TrainStepReport } from '../engine/engine.ts';
import { Interrupted, UserError } from '../errors.ts';
import { monotonic } from '../platform/clock.ts';
import { exists } from '../platform/files.ts';
import { cores } from '../platform/machine.ts';
import { onInterrupt } from '../platform/signals.ts';
import { printLine, sayLine } from '../platform/terminal.ts';
import { withCheckpoint } from '../study/facts.ts';
import { ratesFor } from '../study/time-estimate.ts';
import { count, counted } from '../text/counts.ts';
import { roughDuration } from '../text/duration.ts';
import { ROWS_PER_STEP, TRAINING_DEFAULTS } from '../training/defaults.ts';
import { type TrainRun, type TrainRunOptions, trainModel } from '../training/train-model.ts';
import { columnsFlag } from './columns-option.ts';
import type { CliCommand } from './command.ts';
import { dataWithColumns, dedupOption } from './data-options.ts';
import { commandAgain } from './invocation.ts';
import { MODEL_HELP } from './model-help.ts';
import { checkModelOut } from './model-out.ts';
import { numberOption, wholeNumber } from './number-option.ts';

interface Flags {
  readonly model: string;
  readonly data: string;
  readonly columns?: ColumnMapping;
  readonly out: string;
  readonly lora?: number;
  readonly alpha?: number;
  readonly targets?: string;
  readonly tokens?: number;
  readonly dedup?: DedupMode;
  readonly epochs: number;
  readonly steps?: number;
  readonly batch?: number;
  readonly length: number;
  readonly overlong: Overlong;
  readonly template?: TemplateName;
  readonly trainOn: TrainOn;
  readonly lr?: number;
  readonly schedule: OptimizerConfig['schedule'];
  readonly warmup: number;
  readonly weightDecay: number;
  readonly clip: number;
  readonly seed: number;
  readonly microBatch?: number;
  readonly checkpointEvery: number;
  readonly merge: boolean;
  readonly json?: boolean;
}

export const trainCommand: CliCommand = {
  name: 'train',
  summary: 'Fine-tune a model on a file, a dataset of the hub, or a mix. Run again to resume',
  examples: [
    '# adapters of rank 16 on 20,000 supervised tokens of GSM8K; the merged model and the adapter are written',
    'carryover train --model model.gguf --data openai/gsm8k:main:train --tokens 20000 --lora 16 --out out/math',
    '# all weights, on your own file, three times over',
    'carryover train --model ./SmolLM2 --data rows.jsonl --epochs 3 --lr 2e-5 --out out/mine',
    '# 10,000 problems of a procedural task; proc/domain:logical:20000 and proc/all work too',
    'carryover train --model ./SmolLM2 --data proc/arithmetic --tokens 50000 --lora 8 --out out/sums',
    '# a mix by supervised tokens',
    'carryover train --model ./SmolLM2 --data 0.7*rows.jsonl,0.3*tatsu-lab/alpaca --tokens 50000 --lora 8 --out out/mix',
    '# a mixture with floors, epochs or a schedule, as a file; carryover data mix shows what comes of it',
    'carryover train --model ./SmolLM2 --data mixture.yaml --tokens 50000 --lora 8 --out out/course',
  ],
  configure: (command) => configure(command),
};

const share = (flag: string, most = 1) => numberOption(flag, { least: 0, most });

function configure(command: Command): void {
  command
    .requiredOption('--model <ref>', `model to start from: ${MODEL_HELP}`)
    .requiredOption(
      '--data <mix>',
      'file, or ORG/NAME[:CONFIG[:SPLIT]] or ORG/NAME:FILES of the hub, or proc/TASK[:ROWS], or samples:FOLDER of an evaluation, or WEIGHT*DATA,WEIGHT*DATA, or a mixture (.yaml)',
    )
    .addOption(columnsFlag())
    .requiredOption(
      '--out <folder>',
      'where the trained model goes (with --lora its adapter goes to FOLDER/adapter)',
    )
    .option('--lora <rank>', 'train low-rank adapters instead of all weights', wholeNumber('--lora'))
    .option(
      '--alpha <n>',
      'scale of the adapters (default: twice the rank)',
      numberOption('--alpha', { least: 0 }),
    )
    .option('--targets <names>', `adapted modules, of ${LORA_TARGETS.join(', ')} (default: all)`)
    .option('--no-merge', 'with --lora: write the adapter only')
    .option(
      '--tokens <n>',
      'supervised tokens to train on (default: every row once; of a mixture what its file says)',
      wholeNumber('--tokens'),
    )
    .addOption(dedupOption())
    .option('--epochs <n>', 'passes over the chosen data', wholeNumber('--epochs'), 1)
    .option('--steps <n>', 'optimizer steps a pass, instead of --batch', wholeNumber('--steps'))
    .option(
      '--batch <rows>',
      `packed rows an optimizer step (default: ${ROWS_PER_STEP})`,
      wholeNumber('--batch'),
    )
    .option(
      '--length <tokens>',
      'tokens of a packed row at most',
      wholeNumber('--length'),
      TRAINING_DEFAULTS.rowLength,
    )
    .addOption(
      new Option('--overlong <what>', 'what becomes of longer examples; what is lost is counted')
        .choices(OVERLONG)
        .default(TRAINING_DEFAULTS.overlong),
    )
    .addOption(
      new Option(
        '--template <name>',
        'chat template instead of the model’s own (a model without one gets chatml, or plain where its tokenizer lacks ChatML’s tokens)',
      ).choices(TEMPLATE_NAMES),
    )
    .addOption(
      new Option('--train-on <what>', 'what is supervised: every answer, the last one, or the whole text')
        .choices(TRAIN_ON)
        .default(TRAINING_DEFAULTS.trainOn),
    )
    .option(
      '--lr <rate>',
      'learning rate (default: 2e-4 with --lora, else 2e-5)',
      numberOption('--lr', { least: 0 }),
    )
    .addOption(
      new Option('--schedule <name>', 'course of the learning rate')
        .choices(['constant', 'linear', 'cosine'])
        .default(TRAINING_DEFAULTS.schedule),
    )
    .option(
      '--warmup <share>',
      'share of the steps over which the rate rises',
      share('--warmup'),
      TRAINING_DEFAULTS.warmup,
    )
    .option(
      '--weight-decay <n>',
      'decoupled weight decay of every trained weight, norms and biases too (as torch.optim.AdamW)',
      share('--weight-decay', 100),
      TRAINING_DEFAULTS.weightDecay,
    )
    .option(
      '--clip <norm>',
      'largest gradient norm',
      numberOption('--clip', { least: 0 }),
      TRAINING_DEFAULTS.clip,
    )
    .option(
      '--seed <n>',
      'order of the data and start of the adapters',
      numberOption('--seed', { least: 0, integer: true }),
      1,
    )
    .option(
      '--micro-batch <rows>',
      'rows computed at once (default: as memory allows)',
      wholeNumber('--micro-batch'),
    )
    .option('--checkpoint-every <steps>', 'steps between saved states', wholeNumber('--checkpoint-every'), 20)
    .option('--json', 'print the result as JSON')
    .action(act);
}

async function act(flags: Flags): Promise<void> {
  const run = await checkedRun(flags);
  const speed = await withCheckpoint(run.model, async ({ name, parameters }) => {
    sayLine(`${name}, ${(parameters / 1e6).toFixed(1)} M parameters; reading the data`);
    return ratesFor(parameters, cores(), run.lora ? 'lora' : 'full').train;
  });
  const interrupt = new AbortController();
  const release = onInterrupt(() => interrupt.abort());
  const view = stageView();
  let progress = progressPrinter();
  try {
    const result = await trainModel(run, {
      signal: interrupt.signal,
      onData: view.show,
      onPrepared: (data) => {
        view.close();
        for (const line of planLines(data, speed)) sayLine(line);
        progress = progressPrinter();
      },
      onStep: (report, total) => progress(report, total),
    });
    if (result.wasFinished) sayLine('This training is finished; nothing was left to do.');
    if (flags.json) printLine(JSON.stringify(result));
    else
      printLine(
        [flags.merge || !run.lora ? run.out : undefined, result.adapter]
          .filter((line) => line !== undefined)
          .join('\n'),
      );
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    throw new Interrupted(commandAgain(), {
      kept: await exists(join(run.out, '.carryover', 'state', 'state.json')),
    });
  } finally {
    view.close();
    release();
  }
}

/** What can be checked without opening anything. */
async function checkedRun(flags: Flags): Promise<TrainRun> {
  const { out, model, lora: rank } = flags;
  if (resolve(out) === resolve(model))
    throw new UserError(`--out ${out} is the model itself`, {
      remedy: 'Name another folder: the base is kept.',
    });
  await checkModelOut(out, 'train');
  for (const flag of ['lr', 'clip'] as const)
    if (flags[flag] === 0)
      throw new UserError(`--${flag} 0 would train nothing`, { remedy: 'Give a number above 0.' });
  for (const flag of ['alpha', 'targets'] as const)
    if (rank === undefined && flags[flag] !== undefined)
      throw new UserError(`--${flag} has no effect without --lora`);
  if (rank === undefined && !flags.merge)
    throw new UserError('--no-merge has no effect without --lora: all weights are trained and written');
  if (flags.steps !== undefined && flags.batch !== undefined)
    throw new UserError('--steps and --batch both say how rows become optimizer steps', {
      remedy: 'Give one of them.',
    });
  const targets = flags.targets?.split(',').map((name) => name.trim()) ?? LORA_TARGETS;
  const unknown = targets.find((name) => !(LORA_TARGETS as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new UserError(`--targets: there is no module ${unknown}`, {
      remedy: `Choose of ${LORA_TARGETS.join(', ')}.`,
    });
  return {
    model: { ref: model, ...(flags.template === undefined ? {} : { template: flags.template }) },
    out,
    data: dataWithColumns(await dataArgument(flags.data, flags.tokens, flags.dedup), flags.columns),
    batches:
      flags.steps === undefined ? { rowsPerStep: flags.batch ?? ROWS_PER_STEP } : { steps: flags.steps },
    rowLength: flags.length,
    overlong: flags.overlong,
    trainOn: flags.trainOn,
    epochs: flags.epochs,
    seed: flags.seed,
    merge: flags.merge,
    checkpointEvery: flags.checkpointEvery,
    ...(flags.microBatch === undefined ? {} : { microBatch: flags.microBatch }),
    ...(rank === undefined
      ? {}
      : {
          lora: {
            rank,
            alpha: flags.alpha ?? 2 * rank,
            targets: LORA_TARGETS.filter((name) => targets.includes(name)),
          },
        }),
    optimizer: {
      learningRate: flags.lr ?? (rank === undefined ? 2e-5 : 2e-4),
      schedule: flags.schedule,
      warmup: flags.warmup,
      betas: [0.9, 0.999],
      epsilon: 1e-8,
      weightDecay: flags.weightDecay,
      clip: flags.clip,
    },
  };
}

/** What will be done and how long it will take: `speed` in tokens a second. */
function planLines(
  { steps, done, supervisedTokens, tokens, receipt }: Parameters<TrainRunOptions['onPrepared']>[0],
  speed: number,
): readonly string[] {
  const each = tokens / steps / speed;
  const from = done > 0 ? `, ${count(done)} done before` : '';
  return [
    `rendered with ${templateText(receipt)}`,
    ...lossTexts(receipt.sources),
    ...shareTexts(receipt),
    `${counted(steps, 'step')}${from}, on ${count(supervisedTokens)} supervised of ${count(tokens)} tokens: ` +
      `about ${roughDuration(each * (steps - done))}, ${roughDuration(each)} a step (a rough estimate)`,
    'training; every step is reported when it is done',
  ];
}

/** One line a step, with speed and the time that is left, counted from the call. */
function progressPrinter(): (report: TrainStepReport, total: number) => void {
  const start = monotonic();
  let tokens = 0;
  let done = 0;
  let warned = false;
  return (report, total) => {
    tokens += report.tokens;
    done++;
    const seconds = (monotonic() - start) / 1000;
    const left = Math.round((seconds / done) * (total - report.step - 1));
    sayLine(
      `step ${report.step + 1}/${total}  loss ${report.loss.toFixed(4)}  gradient ${report.gradientNorm.toFixed(3)}  ` +
        `rate ${report.learningRate.toExponential(1)}  ${Math.round(tokens / seconds)} tokens/s  ${roughDuration(left)} left`,
    );
    if (report.warning && !warned) sayLine(`warning: ${report.warning}`);
    warned = report.warning !== undefined;
  };
}
