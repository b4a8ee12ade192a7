/**
 * Stored answers of an earlier evaluation as a source: a model trained on what it wrote itself, and what was found
 * right (rejection sampling; on-policy data changes a model least, arXiv 2507.00432). A sample holds the hash of its
 * prompt and not the prompt, so that the prompt is made again from the benchmark's item and compared with the hash.
 *
 * What was asked as plain text is one user's turn with that text, few-shot examples and all, and the answer without the
 * white space before it, which is the template's business then. What was asked through a chat template is the item's
 * conversation with the answer as it was.
 */
import { basename, join, resolve } from 'node:path';
import type { Benchmark, GenerateItem } from '../../benchmarks/benchmark.ts';
import { resolveBenchmark } from '../../benchmarks/own/resolve.ts';
import type { ChatMessage } from '../../engine/engine.ts';
import { UserError } from '../../errors.ts';
import { loadItems } from '../../evaluation/load-items.ts';
import { promptHash, requestFor } from '../../evaluation/request.ts';
import { sampleFiles } from '../../evaluation/sample-files.ts';
import { fileStat } from '../../platform/files.ts';
import type { Sample } from '../../scoring/score.ts';
import { SAMPLE_OUTCOMES, type SampleOutcome, type SamplesSource } from '../source-spec.ts';
import { jsonlRows } from './json-rows.ts';
import { fileFacts, type OpenSource, type OpenSourceOptions } from './open-files.ts';
import { type DataFile, rowError, type SourceRow } from './row.ts';

/**
 * Throws UserError when there are no samples, for benchmarks that are not known or have nothing written, and for items
 * that would be trained on and tested on.
 */
export async function openSamples(spec: SamplesSource, options: OpenSourceOptions): Promise<OpenSource> {
  const outcomes = spec.outcomes ?? ['correct'];
  const all = await filesOf(spec.samples, resolve(options.baseFolder ?? '.', spec.samples));
  const benchmarks = await benchmarksOf(spec, all, options.baseFolder);
  for (const { benchmark } of benchmarks) refuseUntrainable(benchmark, spec);
  const files = benchmarks.map(({ file }) => file);
  return {
    title: `samples of ${basename(spec.samples)} (${outcomes.join(', ')})`,
    licence: [...new Set(benchmarks.map(({ benchmark }) => benchmark.licence))].join(', '),
    files,
    facts: () => fileFacts(files),
    rows: async function* (reading) {
      let left = spec.limit ?? Number.POSITIVE_INFINITY;
      for (const { file, benchmark } of benchmarks) {
        if (left <= 0) return;
        const items = await itemsOf(benchmark, options);
        for await (const row of jsonlRows(file, reading)) {
          const values = trainingRow(row, items, outcomes, options.chatTemplate);
          if (values === null) continue;
          // The row's own text is the sample's, and not what it became.
          const { json: _, ...place } = row;
          yield { ...place, values };
          if (--left <= 0) return;
        }
      }
    },
  };
}

interface SamplesFile {
  readonly name: string;
  readonly file: DataFile;
}

async function filesOf(shown: string, local: string): Promise<SamplesFile[]> {
  const found = await fileStat(local);
  if (found && !found.folder) return [{ name: basename(local, '.jsonl'), file: { local, shown } }];
  const inner = (await fileStat(join(local, 'samples')))?.folder ? 'samples' : '';
  const names = await sampleFiles(join(local, inner));
  if (names.length === 0) {
    throw new UserError(found ? 'This folder holds no samples.' : 'There is no such file or folder.', {
      place: { file: shown },
      remedy:
        'Name a folder that "carryover eval --out" wrote, or evaluations/base-1 of a run, or one of its samples files.',
    });
  }
  return names.map((path) => ({
    name: path.replace(/\.jsonl$/, ''),
    file: { local: join(local, inner, path), shown: join(shown, inner, path) },
  }));
}

async function benchmarksOf(
  { samples, benchmarks }: SamplesSource,
  all: readonly SamplesFile[],
  folder: string | undefined,
): Promise<{ readonly file: DataFile; readonly benchmark: Benchmark }[]> {
  if (benchmarks === undefined) {
    return Promise.all(
      all.map(async ({ name, file }) => ({ file, benchmark: await knownBenchmark(name, file, folder) })),
    );
  }
  return Promise.all(
    benchmarks.map(async (name) => {
      const benchmark = await resolveBenchmark(name, folder);
      const found = all.find((one) => one.name === benchmark.name);
      if (found) return { file: found.file, benchmark };
      throw new UserError(`There are no samples of ${benchmark.name}.`, {
        place: { file: samples },
        remedy: `There are some of ${all.map((one) => one.name).join(', ')}.`,
      });
    }),
  );
}

