import type { Command } from 'commander';
import type { Benchmark } from '../benchmarks/benchmark.ts';
import { chooseBenchmarks } from '../benchmarks/own/resolve.ts';
import { type Counts, Decontamination } from '../data/overlap/decontaminate-rows.ts';
import { type BenchmarkIndex, indexBenchmarks, PUBLISHED } from '../data/overlap/index-benchmarks.ts';
import {
  ACTIONS,
  type Action,
  DEFAULT_ACTIONS,
  LAYER_MEANINGS,
  LAYERS,
  type Layer,
  type LayerActions,
} from '../data/overlap/layers.ts';
import { rowLine } from '../data/overlap/row-line.ts';
import type { ColumnMapping } from '../data/source-spec.ts';
import { UserError } from '../errors.ts';
import { printLine, sayLine } from '../platform/terminal.ts';
import { count, counted } from '../text/counts.ts';
import { meantNames } from '../text/known-name.ts';
import { textTable } from '../text/text-table.ts';
import { columnsFlag } from './columns-option.ts';
import {
  checkFirstRows,
  checkRowsOut,
  formattedRows,
  localFiles,
  openRowsIn,
  SOURCES_HELP,
} from './data-files.ts';
import { examplesText } from './examples-text.ts';
import { writtenTo } from './file-out.ts';
import { checkJsonlOut } from './jsonl-out.ts';
import { lateProgress } from './late-progress.ts';
import { writingFiles } from './writing-files.ts';

interface Options {
  readonly in: readonly string[];
  readonly against?: string;
  readonly suite?: string;
  readonly domain?: string;
  readonly out: string;
  readonly layers?: LayerActions;
  readonly columns?: ColumnMapping;
  readonly json?: boolean;
}

export function decontaminateSubcommand(parent: Command): void {
  parent
    .command('decontaminate')
    .description(
      'Remove rows that hold items of benchmarks; FILE.hits.jsonl tells every item found, with both texts',
    )
    .requiredOption('--in <source...>', `rows to look through, of one source or several: ${SOURCES_HELP}`)
    .option(
      '--against <names>',
      'benchmarks, groups or files of your own between commas, or all: every published one that can be had',
    )
    .option('--suite <name>', 'the benchmarks of a suite')
    .option('--domain <domain>', 'the benchmarks of a domain')
    .requiredOption('--out <file>', 'the kept rows, a .jsonl file')
    .option(
      '--layers <changes>',
      `what happens to a row by the layer that found something: LAYER=ACTION between commas, actions ${ACTIONS.join(', ')}`,
      layersOption,
    )
    .addOption(columnsFlag())
    .option('--json', 'print the counts as JSON')
    .addHelpText('after', `\n${layersText()}\n\n${COMPARED}`)
    .addHelpText(
      'after',
      examplesText([
        'carryover data decontaminate --in train.jsonl --against gsm8k,minerva_math500 --out clean.jsonl',
        'carryover data decontaminate --in train.jsonl --against all --out clean.jsonl --json',
        'carryover data decontaminate --in tatsu-lab/alpaca more.jsonl --against gsm8k --out clean.jsonl',
        'carryover data decontaminate --in train.jsonl --domain code --layers near=drop,template=off --out clean.jsonl',
      ]),
    )
    .action(act);
}

function layersText(): string {
  const rows = LAYERS.map((layer) => [`  ${layer}`, DEFAULT_ACTIONS[layer], LAYER_MEANINGS[layer]]);
  return ['Layers, from the surest, and what they do unless told otherwise:', ...textTable(rows)].join('\n');
}

const COMPARED = `Compared are the user turns of a row with the questions and choices of the items, by every layer; and by runs of
words the answers of a row, too, and the worked solutions and programs of the items. Case, punctuation, white
space, references of HTML and Unicode forms do not count. A row whose columns are in no known format is compared with
all its texts. A verbatim copy of a mathematical problem in which one number is another is found by the layer template:
it is flagged, not dropped, unless you ask for it (--layers template=drop).`;

/** `template=drop,near=off` on top of the defaults. Throws UserError for other text. */
function layersOption(text: string): LayerActions {
  const actions: Record<Layer, Action> = { ...DEFAULT_ACTIONS };
  for (const part of text.split(',')) {
    const [layer = '', action = '', ...more] = part.split('=').map((word) => word.trim());
    if (action === '' || more.length > 0) {
      throw new UserError(`--layers ${text}: "${part}" is not LAYER=ACTION`, {
        remedy: 'For example --layers template=drop,near=off.',
      });
    }
    const known = wordOf(text, layer, LAYERS, 'layer');
    actions[known] = wordOf(text, action, ACTIONS, 'action');
  }
  return actions;
}

function wordOf<Word extends string>(text: string, word: string, words: readonly Word[], kind: string): Word {
  const found = words.find((one) => one === word);
  if (found !== undefined) return found;
  const meant = meantNames(word, words).map((name) => `Did you mean ${name}? `);
  throw new UserError(`--layers ${text}: there is no ${kind} "${word}"`, {
    remedy: `${meant[0] ?? ''}The ${kind}s: ${words.join(', ')}.`,
  });
}

