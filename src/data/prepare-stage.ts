/** The data step of a study: sources, rendered, selected, mixed, packed, written, with a receipt. */
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { ensureFolder, readText, writeAtomic } from '../platform/files.ts';
import { planBatches } from './batch-plan.ts';
import type { ShownDocument } from './inspect/shown-row.ts';
import { interleave } from './interleave.ts';
import type { LoadedSource } from './load-source.ts';
import { loadSources } from './load-sources.ts';
import { type Course, momentOf } from './mixture/course.ts';
import { type PlacedExample, packedFiles, writePacked } from './packed-file.ts';
import { makeReceipt, type Taken } from './receipt.ts';
import { refuseFaults } from './render-example.ts';
import { sampleRows, writeSampleRows } from './sample-rows.ts';
import { selectPart } from './select.ts';
import type { DataReceipt, StagePart, StageSpec, StageTools } from './stage.ts';
import { trainingTemplate } from './stand-in-template.ts';

/** A stage as it is written: the content of its files. */
export interface PreparedStage {
  readonly receipt: DataReceipt;
  readonly packed: ReturnType<typeof packedFiles>;
  /** Of `sample-rows.json`. */
  readonly samples: readonly ShownDocument[];
}

/**
 * Prepares a stage into `folder`: `packed.bin`, `packed.json` (read them with `openPacked`), `sample-rows.json` and
 * `receipt.json`, which is written last, so that a folder with a receipt is complete. Equal specifications, files,
 * tokenizers and templates give equal bytes.
 *
 * Throws UserError for data that cannot be had or used (with file and line), for a source that is too small for its
 * part (the arms of a study could not be compute-matched), and for more steps than examples; nothing is written then.
 */
export async function prepareStage(
  spec: StageSpec,
  tools: StageTools & { readonly folder: string },
): Promise<DataReceipt> {
  const { receipt, packed, samples } = await makeStage(spec, tools);
  await ensureFolder(tools.folder);
  await writePacked(tools.folder, packed);
  await writeSampleRows(tools.folder, samples);
  await writeAtomic(join(tools.folder, 'receipt.json'), `${JSON.stringify(receipt, null, 2)}\n`);
  return receipt;
}

/** As `prepareStage`, in memory. */
export async function makeStage(spec: StageSpec, tools: StageTools): Promise<PreparedStage> {
  const template = trainingTemplate(tools.tokenizer, tools.chatTemplate, tools.eosTokens);
  const taken = await takeParts(spec, tools);
  try {
    const examples = placeExamples(taken, spec.course);
    const plan = planBatches(examples, spec, tools.width);
    const packed = packedFiles(
      examples,
      plan,
      taken.map(({ source }) => source.name),
    );
    const receipt = await makeReceipt(
      spec,
      tools.tokenizer.fingerprint,
      template,
      taken,
      examples,
      plan,
      packed.bin,
    );
    const samples = sampleRows(taken, { tools, template, trainOn: spec.trainOn ?? 'assistant' });
    return { receipt, packed, samples };
  } finally {
    for (const { source } of taken) source.close();
  }
}

/** The examples of all parts in the order of the stage. */
export function placeExamples(taken: readonly Taken[], course: Course | undefined): PlacedExample[] {
  const moments = course && taken.map(({ source }) => momentOf(course, source.name));
  const merged = interleave(
    taken.map(({ selection }) => selection.examples),
    moments && ((list, part) => moments[list]!(part)),
  );
  return merged.map(({ list, item, at }) => ({ ...item, list, at }));
}

/** The receipt of a prepared folder. */
export async function readReceipt(folder: string): Promise<DataReceipt> {
  return JSON.parse(await readText(join(folder, 'receipt.json'))) as DataReceipt;
}

/**
 * Loads the sources that the stage uses and takes its parts, sorted by the sources' names. The sources are the caller's
 * to close; where this fails they are closed already.
 */
export async function takeParts(spec: StageSpec, tools: StageTools): Promise<Taken[]> {
  const template = trainingTemplate(tools.tokenizer, tools.chatTemplate, tools.eosTokens);
  const parts = stageParts(spec);
  const total = parts.reduce((sum, part) => sum + part.tokens, 0);
  const opened: LoadedSource[] = [];
  const taken: Taken[] = [];
  let done = 0;
  const report = (more: number, note: string): void =>
    tools.onProgress?.({
      unit: 'tokens',
      done: done + more,
      total: Number.isFinite(total) ? total : 0,
      note,
    });
  try {
    const names = parts.map(({ source }) => source);
    const reading = (name: string): void => report(0, `reading ${name}`);
    for await (const source of loadSources(spec, names, tools, template, reading)) opened.push(source);
    for (const { source: name, from, tokens } of parts) {
      const loaded = opened.find((one) => one.name === name)!;
      const selection = await selectPart(
        loaded,
        { from, tokens },
        {
          seed: spec.seed,
          maxEpochs: loaded.spec.maxEpochs ?? 1,
          signal: tools.signal,
          onProgress: (more, rows) => {
            const note = `rendering ${name}`;
            // Of a whole source nobody knows beforehand how many tokens it has.
            if (Number.isFinite(tokens)) report(more, note);
            else tools.onProgress?.({ unit: 'rows', done: rows, total: loaded.size, note });
          },
        },
      );
      refuseFaults(name, loaded.counts, loaded.counts.rendered);
      done += selection.learns;
      taken.push({ source: loaded, from, selection });
    }
    return taken;
  } catch (error) {
    for (const source of opened) source.close();
    throw error;
  }
}

/** The parts in the order of their sources' names; all of every source when none are stated. */
export function stageParts(spec: StageSpec): StagePart[] {
  const parts =
    spec.parts ??
    Object.keys(spec.sources).map((source) => ({ source, from: 0, tokens: Number.POSITIVE_INFINITY }));
  const names = parts.map((part) => part.source);
  const unknown = names.find((name) => !Object.hasOwn(spec.sources, name));
  if (unknown !== undefined) {
    throw new UserError(`There is no source called ${unknown}.`, {
      remedy: `Sources: ${Object.keys(spec.sources).join(', ')}.`,
    });
  }
  if (new Set(names).size < names.length || names.length === 0) {
    throw new UserError('A stage takes one part of each of its sources.', {
      remedy: 'Name at least one source, and none twice.',
    });
  }
  return [...parts].sort((a, b) => (a.source < b.source ? -1 : 1));
}
