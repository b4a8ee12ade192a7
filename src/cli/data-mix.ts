import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type MixtureData, mixedStage } from '../data/mixture/mixed-stage.ts';
import { mixtureFacts } from '../data/mixture/mixture-facts.ts';
import { mixtureText } from '../data/mixture/mixture-text.ts';
import { readMixture } from '../data/mixture/read-mixture.ts';
import type { DedupMode } from '../data/overlap/screen.ts';
import { takeParts } from '../data/prepare-stage.ts';
import { placeExamples, type Schedule } from '../data/selection/schedule.ts';
import type { Taken } from '../data/selection/taken.ts';
import type { StageSpec } from '../data/stage.ts';
import { stageTools } from '../data/stage-tools.ts';
import { stageView } from '../data/stage-view.ts';
import { UserError } from '../errors.ts';
import { sleep } from '../platform/clock.ts';
import { writeAtomicChunks } from '../platform/files.ts';
import { printLine } from '../platform/terminal.ts';
import { withCheckpoint } from '../study/facts.ts';
import { TRAINING_DEFAULTS } from '../training/defaults.ts';
import { DATA_MODEL, dedupOption } from './data-options.ts';
import { examplesText } from './examples-text.ts';
import { writtenTo } from './file-out.ts';
import { interruptible } from './interruptible.ts';
import { checkJsonlOut } from './jsonl-out.ts';
import { MODEL_HELP } from './model-help.ts';
import { numberOption, wholeNumber } from './number-option.ts';

interface Options {
  readonly model: string;
  readonly tokens?: number;
  readonly dedup?: DedupMode;
  readonly length: number;
  readonly seed: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** `carryover data mix`: shows what a mixture comes to, and writes its rows in their order. */
export function mixSubcommand(parent: Command): void {
  parent
    .command('mix')
    .description('What a mixture comes to: rows, passes, tokens, and the shares of its sources along the run')
    .argument('<mixture>', 'a mixture file (.yaml), such as studies/mixture.yaml')
    .option(
      '--tokens <n>',
      'supervised tokens in all (default: what the file says, else as many as the sources give, for which every row of every source is read and counted: minutes for large ones)',
      wholeNumber('--tokens'),
    )
    .addOption(dedupOption())
    .option('--model <ref>', `whose tokenizer and template count: ${MODEL_HELP}`, DATA_MODEL)
    .option(
      '--length <tokens>',
      'longer rows are left out, as in training',
      wholeNumber('--length'),
      TRAINING_DEFAULTS.rowLength,
    )
    .option('--seed <n>', 'order of the rows', numberOption('--seed', { least: 0, integer: true }), 1)
    .option('--out <file>', 'write the rows in their order, in the messages format (.jsonl)')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      examplesText([
        'carryover data mix studies/mixture.yaml --tokens 100000',
        'carryover data mix my-mix.yaml --model ./SmolLM2 --length 1024 --json',
        'carryover data mix my-mix.yaml --tokens 50000 --out mix.jsonl',
        'carryover train --model ./SmolLM2 --data my-mix.yaml --tokens 50000 --lora 8 --out out/mix     # train on it',
      ]),
    )
    .action(act);
}

async function act(file: string, options: Options): Promise<void> {
  const { out } = options;
  const data = await readMixture(file);
  const replaced = out !== undefined && (await checkJsonlOut(out, filesOf(data)));
  const mix = (signal: AbortSignal) => mixed(file, data, options, replaced, signal);
  printLine(await interruptible(mix, { writes: out !== undefined }));
}

