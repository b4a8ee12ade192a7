/** What a stage will come to, before it is prepared: for `carryover run --dry-run`. */
import type { LoadedSource } from './load-source.ts';
import { loadSources } from './load-sources.ts';
import { stageParts } from './prepare-stage.ts';
import { trainingTemplate } from './render/stand-in-template.ts';
import { permutation } from './selection/random.ts';
import { selectPart } from './selection/select.ts';
import type { StageEstimate, StageSpec, StageTools } from './stage.ts';

/** Rows of each source that are rendered to learn their lengths. */
const SAMPLE = 64;
/** A source with less than so many times what is asked is counted exactly: a sample may be a quarter wrong. */
const DOUBT = 1.5;
/** Share of a packed row that is usually filled. */
const FILL = 0.97;

/**
 * Reads every row (so malformed rows are found) and renders a sample of each source. Throws the errors that
 * `prepareStage` would throw for missing or malformed data, and for a source that is too small.
 * `onSource`: whose turn it is, so that the caller knows which source an error is of.
 */
export async function estimateStage(
  spec: StageSpec,
  tools: StageTools,
  onSource: (source: string) => void = () => {},
): Promise<StageEstimate> {
  const opened: LoadedSource[] = [];
  try {
    return await estimate(spec, tools, opened, onSource);
  } finally {
    for (const source of opened) source.close();
  }
}

/** `opened`: gathers the sources that the caller closes. */
async function estimate(
  spec: StageSpec,
  tools: StageTools,
  opened: LoadedSource[],
  onSource: (source: string) => void,
): Promise<StageEstimate> {
  const template = trainingTemplate(tools.tokenizer, tools.chatTemplate, tools.eosTokens);
  const sources: { name: string; supervisedTokens: number; available: number; rows: number }[] = [];
  const drawn: Drawn[] = [];
  let tokens = 0;
  const parts = stageParts(spec);
  const names = parts.map(({ source }) => source);
  for await (const source of loadSources(spec, names, tools, template, onSource)) opened.push(source);
  for (const part of parts) {
    onSource(part.source);
    const loaded = opened.find(({ name }) => name === part.source)!;
    const mean = sample(loaded, spec.seed);
    const available = Math.round(mean.learns * loaded.size);
    const maxEpochs = loaded.spec.maxEpochs ?? 1;
    const count = async (): Promise<number> => {
      onSource(part.source);
      const options = { seed: spec.seed, maxEpochs, signal: tools.signal };
      return (await selectPart(loaded, part, options)).size;
    };
    const supervisedTokens = Math.min(part.tokens, available * maxEpochs);
    const doubtful =
      Number.isFinite(part.tokens) && available * maxEpochs < DOUBT * (part.from + part.tokens);
    const exact = doubtful ? await count() : undefined;
    drawn.push({ about: mean.learns > 0 ? (supervisedTokens * mean.kept) / mean.learns : 0, exact, count });
    tokens += mean.learns > 0 ? (supervisedTokens * mean.tokens) / mean.learns : 0;
    sources.push({ name: part.source, supervisedTokens, available, rows: loaded.rows });
  }
  const packedRows = Math.max(1, Math.ceil(tokens / (FILL * spec.rowLength)));
  const steps =
    'steps' in spec.batches ? spec.batches.steps : Math.ceil(packedRows / spec.batches.rowsPerStep);
  return {
    examples: await countExamples(drawn, 'steps' in spec.batches ? spec.batches.steps : 0),
    supervisedTokens: sources.reduce((sum, source) => sum + source.supervisedTokens, 0),
    tokens: Math.round(tokens / FILL),
    packedRows,
    steps,
    sources,
  };
}

/** The examples of one part: about how many, and exactly how many if that is known or asked for. */
interface Drawn {
  readonly about: number;
  readonly exact: number | undefined;
  readonly count: () => Promise<number>;
}

/** Exact where a sample cannot tell whether there are `steps` of them, for every optimizer step takes at least one. */
async function countExamples(drawn: readonly Drawn[], steps: number): Promise<number> {
  const about = drawn.reduce((sum, part) => sum + (part.exact ?? part.about), 0);
  if (about >= DOUBT * steps) return Math.round(about);
  let examples = 0;
  for (const part of drawn) examples += part.exact ?? (await part.count());
  return examples;
}

/** Means over a sample of all rows; rows that are dropped count as nothing. `kept`: the examples of a row. */
function sample(
  source: LoadedSource,
  seed: number,
): { readonly tokens: number; readonly learns: number; readonly kept: number } {
  const order = permutation(source.size, seed, 'epoch 0').slice(0, SAMPLE);
  let tokens = 0;
  let learns = 0;
  let kept = 0;
  for (const index of order) {
    for (const example of source.examples(index)) {
      kept++;
      tokens += example.ids.length;
      learns += example.learns;
    }
  }
  const count = Math.max(1, order.length);
  return { tokens: tokens / count, learns: learns / count, kept: kept / count };
}
