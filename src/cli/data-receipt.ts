import { type Command, Option } from 'commander';
import type { TemplateName } from '../checkpoint/templates/templates.ts';
import { dataArgument } from '../data/data-argument.ts';
import { mixedStage } from '../data/mixture/mixed-stage.ts';
import type { DedupMode } from '../data/overlap/screen.ts';
import { stageReceipt } from '../data/prepare-stage.ts';
import { preparedFolders } from '../data/prepared-folders.ts';
import { checkedReceipt, readReceipt } from '../data/receipt/read-receipt.ts';
import { receiptReport } from '../data/receipt/receipt-report.ts';
import type { ReceiptHints } from '../data/receipt/receipt-tables.ts';
import type { TrainOn } from '../data/render/render.ts';
import type { ColumnMapping } from '../data/source-spec.ts';
import { type DataReceipt, OVERLONG, type Overlong, type StageTools } from '../data/stage.ts';
import { stageTools } from '../data/stage-tools.ts';
import { stageView } from '../data/stage-view.ts';
import { printLine } from '../platform/terminal.ts';
import { withCheckpoint } from '../study/facts.ts';
import { ROWS_PER_STEP, TRAINING_DEFAULTS } from '../training/defaults.ts';
import { readTrainingNotes, trainingNotesPath } from '../training/training-notes.ts';
import { againstNames } from './against-option.ts';
import { addRenderOptions, DATA_MODEL, dataWithColumns, dedupOption, refuseFlags } from './data-options.ts';
import { examplesText } from './examples-text.ts';
import { interruptible } from './interruptible.ts';
import { MODEL_HELP } from './model-help.ts';
import { numberOption, wholeNumber } from './number-option.ts';

interface Options {
  readonly model?: string;
  readonly template?: TemplateName;
  readonly trainOn?: TrainOn;
  readonly columns?: ColumnMapping;
  readonly tokens?: number;
  readonly dedup?: DedupMode;
  readonly against?: string;
  readonly length?: number;
  readonly overlong?: Overlong;
  readonly seed?: number;
  readonly json?: boolean;
}

interface NamedReceipt {
  /** The step's id, or the sources as they were typed. */
  readonly name: string;
  readonly receipt: DataReceipt;
  readonly hints?: ReceiptHints;
}

const DEFAULT_SEED = 1;

/** `carryover data receipt`: what became of every row. */
export function receiptSubcommand(parent: Command): void {
  const command = parent
    .command('receipt')
    .description('What became of every row: tokens, drops by reason, stops, lengths, licences, hashes')
    .argument(
      '<data>',
      'the folder of a run, a training or a data step; or a source or mix as for train --data, which is prepared without being written',
    )
    .option('--model <ref>', `of a source: whose tokenizer, ${MODEL_HELP} (default: ${DATA_MODEL})`);
  addRenderOptions(command, `of a source: what is supervised (default: ${TRAINING_DEFAULTS.trainOn})`)
    .option(
      '--tokens <n>',
      'of a source: supervised tokens to take (default: every row once)',
      wholeNumber('--tokens'),
    )
    .addOption(dedupOption())
    .option(
      '--against <names>',
      'of a source: leave out rows that hold items of these benchmarks, as a study does with its own: names, groups or files between commas, or all: every published one that can be had (default: none)',
    )
    .option(
      '--length <tokens>',
      `of a source: tokens of a packed row at most (default: ${TRAINING_DEFAULTS.rowLength})`,
      wholeNumber('--length'),
    )
    .addOption(
      new Option(
        '--overlong <what>',
        `of a source: what becomes of longer examples (default: ${TRAINING_DEFAULTS.overlong})`,
      ).choices(OVERLONG),
    )
    .option(
      '--seed <n>',
      `of a source: order of the rows (default: ${DEFAULT_SEED})`,
      numberOption('--seed', { least: 0, integer: true }),
    )
    .option('--json', 'print as JSON: a list of {name, receipt}')
    .addHelpText(
      'after',
      examplesText([
        'carryover data receipt rows.jsonl --model ./SmolLM2 --length 1024',
        'carryover data receipt openai/gsm8k:main,tatsu-lab/alpaca --tokens 100000',
        'carryover data receipt rows.jsonl --dedup exact --against gsm8k,arc_challenge   # as a study prepares it',
        'carryover data receipt rows.jsonl --against all',
        'carryover data receipt runs/first                       # every data step of a run',
        'carryover data receipt runs/first/steps/data-1 --json',
      ]),
    )
    .action(act);
}

