import { type Command, Option } from 'commander';
import { type ConvertCounts, convertedLines } from '../data/convert-source.ts';
import { sourceArgument } from '../data/source-argument.ts';
import {
  type ColumnMapping,
  FORMAT_NAMES,
  type FormatName,
  SAMPLE_OUTCOMES,
  type SourceSpec,
} from '../data/source-spec.ts';
import { type OpenSource, openSource } from '../data/sources/open-source.ts';
import { checkedOutcomes } from '../data/sources/samples-source.ts';
import { writeAtomicChunks } from '../platform/files.ts';
import { printLine } from '../platform/terminal.ts';
import { withCheckpoint } from '../study/facts.ts';
import { counted } from '../text/counts.ts';
import { columnsFlag } from './columns-option.ts';
import { bytesOf, SOURCES_HELP } from './data-files.ts';
import { refuseFlags } from './data-options.ts';
import { examplesText } from './examples-text.ts';
import { checkFileOut, writtenTo } from './file-out.ts';
import { interruptible } from './interruptible.ts';
import { checkJsonlOut } from './jsonl-out.ts';
import { lateProgress } from './late-progress.ts';
import { wholeNumber } from './number-option.ts';

interface Options {
  readonly in: string;
  readonly out: string;
  readonly to: FormatName;
  readonly from?: FormatName;
  readonly columns?: ColumnMapping;
  readonly limit?: number;
  readonly benchmarks?: string;
  readonly outcomes?: string;
  readonly testItems?: boolean;
  readonly model?: string;
  readonly json?: boolean;
}

/** `carryover data convert`: any source, as rows of another format. */
export function convertSubcommand(parent: Command): void {
  parent
    .command('convert')
    .description('Write any source of training data as JSONL of a chosen format, row by row as it is read')
    .requiredOption('--in <source>', SOURCES_HELP)
    .requiredOption('--out <file>', 'where the rows go, a .jsonl file')
    .addOption(new Option('--to <format>', 'format to write').choices(FORMAT_NAMES).default('messages'))
    .addOption(
      new Option('--from <format>', 'format to read (default: recognised by the columns)').choices(
        FORMAT_NAMES,
      ),
    )
    .addOption(columnsFlag())
    .option('--limit <rows>', 'only the first so many rows', wholeNumber('--limit'))
    .option(
      '--benchmarks <names>',
      'of samples: only answers to these; files of your own benchmarks are named here',
    )
    .option(
      '--outcomes <names>',
      `of samples: which answers, of ${SAMPLE_OUTCOMES.join(', ')} (default: correct)`,
    )
    .option('--test-items', 'of samples: these items may be trained on although a benchmark tests with them')
    .option(
      '--model <ref>',
      'of samples that were asked through a chat template: the model whose template it was',
    )
    .option('--json', 'print the counts as JSON')
    .addHelpText(
      'after',
      examplesText([
        'carryover data convert --in tatsu-lab/alpaca --out alpaca.jsonl',
        'carryover data convert --in rows.csv --columns prompt=problem,completion=solution --out rows.jsonl',
        'carryover data convert --in big.jsonl.zst --to sharegpt --limit 100000 --out part.jsonl --json',
        'carryover data convert --in samples:out/drawn --out own.jsonl     # right answers of eval --samples, to train on',
      ]),
    )
    .action(act);
}

async function act(options: Options): Promise<void> {
  const { out, to } = options;
  await checkJsonlOut(out);
  const spec = withOptions((await sourceArgument(options.in)).source, options);
  const { model } = options;
  const chatTemplate =
    model && (await withCheckpoint({ ref: model }, async (checkpoint) => checkpoint.chatTemplate));
  const opened = await openSource(spec, chatTemplate ? { chatTemplate } : {});
  const replaced = await checkFileOut(
    out,
    opened.files.map(({ local }) => local),
  );
  const counts: ConvertCounts = {
    rows: 0,
    written: 0,
    dropped: { 'empty-answer': 0, 'empty-question': 0 },
    leftOutColumns: new Set(),
    format: null,
  };
  const view = lateProgress();
  try {
    await interruptible(async (signal) => {
      const total = await bytesOf(opened);
      const onBytes = (done: number): void => {
        view.show({ done, total, unit: 'bytes', note: `${counted(counts.written, 'row')} to ${out}` });
      };
      await writeAtomicChunks(out, convertedLines(opened, spec, to, counts, { onBytes, signal }));
    });
  } finally {
    view.close();
  }
  report(options, opened, counts, replaced);
}

const DROPS = [
  ['empty-answer', 'answers'],
  ['empty-question', 'questions'],
] as const;

function report(
  { out, to, json }: Options,
  opened: OpenSource,
  counts: ConvertCounts,
  replaced: boolean,
): void {
  const { format, rows, written, dropped } = counts;
  const leftOut = [...counts.leftOutColumns];
  if (json) {
    const from = format && { name: format.name, by: format.from };
    const { title, licence } = opened;
    const result = { in: title, licence, from, to, rows, written, dropped };
    printLine(JSON.stringify({ ...result, left_out_columns: leftOut, out, replaced }));
    return;
  }
  const notes = [
    ...DROPS.flatMap(([reason, words]) =>
      dropped[reason] === 0 ? [] : [`${counted(dropped[reason], 'row')} with empty ${words} left out`],
    ),
    ...(leftOut.length === 0
      ? []
      : [`${leftOut.length === 1 ? 'column' : 'columns'} left out: ${leftOut.join(', ')}`]),
  ].map((note) => `; ${note}`);
  const what = `${counted(written, 'row')} of ${opened.title}, ${format?.name} to ${to}`;
  printLine(`${what}${notes.join('')}: ${writtenTo(out, replaced)}`);
}

/** The source with what the options say about it. Throws UserError for an option that means nothing for its kind. */
function withOptions(source: SourceSpec, options: Options): SourceSpec {
  const { from, columns, limit, benchmarks, outcomes, testItems } = options;
  const ofRows = { '--from': from, '--columns': columns };
  const ofSamples = { '--benchmarks': benchmarks, '--outcomes': outcomes, '--test-items': testItems };
  const first = limit === undefined ? {} : { limit };
  if ('procedural' in source) {
    refuseFlags(
      { ...ofRows, ...ofSamples, '--limit': limit },
      'procedural tasks: proc/TASK:ROWS says how many rows',
    );
    return source;
  }
  if ('samples' in source) {
    refuseFlags(ofRows, 'samples');
    return {
      ...source,
      ...first,
      ...(benchmarks === undefined ? {} : { benchmarks: benchmarks.split(',') }),
      ...(outcomes === undefined ? {} : { outcomes: checkedOutcomes(outcomes.split(',')) }),
      ...(testItems === undefined ? {} : { testItems }),
    };
  }
  refuseFlags(ofSamples, 'files and datasets of the hub');
  const format = from === undefined ? {} : { format: from };
  return { ...source, ...first, ...format, ...(columns === undefined ? {} : { columns }) };
}