/** What is printed of the mixture, with its rows in `--out`. */
async function mixed(
  file: string,
  data: MixtureData,
  { model, tokens, dedup, out, seed, length, json }: Options,
  replaced: boolean,
  signal: AbortSignal,
): Promise<string> {
  const view = stageView();
  let opened: readonly Taken[] = [];
  try {
    const { name, taken, schedule, course } = await withCheckpoint({ ref: model }, async (checkpoint) => {
      checkLength(length, checkpoint.config.context, checkpoint.name);
      const tools = { ...stageTools(checkpoint), signal, onProgress: view.show };
      const asked: MixtureData = {
        ...data,
        ...(tokens === undefined ? {} : { tokens }),
        ...(dedup === undefined ? {} : { dedup }),
      };
      const stage = await mixedStage(asked, { rowLength: length }, tools);
      const spec: StageSpec = { ...stage, rowLength: length, seed, batches: { rowsPerStep: 1 } };
      const taken = await takeParts(spec, tools);
      opened = taken;
      const schedule = placeExamples(taken, stage.course);
      return { name: checkpoint.name, taken, schedule, course: stage.course };
    });
    view.close();
    const facts = mixtureFacts(taken, schedule, course);
    if (out !== undefined) refuseTwoKinds(out, taken);
    if (out !== undefined) await writeAtomicChunks(out, lines(taken, schedule, signal));
    const written = out === undefined ? {} : { out, replaced };
    if (json)
      return JSON.stringify({ mixture: file, tokenizer: name, seed, length, ...facts, ...written }, null, 2);
    const text = mixtureText(file, `counted as ${name} does, seed ${seed}`, facts);
    return out === undefined ? text : `${text}\n\nRows in this order: ${writtenTo(out, replaced)}`;
  } finally {
    for (const { source } of opened) source.close();
    view.close();
  }
}

const filesOf = ({ sources, baseFolder }: MixtureData): string[] =>
  Object.values(sources).flatMap((source) => ('file' in source ? [resolve(baseFolder, source.file)] : []));

/** Rows of two formats in one file could not be read again. */
function refuseTwoKinds(out: string, taken: readonly Taken[]): void {
  const kinds = taken.map(({ source }) => source.format.name === 'text');
  const [text, chat] = [kinds.indexOf(true), kinds.indexOf(false)].map((at) => taken[at]?.source.name);
  if (text === undefined || chat === undefined) return;
  throw new UserError(`--out ${out}: the rows of ${text} are plain text and those of ${chat} conversations`, {
    remedy: 'One file holds rows of one format: train on the mixture file itself (train --data).',
  });
}

/** As in training: rows longer than the model's context could not be trained on. */
function checkLength(length: number, context: number, model: string): void {
  if (length <= context) return;
  throw new UserError(`rows of ${length} tokens do not fit the context of ${model}, ${context} tokens`, {
    remedy: `Use --length ${context} or less, or name another model (--model).`,
  });
}

/** Lines between two pauses. */
const PAUSE_EVERY = 256;

/**
 * A line for each row, at the place of its first example; `supervisedTokens` is less than the row has where the mixture
 * ends or begins inside it. A row of several examples is one line, or training on the file would make them all again.
 */
async function* lines(
  taken: readonly Taken[],
  { length, lists, item }: Schedule,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (let from = 0; from < length; from += PAUSE_EVERY) {
    await sleep(0, signal);
    const places = Array.from({ length: Math.min(PAUSE_EVERY, length - from) }, (_, index) => from + index);
    const rows = places.flatMap((place) => {
      const { source, selection } = taken[lists[place]!]!;
      const first = item(place);
      if (!selection.beginsRow(first)) return [];
      const row = selection.row(first);
      let [tokens, supervisedTokens] = [0, 0];
      for (let one = first; one === first || (one < selection.size && !selection.beginsRow(one)); one++) {
        tokens += selection.lengths[one]!;
        supervisedTokens += selection.learns[one]!;
      }
      return JSON.stringify({
        ...source.columns(row),
        source: source.name,
        row,
        epoch: selection.epoch(first) + 1,
        tokens,
        supervisedTokens,
      });
    });
    yield encoder.encode(rows.map((row) => `${row}\n`).join(''));
  }
}
