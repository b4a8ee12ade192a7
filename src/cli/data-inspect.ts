import type { Command } from 'commander';
import type { TemplateName } from '../checkpoint/templates/templates.ts';
import { dataArgument } from '../data/data-argument.ts';
import { type Inspection, inspectionJson } from '../data/inspect/inspection.ts';
import { legendText, rowText } from '../data/inspect/row-text.ts';
import { type PreparedFolder, preparedFolders } from '../data/prepared-folders.ts';
import type { TrainOn } from '../data/render/render.ts';
import type { ColumnMapping, SourceSpec } from '../data/source-spec.ts';
import { UserError } from '../errors.ts';
import { writeAtomic } from '../platform/files.ts';
import { hasColours, outputWidth, printLine, sayLine } from '../platform/terminal.ts';
import { inspectPage } from '../report/html/inspect-page.ts';
import { loadPageAssets } from '../report/html/page-assets.ts';
import { inspectPrepared, inspectSource, type Wanted } from '../study/inspect-data.ts';
import { wrapped } from '../text/wrapped.ts';
import { TRAINING_DEFAULTS } from '../training/defaults.ts';
import { addRenderOptions, DATA_MODEL, refuseFlags, sourcesWithColumns } from './data-options.ts';
import { examplesText } from './examples-text.ts';
import { checkFileOut } from './file-out.ts';
import { lateProgress } from './late-progress.ts';
import { MODEL_HELP } from './model-help.ts';
import { wholeNumber } from './number-option.ts';

interface Options {
  readonly model?: string;
  readonly template?: TemplateName;
  readonly trainOn?: TrainOn;
  readonly columns?: ColumnMapping;
  readonly length?: number;
  readonly rows?: number;
  readonly row?: number;
  readonly step?: number;
  readonly ids?: boolean;
  readonly html?: string;
  readonly json?: boolean;
}

const DEFAULT_ROWS = 2;

/** `carryover data inspect`: training rows token by token. */
export function inspectSubcommand(parent: Command): void {
  const command = parent
    .command('inspect')
    .description('Training rows token by token: roles, what is supervised, borders of packed documents')
    .argument(
      '<data>',
      'a data file, ORG/NAME[:CONFIG[:SPLIT]] or ORG/NAME:FILES of the hub, proc/TASK; or the folder of a run or of one of its data steps',
    )
    .option('--model <ref>', `whose tokenizer: ${MODEL_HELP} (default: the run’s, else ${DATA_MODEL})`);
  addRenderOptions(
    command,
    `of a source: what is supervised, every answer, the last one, or the whole text (default: ${TRAINING_DEFAULTS.trainOn})`,
  )
    .option(
      '--length <tokens>',
      `of a source: longer rows are left out in training (default: ${TRAINING_DEFAULTS.rowLength})`,
      wholeNumber('--length'),
    )
    .option(
      '--rows <n>',
      `the first so many rows (default: ${DEFAULT_ROWS}; with --json all rows of a step)`,
      wholeNumber('--rows'),
    )
    .option('--row <k>', 'only the row of this number, from 1', wholeNumber('--row'))
    .option('--step <n>', 'of a run: the optimizer step, from 1 (default: 1)', wholeNumber('--step'))
    .option('--ids', 'each token with its id')
    .option('--html <file>', 'write a page instead, with id, role and position under the pointer')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      examplesText([
        'carryover data inspect rows.jsonl --model ./SmolLM2 --rows 5',
        'carryover data inspect openai/gsm8k:main --template chatml --train-on last --row 17',
        'carryover data inspect proc/arithmetic --html rows.html     # a page of its own, to open in a browser',
        'carryover data inspect runs/first --step 3                  # packed rows: borders, positions, padding',
        'carryover data inspect runs/first/steps/data-mixed-1 --json',
      ]),
    )
    .action(act);
}

