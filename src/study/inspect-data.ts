/** Training data opened for looking at: rows of a source, or the packed rows of a step that was prepared. */
import type { ModelRef } from '../checkpoint/model-ref.ts';
import { inspectRow, wantedRows } from '../data/inspect/inspect-source.ts';
import { readStep, shownStep } from '../data/inspect/inspect-step.ts';
import type { Inspection } from '../data/inspect/inspection.ts';
import { findRows } from '../data/inspect/known-rows.ts';
import type { ShownRow } from '../data/inspect/shown-row.ts';
import type { PreparedFolder } from '../data/prepared-folders.ts';
import { readReceipt } from '../data/receipt/read-receipt.ts';
import { TRAINED_ON_WORDS, templateText } from '../data/receipt/receipt-text.ts';
import type { TrainOn } from '../data/render/render.ts';
import { trainingTemplate } from '../data/render/stand-in-template.ts';
import type { SourceSpec } from '../data/source-spec.ts';
import { openSource } from '../data/sources/open-source.ts';
import type { StageProgress } from '../data/stage.ts';
import { stageTools } from '../data/stage-tools.ts';
import { UserError } from '../errors.ts';
import { count, counted } from '../text/counts.ts';
import { withCheckpoint } from './facts.ts';
import { runSources } from './run-sources.ts';

/** One template, one prompt: what an evaluation asks has no input to be kept apart. */
const ALPACA_INPUT =
  'The input of a row stands behind its instruction, after an empty line; Stanford’s own frame for rows with an input has other words and a heading "### Input:".';

/** Rows by number from 1: `rows` of them from `first` on; Infinity for all there are. */
export interface Wanted {
  readonly first: number;
  readonly rows: number;
}

/**
 * Rows of a source as a model would be trained on them. `onProgress`: how many of the rows up to the last wanted one are
 * read. Throws UserError for a source without these rows.
 */
export function inspectSource(
  { name, source }: { readonly name: string; readonly source: SourceSpec },
  model: ModelRef,
  { first, rows }: Wanted,
  {
    trainOn,
    rowLength,
    onProgress,
  }: {
    readonly trainOn: TrainOn;
    readonly rowLength: number;
    readonly onProgress?: (progress: StageProgress) => void;
  },
): Promise<Inspection> {
  return withCheckpoint(model, async (checkpoint) => {
    const tools = stageTools(checkpoint);
    const template = trainingTemplate(tools.tokenizer, tools.chatTemplate, tools.eosTokens);
    const opened = await openSource(source, { chatTemplate: tools.chatTemplate });
    const last = first + rows - 1;
    const shown: ShownRow[] = [];
    const notes = new Set<string>();
    const onRow = (done: number): void =>
      onProgress?.({ unit: 'rows', done, total: last, note: `reading ${name}` });
    for await (const row of wantedRows(source, opened, (one) => one >= first, last, onRow)) {
      if (row.hasInput && template.name === 'alpaca') notes.add(ALPACA_INPUT);
      shown.push({ documents: inspectRow(name, row, { tools, template, trainOn, rowLength }), padding: 0 });
    }
    if (shown.length === 0)
      throw new UserError(`${name} has fewer than ${counted(first, 'row')}`, {
        remedy: 'Choose an earlier row.',
      });
    return {
      title: opened.title,
      model: checkpoint.name,
      facts: [`rendered with ${templateText({ template })}`, TRAINED_ON_WORDS[trainOn]],
      rows: shown.map((row, index) => ({ title: `row ${count(first + index)} of ${opened.title}`, row })),
      notes: [...notes],
    };
  });
}

/**
 * The packed rows of an optimizer step, with roles where the run's sources are at hand. `model`: another than the
 * run's study names. Throws UserError where the model is not known, or is not the one that the data were prepared for.
 */
export async function inspectPrepared(
  { id, folder, run }: PreparedFolder,
  model: ModelRef | undefined,
  step: number,
  wanted: Wanted,
): Promise<Inspection> {
  const receipt = await readReceipt(folder);
  const known = run === undefined ? null : await runSources(run);
  const ref = model ?? known?.model;
  if (ref === undefined)
    throw new UserError('Nothing says for which model these data were prepared.', {
      place: { file: folder },
      remedy: ['Name it: --model REF.', known?.problem].filter(Boolean).join('\n'),
    });
  const name = receipt.template.name;
  const template = ref.template ?? (name === 'model' ? undefined : name);
  return withCheckpoint({ ...ref, ...(template === undefined ? {} : { template }) }, async (checkpoint) => {
    const tools = stageTools(checkpoint);
    if (tools.tokenizer.fingerprint !== receipt.tokenizer)
      throw new UserError(`These data were prepared for another tokenizer than that of ${checkpoint.name}.`, {
        place: { file: folder },
        remedy: 'Name the model that they were prepared for: --model REF.',
      });
    const packed = await readStep(folder, step);
    const last = wanted.first + wanted.rows - 1;
    const members = packed.members.slice(wanted.first - 1, last);
    if (members.length === 0)
      throw new UserError(`--row ${wanted.first}: step ${step} has ${counted(packed.rows.length, 'row')}`, {
        remedy: `Choose a row from 1 to ${packed.rows.length}.`,
      });
    const found = await findRows(members.flat(), known?.sources ?? {}, {
      tools,
      template: trainingTemplate(tools.tokenizer, tools.chatTemplate, tools.eosTokens),
      trainOn: receipt.trainOn,
      // A run does not keep the folder of its study: files are looked for from the current one.
      baseFolder: '.',
    });
    const rows = shownStep(packed, found.rows, tools.tokenizer).slice(wanted.first - 1, last);
    const title = `step ${count(step)} of ${count(packed.steps)} of ${id}`;
    return {
      title,
      model: checkpoint.name,
      facts: [`rendered with ${templateText(receipt)}`, TRAINED_ON_WORDS[receipt.trainOn]],
      rows: rows.map((row, index) => ({
        title: `packed row ${wanted.first + index} of ${packed.rows.length} of ${title}: ${filledText(row)}`,
        row,
      })),
      notes: [
        ...(known?.problem === undefined ? [] : [known.problem]),
        ...found.missing,
        ...moreText(wanted, packed.rows.length),
      ],
      rowsOfStep: packed.rows.length,
    };
  });
}

/** What of a step follows its first rows, and how to see it; nothing where a later row was asked for. */
function moreText({ first, rows }: Wanted, all: number): string[] {
  const left = all - rows;
  return first > 1 || left <= 0 ? [] : [`${counted(left, 'more row')} in this step: --rows ${all}`];
}

/** `4 documents, 251 of 256 places filled`. */
function filledText({ documents, padding }: ShownRow): string {
  const filled = documents.reduce((sum, { length }) => sum + length, 0);
  return `${counted(documents.length, 'document')}, ${count(filled)} of ${counted(filled + padding, 'place')} filled`;
}
