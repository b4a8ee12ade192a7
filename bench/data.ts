/** Reading, rendering and tokenising Alpaca against datasets and transformers: rows per second from file to tokens. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Checkpoint } from '../src/checkpoint/checkpoint.ts';
import { openCheckpoint } from '../src/checkpoint/open-checkpoint.ts';
import { makeTokenizer } from '../src/checkpoint/tokenizer.ts';
import { writeTokenizer } from '../src/checkpoint/write-folder.ts';
import { type LoadedSource, loadSource } from '../src/data/load-source.ts';
import { prepareStage } from '../src/data/prepare-stage.ts';
import { trainingTemplate } from '../src/data/render/stand-in-template.ts';
import type { StageSpec, StageTools } from '../src/data/stage.ts';
import { hubFiles } from '../src/platform/hub.ts';
import { type Comparison, countsProcessorTime, inTurns, type Side, timed } from './measure.ts';
import { Peer } from './peer.ts';
import type { Settings } from './settings.ts';

const DATASET = 'tatsu-lab/alpaca';
/** Rows whose ids are compared before anything is timed; they warm both sides up. */
const COMPARED = 2000;

const spec = (limit?: number): StageSpec => ({
  sources: { alpaca: { dataset: DATASET, ...(limit === undefined ? {} : { limit }) } },
  seed: 1,
  rowLength: 1024,
  batches: { rowsPerStep: 8 },
});

interface PeerRows {
  readonly rows: number;
  readonly ids: readonly (readonly number[])[];
  readonly children: number;
}

export async function* data({ model, python, threads, rounds }: Settings): AsyncGenerator<Comparison> {
  if (process.env['CARRYOVER_HUB'] === undefined)
    throw new Error('Set CARRYOVER_HUB to a local mirror of the hub: both sides read its Alpaca.');
  const checkpoint = await openCheckpoint({ ref: model ?? 'builtin:seedling' });
  const folder = await mkdtemp(join(tmpdir(), 'carryover-bench-'));
  try {
    const [file] = await hubFiles({ kind: 'dataset', id: DATASET }, 'data/train-*.parquet');
    await writeTokenizer(folder, tokenizerFilesOf(checkpoint));
    await using peer = new Peer(python, 'data_datasets.py', { tokenizer: folder, file: file!.local });
    await peer.ready();
    const ask = async (request: object) => {
      const asked = await peer.ask<PeerRows>({ batched: false, processes: threads, ...request });
      const children = countsProcessorTime() ? asked.result.children : 0;
      return { ...asked.result, units: asked.result.rows, seconds: asked.seconds + children };
    };
    await ask({ limit: COMPARED, batched: true });
    const note = await agreement(checkpoint, (await ask({ limit: COMPARED, show: COMPARED })).ids);
    const byRow: Side = { run: () => ask({}) };
    const inBatches: Side = { run: () => ask({ batched: true }) };
    const ours: Side = { run: () => renderAll(checkpoint) };
    const stage: Side = { run: () => prepareAll(checkpoint, folder) };
    await renderAll(checkpoint, COMPARED);
    const here = 'Alpaca read, rendered with its mask and tokenised';
    const unit = 'rows/s';
    const first = await inTurns(ours, byRow, rounds);
    yield { title: `${here}, against datasets.map, row by row`, unit, ...first, aim: 1, note };
    const second = await inTurns(ours, inBatches, rounds);
    yield { title: `the same against batches in ${threads} processes, without a mask`, unit, ...second };
    const third = await inTurns(stage, byRow, rounds);
    yield {
      title: 'a whole data step (packed, receipt written), against datasets.map alone',
      unit,
      ...third,
    };
  } finally {
    await checkpoint.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the peer renders with: the template that training would take. */
function tokenizerFilesOf({ tokenizerFiles, tokenizer, chatTemplate, config }: Checkpoint) {
  const { template } = trainingTemplate(tokenizer, chatTemplate, config.eosTokens);
  const eos = tokenizer.decode(config.eosTokens.slice(0, 1));
  return {
    ...tokenizerFiles,
    chatTemplate: template.source,
    tokenizerConfig: { eos_token: eos, ...tokenizerFiles.tokenizerConfig },
  };
}

/** A tokenizer that has met no text yet: rendered rows and words are kept with theirs. */
function freshTools({ tokenizerFiles, config, chatTemplate }: Checkpoint): StageTools {
  const tokenizer = makeTokenizer('tokenizer', tokenizerFiles, config.vocabulary);
  return { tokenizer, chatTemplate, eosTokens: config.eosTokens };
}

function load(tools: StageTools, limit?: number): Promise<LoadedSource> {
  const stage = spec(limit);
  const template = trainingTemplate(tools.tokenizer, tools.chatTemplate, tools.eosTokens);
  return loadSource('alpaca', stage.sources['alpaca']!, stage, tools, template);
}

async function renderAll(checkpoint: Checkpoint, limit?: number) {
  const tools = freshTools(checkpoint);
  const { seconds, result } = await timed(async () => {
    const source = await load(tools, limit);
    for (let index = 0; index < source.size; index++) source.examples(index);
    return source.rows;
  });
  return { units: result, seconds };
}

async function prepareAll(checkpoint: Checkpoint, folder: string) {
  const tools = { ...freshTools(checkpoint), folder: join(folder, 'stage') };
  const { seconds, result } = await timed(() => prepareStage(spec(), tools));
  return { units: result.sources.reduce((sum, { rows }) => sum + rows, 0), seconds };
}

/** Ours end with the last supervised token: what a template writes behind it cannot change a loss. */
async function agreement(checkpoint: Checkpoint, theirs: PeerRows['ids']): Promise<string> {
  const source = await load(freshTools(checkpoint), COMPARED);
  let compared = 0;
  let equal = 0;
  for (let index = 0; index < source.size; index++) {
    for (const example of source.examples(index)) {
      compared++;
      const ids = theirs[example.row - 1]!;
      equal += Number(example.ids.every((id, at) => id === ids[at]));
    }
  }
  return `the same ids in ${equal} of ${compared} rows`;
}