async function act(data: string, options: Options): Promise<void> {
  check(options);
  if (options.html !== undefined) await checkFileOut(options.html, [data], '--html');
  const prepared = await preparedFolders(data);
  const inspection = prepared ? await ofRun(prepared, options) : await ofSource(data, options);
  if (options.html !== undefined) {
    await writeAtomic(options.html, inspectPage(inspection, await loadPageAssets()));
    printLine(options.html);
  } else if (options.json) printLine(inspectionJson(inspection));
  else printLine(inspectionLines(inspection, options.ids).join('\n'));
}

function check({ rows, row, html, json, ids }: Options): void {
  if (rows !== undefined && row !== undefined)
    throw new UserError('--rows and --row do not go together', { remedy: 'Give one of them.' });
  if (html !== undefined && json)
    throw new UserError('--html and --json do not go together', { remedy: 'Give one of them.' });
  if (ids && (json || html !== undefined))
    throw new UserError('--ids has no effect with --json or --html: they have the ids anyway');
  if (html !== undefined && !/\.html?$/.test(html))
    throw new UserError(`--html ${html}: the name of a page ends in .html`, {
      remedy: `Name it ${html}.html.`,
    });
}

const wantedOf = ({ rows, row }: Options, unsaid: number): Wanted =>
  row === undefined ? { first: 1, rows: rows ?? unsaid } : { first: row, rows: 1 };

async function ofRun(prepared: readonly PreparedFolder[], options: Options): Promise<Inspection> {
  refuseFlags(
    {
      '--template': options.template,
      '--train-on': options.trainOn,
      '--columns': options.columns,
      '--length': options.length,
    },
    'data that are prepared',
  );
  const [first, ...others] = prepared;
  if (others.length > 0)
    sayLine(`${first!.folder}; further data steps: ${others.map(({ id }) => id).join(', ')} (name a folder)`);
  const model = options.model === undefined ? undefined : { ref: options.model };
  return inspectPrepared(
    first!,
    model,
    options.step ?? 1,
    wantedOf(options, options.json ? Number.POSITIVE_INFINITY : DEFAULT_ROWS),
  );
}

async function ofSource(data: string, options: Options): Promise<Inspection> {
  refuseFlags({ '--step': options.step }, 'a source, which has no steps yet');
  const { model: ref = DATA_MODEL, template, trainOn = TRAINING_DEFAULTS.trainOn } = options;
  const model = { ref, ...(template === undefined ? {} : { template }) };
  const rowLength = options.length ?? TRAINING_DEFAULTS.rowLength;
  const source = await oneSource(data, options.columns);
  const progress = lateProgress();
  try {
    const onProgress = progress.show;
    return await inspectSource(source, model, wantedOf(options, DEFAULT_ROWS), {
      trainOn,
      rowLength,
      onProgress,
    });
  } finally {
    progress.close();
  }
}

async function oneSource(
  data: string,
  columns: ColumnMapping | undefined,
): Promise<{ name: string; source: SourceSpec }> {
  const asked = await dataArgument(data);
  const { sources } = asked;
  const [first, ...others] = Object.entries(sourcesWithColumns(sources, columns));
  if (others.length > 0 || 'mixture' in asked)
    throw new UserError(`${data} is a mix of sources`, { remedy: 'Look at one of them at a time.' });
  const [name, source] = first!;
  return { name, source };
}

function inspectionLines({ model, facts, rows, notes }: Inspection, ids = false): string[] {
  const look = { width: outputWidth(), colours: hasColours(), ids };
  const legend = legendText(
    rows.map(({ row }) => row),
    look,
  );
  return [
    ...[`Tokens of ${model}, ${facts.join(', ')}`, ...notes].flatMap((line) => wrapped(line, look.width)),
    ...rows.flatMap(({ title, row }) => ['', ...rowText(row, title, look)]),
    ...(legend.length > 0 ? ['', ...legend] : []),
  ];
}
