import { type Command, Option } from 'commander';
import { NEAR_SIMILARITY } from '../data/overlap/deduplicator.ts';
import { rowLine } from '../data/overlap/row-line.ts';
import { rowTurns, type Turn } from '../data/overlap/row-turns.ts';
import { SeenRows } from '../data/overlap/seen-rows.ts';
import type { ColumnMapping } from '../data/source-spec.ts';
import { printLine, sayLine } from '../platform/terminal.ts';
import { count, counted } from '../text/counts.ts';
import { cutText } from '../text/cut-text.ts';
import { columnsFlag } from './columns-option.ts';
import {
  checkFirstRows,
  checkRowsOut,
  formattedRows,
  localFiles,
  openRowsIn,
  type RowsIn,
  SOURCES_HELP,
} from './data-files.ts';
import { examplesText } from './examples-text.ts';
import { writtenTo } from './file-out.ts';
import { checkJsonlOut } from './jsonl-out.ts';
import { numberOption } from './number-option.ts';
import { writingFiles } from './writing-files.ts';

const NEAR_ACTIONS = ['drop', 'flag', 'off'] as const;

interface Options {
  readonly in: readonly string[];
  readonly out: string;
  readonly near: (typeof NEAR_ACTIONS)[number];
  readonly similarity: number;
  readonly columns?: ColumnMapping;
  readonly json?: boolean;
}

export function dedupSubcommand(parent: Command): void {
  parent
    .command('dedup')
    .description(
      'Keep the first of rows that say the same; FILE.duplicates.jsonl tells which row stands for which',
    )
    .requiredOption('--in <source...>', `one or several, in the order of preference: ${SOURCES_HELP}`)
    .requiredOption('--out <file>', 'the kept rows, a .jsonl file')
    .addOption(
      new Option('--near <action>', 'what happens to near duplicates').choices(NEAR_ACTIONS).default('drop'),
    )
    .option(
      '--similarity <share>',
      'least share of runs of three words that near duplicates have in common',
      numberOption('--similarity', { least: 0.5, most: 1 }),
      NEAR_SIMILARITY,
    )
    .addOption(columnsFlag())
    .option('--json', 'print the counts as JSON')
    .addHelpText('after', `\n${COMPARED}`)
    .addHelpText(
      'after',
      examplesText([
        'carryover data dedup --in rows.jsonl --out unique.jsonl',
        'carryover data dedup --in best.jsonl more.jsonl --near flag --out unique.jsonl --json',
        'carryover data dedup --in rows.jsonl tatsu-lab/alpaca --out unique.jsonl',
        'carryover data dedup --in rows.jsonl --near off --out unique.jsonl      # exact ones alone: 40 bytes a row',
      ]),
    )
    .action(act);
}

const COMPARED = `Compared are whole conversations: questions and answers. Exact duplicates are equal but for case, punctuation,
white space, references of HTML and Unicode forms. Near duplicates share most runs of three words and have the same
numbers in the same order: a problem with other numbers is another problem. Memory: about a third of the text that is
kept.`;

interface Counts {
  rows: number;
  kept: number;
  dropped: number;
  flagged: number;
  exact: number;
  near: number;
  /** Duplicates of a row of another file. */
  across: number;
}

async function act(options: Options): Promise<void> {
  const { out, near } = options;
  const table = `${out}.duplicates.jsonl`;
  await checkJsonlOut(out);
  const inputs = await openRowsIn(options.in, options.columns);
  const replaced = await checkRowsOut(out, table, localFiles(inputs));
  const counts = await writingFiles([out, table], async ([rows, duplicates], signal) => {
    await checkFirstRows(inputs);
    const seen = new SeenRows(near === 'off' ? {} : { near: options.similarity });
    const counts: Counts = { rows: 0, kept: 0, dropped: 0, flagged: 0, exact: 0, near: 0, across: 0 };
    /** Every file of every source: row numbers begin anew in each. */
    const files: { readonly source: RowsIn; readonly file: string }[] = [];
    for (const input of inputs) {
      let first = true;
      for await (const { row, format } of formattedRows(input, signal)) {
        if (first && !format)
          sayLine(`${row.file}: the columns are in no known format; all texts of a row are compared.`);
        first = false;
        const turns = rowTurns(row, format);
        if (files.at(-1)?.source !== input || files.at(-1)?.file !== row.file) {
          files.push({ source: input, file: row.file });
          seen.begin();
        }
        const found = seen.find(turns, row.row);
        counts.rows++;
        const dropped = found !== undefined && (found.kind === 'exact' || near === 'drop');
        if (!dropped) await rows!.write(rowLine(row));
        counts[dropped ? 'dropped' : 'kept']++;
        if (!found) continue;
        if (!dropped) counts.flagged++;
        counts[found.kind]++;
        const kept = files[found.source]!;
        if (kept.source !== input) counts.across++;
        const record = {
          file: row.file,
          row: row.row,
          kind: found.kind,
          similarity: Number(found.similarity.toFixed(4)),
          kept_file: kept.file,
          kept_row: found.row,
          text: shown(turns),
        };
        await duplicates!.write(`${JSON.stringify(record)}\n`);
      }
    }
    return counts;
  });
  if (options.json) {
    printLine(JSON.stringify({ ...counts, out, replaced, duplicates: table }));
    return;
  }
  const { rows, kept, dropped, flagged, exact, across } = counts;
  const more = [
    `${count(exact)} exact duplicates and ${count(counts.near)} near ones`,
    ...(options.in.length > 1 ? [`${count(across)} of them of a row of another source`] : []),
    ...(flagged > 0 ? [`${count(flagged)} were kept and are flagged`] : []),
  ];
  printLine(`${counted(rows, 'row')}: ${count(kept)} kept, ${count(dropped)} dropped; ${more.join(', ')}`);
  printLine(`kept rows: ${writtenTo(out, replaced)}\nwhich row stands for which: ${table}`);
}

/** Characters of a row that are shown beside its number. */
const SHOWN = 300;

function shown(turns: readonly Turn[]): string {
  return cutText(turns.map((turn) => turn.text).join('\n'), SHOWN);
}
