import type { Command } from 'commander';
import { NEAR_SIMILARITY } from '../data/overlap/deduplicator.ts';
import { rowLine } from '../data/overlap/row-line.ts';
import { rowTurns, type Turn } from '../data/overlap/row-turns.ts';
import { SeenRows } from '../data/overlap/seen-rows.ts';
import type { ColumnMapping } from '../data/source-spec.ts';
import { UserError } from '../errors.ts';
import { printLine, sayLine } from '../platform/terminal.ts';
import { count, counted } from '../text/counts.ts';
import { knownName } from '../text/known-name.ts';
import { columnsOption } from './columns-option.ts';
import { checkRowsIn, checkRowsOut, formattedRows, writingFiles } from './data-files.ts';
import { examplesText } from './examples-text.ts';
import { numberOption } from './number-option.ts';

const NEAR_ACTIONS = ['drop', 'flag', 'off'] as const;

interface Options {
  readonly in: readonly string[];
  readonly out: string;
  readonly near: string;
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
    .requiredOption(
      '--in <file...>',
      'one file or several, in the order of preference: JSONL, JSON, CSV or Parquet',
    )
    .requiredOption('--out <file>', 'the kept rows, a .jsonl file')
    .option('--near <action>', `what happens to near duplicates: ${NEAR_ACTIONS.join(', ')}`, 'drop')
    .option(
      '--similarity <share>',
      'least share of runs of three words that near duplicates have in common',
      numberOption('--similarity', { least: 0.5, most: 1 }),
      NEAR_SIMILARITY,
    )
    .option(
      '--columns <mapping>',
      'for rows of no known format: prompt=COLUMN,completion=COLUMN',
      columnsOption,
    )
    .option('--json', 'print the counts as JSON')
    .addHelpText('after', `\n${COMPARED}`)
    .addHelpText(
      'after',
      examplesText([
        'carryover data dedup --in rows.jsonl --out unique.jsonl',
        'carryover data dedup --in best.jsonl more.jsonl --near flag --out unique.jsonl --json',
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
  const near = knownName(options.near, NEAR_ACTIONS, 'action', `Actions: ${NEAR_ACTIONS.join(', ')}.`);
  await checkRowsIn(options.in);
  const table = `${options.out}.duplicates.jsonl`;
  await checkRowsOut(options.out, table, options.in);
  const counts = await writingFiles([options.out, table], async ([rows, duplicates], signal) => {
    const seen = new SeenRows(near === 'off' ? {} : { near: options.similarity });
    const counts: Counts = { rows: 0, kept: 0, dropped: 0, flagged: 0, exact: 0, near: 0, across: 0 };
    let form: { readonly name: string; readonly file: string } | undefined;
    for (const [place, file] of options.in.entries()) {
      seen.begin();
      for await (const { row, format } of formattedRows(file, options.columns, signal)) {
        if (row.row === 1) {
          form = sameForm(form, format?.name ?? `columns ${Object.keys(row.values).sort().join(', ')}`, file);
          if (!format)
            sayLine(`${file}: the columns are in no known format; all texts of a row are compared.`);
        }
        const turns = rowTurns(row, format);
        counts.rows++;
        const found = seen.find(turns, row.row);
        const dropped = found !== undefined && (found.kind === 'exact' || near === 'drop');
        if (!dropped) await rows!.write(rowLine(row));
        counts[dropped ? 'dropped' : 'kept']++;
        if (!found) continue;
        if (!dropped) counts.flagged++;
        counts[found.kind]++;
        if (found.source !== place) counts.across++;
        const record = {
          file,
          row: row.row,
          kind: found.kind,
          similarity: Number(found.similarity.toFixed(4)),
          kept_file: options.in[found.source],
          kept_row: found.row,
          text: shown(turns),
        };
        await duplicates!.write(`${JSON.stringify(record)}\n`);
      }
    }
    return counts;
  });
  if (options.json) {
    printLine(JSON.stringify({ ...counts, out: options.out, duplicates: table }));
    return;
  }
  const { rows, kept, dropped, flagged, exact, across } = counts;
  const more = [
    `${count(exact)} exact duplicates and ${count(counts.near)} near ones`,
    ...(options.in.length > 1 ? [`${count(across)} of them of a row of another file`] : []),
    ...(flagged > 0 ? [`${count(flagged)} were kept and are flagged`] : []),
  ];
  printLine(`${counted(rows, 'row')}: ${count(kept)} kept, ${count(dropped)} dropped; ${more.join(', ')}`);
  printLine(`kept rows: ${options.out}\nwhich row stands for which: ${table}`);
}

/** Rows of two formats in one file would not be read again. */
function sameForm(
  before: { readonly name: string; readonly file: string } | undefined,
  name: string,
  file: string,
): { readonly name: string; readonly file: string } {
  if (before && before.name !== name) {
    throw new UserError(`${file} has rows in the format ${name}, and ${before.file} in ${before.name}.`, {
      remedy:
        'One file holds rows of one format: bring them into the same one first, or run this for each file.',
    });
  }
  return before ?? { name, file };
}

/** Characters of a row that are shown beside its number. */
const SHOWN = 300;

function shown(turns: readonly Turn[]): string {
  const text = turns.map((turn) => turn.text).join('\n');
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
