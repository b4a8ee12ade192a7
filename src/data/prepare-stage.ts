/** The data step of a study: sources, rendered, selected, mixed, packed, written, with a receipt. */
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { sleep } from '../platform/clock.ts';
import { passingSha256, sha256Chunks, writeAtomic, writeAtomicChunks } from '../platform/files.ts';
import type { LoadedSource } from './load-source.ts';
import { loadSources } from './load-sources.ts';
import { planBatches } from './packing/batch-plan.ts';
import { binChunks, indexText, type PlannedStage } from './packing/packed-content.ts';
import { makeReceipt } from './receipt/receipt.ts';
import { refuseFaults } from './render/render-example.ts';
import { type NamedTemplate, trainingTemplate } from './render/stand-in-template.ts';
import { sampleRows, writeSampleRows } from './sample-rows.ts';
import { placeExamples } from './selection/schedule.ts';
import { selectPart } from './selection/select.ts';
import type { Taken } from './selection/taken.ts';
import type { DataReceipt, StagePart, StageSpec, StageTools } from './stage.ts';

/**
 * Prepares a stage into `folder`: `packed.bin`, `packed.json` (read them with `openPacked`), `sample-rows.json` and
 * `receipt.json`, which is written last, so that a folder with a receipt is complete. Equal specifications, files,
 * tokenizers and templates give equal bytes.
 *
 * Throws UserError for data that cannot be had or used (with file and line), for a source that is too small for its
 * part, and for more steps than examples; nothing is written then.
 */
export async function prepareStage(
  spec: StageSpec,
  tools: StageTools & { readonly folder: string },
): Promise<DataReceipt> {
  return withStage(spec, tools, async (stage, template) => {
    const hash = passingSha256();
    const { folder } = tools;
    await writeAtomicChunks(join(folder, 'packed.bin'), hash.of(packing(stage, tools)));
    await writeAtomicChunks(join(folder, 'packed.json'), indexText(stage));
    const trainOn = spec.trainOn ?? 'assistant';
    await writeSampleRows(folder, sampleRows(stage.taken, { tools, template, trainOn }));
    const receipt = await makeReceipt(spec, tools.tokenizer.fingerprint, template, stage, hash.digest());
    await writeAtomic(join(folder, 'receipt.json'), `${JSON.stringify(receipt, null, 2)}\n`);
    return receipt;
  });
}

/** The receipt that `prepareStage` would write; nothing is written. */
export async function stageReceipt(spec: StageSpec, tools: StageTools): Promise<DataReceipt> {
  return withStage(spec, tools, async (stage, template) => {
    const { sha256 } = await sha256Chunks(packing(stage, tools));
    return makeReceipt(spec, tools.tokenizer.fingerprint, template, stage, sha256);
  });
}

/** Chooses, orders and plans; what the sources keep on the disk is given back when `use` is done. */
async function withStage<T>(
  spec: StageSpec,
  tools: StageTools,
  use: (stage: PlannedStage<Taken>, template: NamedTemplate) => Promise<T>,
): Promise<T> {
  const taken = await takeParts(spec, tools);
  try {
    const schedule = placeExamples(taken, spec.course);
    const plan = planBatches(schedule, spec, tools.width);
    const template = trainingTemplate(tools.tokenizer, tools.chatTemplate, tools.eosTokens);
    return await use({ taken, schedule, plan }, template);
  } finally {
    for (const { source } of taken) source.close();
  }
}

/** The bytes of `packed.bin`, with progress between them where they take long. */
async function* packing(stage: PlannedStage, tools: StageTools): AsyncGenerator<Uint8Array> {
  const total = stage.plan.rows.length;
  for (const { bytes, rows } of binChunks(stage)) {
    yield bytes;
    await sleep(0, tools.signal);
    if (rows < total) tools.onProgress?.({ unit: 'rows', done: rows, total, note: 'packing' });
  }
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
      done += selection.supervisedTokens;
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