async function chosen({ against, suite, domain }: Options): Promise<readonly Benchmark[]> {
  const given = [against, suite, domain].filter((one) => one !== undefined);
  if (given.length !== 1) {
    throw new UserError(
      given.length === 0
        ? 'Nothing says which benchmarks to look for.'
        : 'Choose the benchmarks in one way only.',
      { remedy: 'Give one of --against NAME,NAME, --against all, --suite NAME or --domain DOMAIN.' },
    );
  }
  if (against === 'all') return PUBLISHED;
  return chooseBenchmarks({
    ...(against === undefined ? {} : { names: against }),
    ...(suite === undefined ? {} : { suite }),
    ...(domain === undefined ? {} : { domain }),
  });
}

async function act(options: Options): Promise<void> {
  const { out, layers: actions = DEFAULT_ACTIONS } = options;
  const benchmarks = await chosen(options);
  if (benchmarks.length === 0) throw new UserError('--against names no benchmark.');
  await checkJsonlOut(out);
  const inputs = await openRowsIn(options.in, options.columns);
  const hitsFile = `${out}.hits.jsonl`;
  const replaced = await checkRowsOut(out, hitsFile, localFiles(inputs));
  const { counts, against } = await writingFiles([out, hitsFile], async ([rows, hits], signal) => {
    await checkFirstRows(inputs);
    const against = await readBenchmarks(benchmarks, actions, options.against === 'all', signal);
    const work = new Decontamination(against.index, actions);
    for (const input of inputs) {
      let unknown = 0;
      for await (const { row, format } of formattedRows(input, signal)) {
        if (!format && unknown++ === 0) sayLine(unknownFormat(row.file));
        const judged = work.judge(row, format);
        if (judged.fate !== 'dropped') await rows!.write(rowLine(row));
        for (const hit of judged.hits) await hits!.write(`${JSON.stringify({ file: row.file, ...hit })}\n`);
      }
    }
    return { counts: work.counts(), against };
  });
  const { leftOut } = against;
  if (options.json) {
    const about = { against: against.benchmarks.length, items: against.items, left_out: leftOut };
    printLine(JSON.stringify({ ...counts, ...about, out, replaced, hits: hitsFile }));
  } else printLine(summary(counts, against, actions, writtenTo(out, replaced), hitsFile));
}

const unknownFormat = (file: string): string =>
  `${file}: the columns are in no known format, so every text of a row is compared as a question (--columns names them).`;

async function readBenchmarks(
  benchmarks: readonly Benchmark[],
  actions: LayerActions,
  tolerant: boolean,
  signal: AbortSignal,
): Promise<BenchmarkIndex> {
  const view = lateProgress();
  try {
    return await indexBenchmarks(benchmarks, {
      actions,
      tolerant,
      signal,
      onProgress: (done, total, note) => view.show({ done, total, unit: 'items', note }),
    });
  } finally {
    view.close();
  }
}

function summary(
  counts: Counts,
  { benchmarks, items, leftOut }: BenchmarkIndex,
  actions: LayerActions,
  out: string,
  hits: string,
): string {
  const { rows, kept, dropped, flagged, layers } = counts;
  const lines = [
    `${counted(rows, 'row')} against ${counted(items, 'item')} of ${counted(benchmarks.length, 'benchmark')}: ` +
      `${count(kept)} kept, ${count(dropped)} dropped; ${count(flagged)} of the kept ones are flagged`,
    ...textTable(
      LAYERS.map((layer) => [`  ${layer}`, count(layers[layer]), actions[layer], LAYER_MEANINGS[layer]]),
      new Set([1]),
    ),
  ];
  const most = Object.entries(counts.benchmarks).sort(([, a], [, b]) => b - a);
  if (most.length > 0) {
    const shown = most.slice(0, 8).map(([name, n]) => `${name} ${count(n)}`);
    lines.push(
      `rows by benchmark: ${shown.join(', ')}${most.length > 8 ? `, and ${most.length - 8} more` : ''}`,
    );
  }
  if (leftOut.length > 0) {
    lines.push(
      `NOT looked for, because their data cannot be had here: ${leftOut.map((one) => one.benchmark).join(', ')}`,
    );
  }
  return [...lines, `kept rows: ${out}`, `every item found: ${hits}`, ...dropHint(counts, actions)].join(
    '\n',
  );
}

/** How to be rid of what was only flagged. */
function dropHint({ flagged, layers }: Counts, actions: LayerActions): string[] {
  if (flagged === 0) return [];
  const flags = LAYERS.filter((layer) => actions[layer] === 'flag' && layers[layer] > 0);
  // What was set to `off` must stay so.
  const kept = LAYERS.filter(
    (layer) => actions[layer] !== 'flag' && actions[layer] !== DEFAULT_ACTIONS[layer],
  );
  const changes = LAYERS.flatMap((layer) =>
    flags.includes(layer) ? [`${layer}=drop`] : kept.includes(layer) ? [`${layer}=${actions[layer]}`] : [],
  );
  return [`to drop the flagged rows as well: --layers ${changes.join(',')}`];
}