async function act(data: string, options: Options): Promise<void> {
  const receipts = (await ofFolder(data, options)) ?? [await ofSource(data, options)];
  if (options.json)
    printLine(
      JSON.stringify(
        receipts.map(({ name, receipt }) => ({ name, receipt })),
        null,
        2,
      ),
    );
  else
    printLine(
      receipts
        .map(({ name, receipt, hints }) => receiptReport(name, receipt, hints).join('\n'))
        .join('\n\n\n'),
    );
}

/** What the receipt of a source leaves open, and the options that decide it. */
const HINTS: ReceiptHints = {
  duplicates: ' (--dedup exact or near)',
  benchmarks: ' (--against NAMES)',
  steps: ` (of at most ${ROWS_PER_STEP} rows, the default of train)`,
};

/** Nothing is looked for in rows that are made, whatever the options say. */
const HINTS_OF_MADE: ReceiptHints = {
  duplicates: ': rows that are made differ from each other',
  benchmarks: ': problems that are made stand in no benchmark of others',
  steps: HINTS.steps!,
};

/** Null when `data` is no folder. */
async function ofFolder(data: string, options: Options): Promise<readonly NamedReceipt[] | null> {
  const trained = await ofTraining(data);
  const prepared = trained === null ? await preparedFolders(data) : [];
  if (prepared === null) return null;
  refuseFlags(
    {
      '--model': options.model,
      '--template': options.template,
      '--train-on': options.trainOn,
      '--columns': options.columns,
      '--tokens': options.tokens,
      '--dedup': options.dedup,
      '--against': options.against,
      '--length': options.length,
      '--overlong': options.overlong,
      '--seed': options.seed,
    },
    'data that are prepared',
  );
  if (trained !== null) return [trained];
  return Promise.all(
    prepared.map(async ({ id, folder }) => ({ name: id, receipt: await readReceipt(folder) })),
  );
}

/** A finished training keeps the receipt of its data in its notes. */
async function ofTraining(folder: string): Promise<NamedReceipt | null> {
  const notes: { readonly data?: unknown } | undefined = await readTrainingNotes(
    folder,
    'Train again, or name the folder of another training.',
  );
  if (notes?.data === undefined) return null;
  const receipt = checkedReceipt(notes.data, trainingNotesPath(folder));
  return receipt === undefined ? null : { name: folder, receipt };
}

async function ofSource(data: string, options: Options): Promise<NamedReceipt> {
  const { model: ref = DATA_MODEL, template, tokens } = options;
  const asked = dataWithColumns(
    await dataArgument(data, tokens, options.dedup, await againstNames(options.against)),
    options.columns,
  );
  const settings = {
    seed: options.seed ?? DEFAULT_SEED,
    rowLength: options.length ?? TRAINING_DEFAULTS.rowLength,
    overlong: options.overlong ?? TRAINING_DEFAULTS.overlong,
    trainOn: options.trainOn ?? TRAINING_DEFAULTS.trainOn,
    batches: { rowsPerStep: ROWS_PER_STEP },
  };
  const view = stageView();
  try {
    const model = { ref, ...(template === undefined ? {} : { template }) };
    const receiptOf = (signal: AbortSignal) =>
      withCheckpoint(model, async (checkpoint) => {
        const tools: StageTools = { ...stageTools(checkpoint), signal, onProgress: view.show };
        const stage = 'mixture' in asked ? await mixedStage(asked, settings, tools) : asked;
        return stageReceipt({ ...stage, ...settings }, tools);
      });
    const receipt = await interruptible(receiptOf, { writes: false });
    const made = Object.values(asked.sources).every((source) => 'procedural' in source);
    return { name: data, receipt, hints: made ? HINTS_OF_MADE : HINTS };
  } finally {
    view.close();
  }
}
