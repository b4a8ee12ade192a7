/** Options that sub-commands of `data` share, and what is done with them. */
import { type Command, Option } from 'commander';
import { TEMPLATE_NAMES } from '../checkpoint/templates/templates.ts';
import type { ArgumentData } from '../data/data-argument.ts';
import type { MixtureData } from '../data/mixture/mixed-stage.ts';
import { DEDUP_MODES } from '../data/overlap/screen.ts';
import { TRAIN_ON } from '../data/render/render.ts';
import type { ColumnMapping, SourceSpec } from '../data/source-spec.ts';
import { UserError } from '../errors.ts';
import { columnsFlag } from './columns-option.ts';

/** A source without a model is prepared and shown for the model in the box. */
export const DATA_MODEL = 'builtin:seedling';

/** `--template`, `--train-on` and `--columns`: how rows of a source are rendered. `trainOn` explains the second. */
export function addRenderOptions(command: Command, trainOn: string): Command {
  return command
    .addOption(
      new Option('--template <name>', 'of a source: chat template instead of the model’s own').choices(
        TEMPLATE_NAMES,
      ),
    )
    .addOption(new Option('--train-on <what>', trainOn).choices(TRAIN_ON))
    .addOption(columnsFlag('of a source: '));
}

/** `--dedup`, for data that may be several sources. */
export function dedupOption(): Option {
  return new Option(
    '--dedup <how>',
    'leave out rows that repeat an earlier one, of the same source or of one named before it: exact, near or off (default: off, or what a mixture file says)',
  ).choices(DEDUP_MODES);
}

/** Throws UserError naming the options that were given and mean nothing for this kind of data. */
export function refuseFlags(given: Readonly<Record<string, unknown>>, kind: string): void {
  const flags = Object.keys(given).filter((flag) => given[flag] !== undefined);
  if (flags.length > 0)
    throw new UserError(`${flags.join(' and ')} cannot be used with ${kind}`, {
      remedy: `Leave out ${flags.join(' and ')}.`,
    });
}

/** Every source with the columns of `--columns`. Throws UserError where there is none that has columns. */
export function sourcesWithColumns(
  sources: Readonly<Record<string, SourceSpec>>,
  columns: ColumnMapping | undefined,
): Readonly<Record<string, SourceSpec>> {
  if (columns === undefined) return sources;
  const entries = Object.entries(sources).map(
    ([name, source]) =>
      [name, 'procedural' in source || 'samples' in source ? source : { ...source, columns }] as const,
  );
  if (entries.every(([, source]) => 'procedural' in source || 'samples' in source))
    throw new UserError('--columns has no effect on procedural tasks and samples');
  return Object.fromEntries(entries);
}

/** As `sourcesWithColumns`, of `--data`. Throws UserError for a mixture, whose file says them. */
export function dataWithColumns<Data extends ArgumentData | MixtureData>(
  data: Data,
  columns: ColumnMapping | undefined,
): Data {
  if (columns === undefined) return data;
  if ('mixture' in data)
    throw new UserError('--columns has no effect on a mixture: its file says the columns of each source', {
      remedy: 'Write columns: { prompt: ..., completion: ... } at the source.',
    });
  return { ...data, sources: sourcesWithColumns(data.sources, columns) };
}