async function knownBenchmark(name: string, file: DataFile, folder: string | undefined): Promise<Benchmark> {
  try {
    return await resolveBenchmark(name, folder);
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    throw new UserError(`These are samples of ${name}, which is no benchmark of ours.`, {
      place: { file: file.shown },
      remedy: 'Name the file that describes it among the source’s benchmarks.',
      cause,
    });
  }
}

function refuseUntrainable(benchmark: Benchmark, { testItems, samples }: SamplesSource): void {
  const { name } = benchmark;
  if (benchmark.kind === 'choice') {
    throw new UserError(`${name} is judged by likelihood: its samples hold no written answer to train on.`, {
      place: { file: samples },
      remedy: 'Name the benchmarks whose answers are wanted (benchmarks), without this one.',
    });
  }
  // A split's name proves nothing: the test items of IFEval and GPQA are called train on the hub.
  const isTrain = 'generated' in benchmark && benchmark.generated.split === 'train';
  if (isTrain || testItems === true) return;
  throw new UserError(`Training on answers to ${name} would train on the items that it tests with.`, {
    place: { file: samples },
    remedy:
      'Draw answers to a split for training (proc/TASK@train, or a benchmark file of your own over a train split). If these are items for training, say so: test_items: true, on the command line --test-items.',
  });
}

async function itemsOf(
  benchmark: Benchmark,
  { hub }: OpenSourceOptions,
): Promise<ReadonlyMap<string, GenerateItem>> {
  const items = await loadItems(benchmark, undefined, hub);
  return new Map(items.flatMap((item) => (item.kind === 'generate' ? [[item.id, item]] : [])));
}

/** Null for a sample whose outcome is not wanted. */
function trainingRow(
  row: SourceRow,
  items: ReadonlyMap<string, GenerateItem>,
  outcomes: readonly SampleOutcome[],
  template: OpenSourceOptions['chatTemplate'],
): SourceRow['values'] | null {
  const {
    id,
    item: drawnFor,
    prompt_sha256: hash,
    output,
    outcome,
    benchmark,
  } = row.values as Partial<Sample>;
  if (typeof id !== 'string' || typeof output !== 'string' || typeof hash !== 'string') {
    throw rowError(row, 'this line is no sample.', 'Name a samples file that an evaluation wrote.');
  }
  if (!outcomes.some((one) => one === outcome)) return null;
  const item = items.get(drawnFor ?? id);
  if (item === undefined) {
    throw rowError(
      row,
      `${benchmark} has no item ${drawnFor ?? id}.`,
      'The benchmark or its data have changed since: evaluate again.',
    );
  }
  const conversation = answered(item, output, hash, template);
  if (conversation === null) {
    throw rowError(
      row,
      `the prompt of item ${item.id} cannot be made again: its hash is another.`,
      template === undefined
        ? 'If it was asked through a chat template, name the model (--model).'
        : 'The benchmark has changed since, or another model’s chat template was used: evaluate again.',
    );
  }
  return { messages: conversation, id, benchmark };
}

/** The conversation whose prompt has this hash, with the answer; null when none has. */
function answered(
  item: GenerateItem,
  output: string,
  hash: string,
  template: OpenSourceOptions['chatTemplate'],
): readonly ChatMessage[] | null {
  if (promptHash(requestFor(item, null)) === hash) {
    return [
      { role: 'user', content: item.prompt },
      { role: 'assistant', content: output.trimStart() },
    ];
  }
  if (template === undefined) return null;
  const renderChat = template.render.bind(template);
  if (promptHash(requestFor(item, { renderChat })) !== hash) return null;
  return [...item.messages, { role: 'assistant', content: output }];
}

/** Throws UserError for a name that is no outcome that can be trained on. */
export function checkedOutcomes(names: readonly string[]): SampleOutcome[] {
  return names.map((name) => {
    const known = SAMPLE_OUTCOMES.find((one) => one === name);
    if (known) return known;
    throw new UserError(`"${name}" is no outcome to train on.`, {
      remedy: `Outcomes: ${SAMPLE_OUTCOMES.join(', ')}. Answers that were cut or failed teach nothing.`,
    });
  });
}
