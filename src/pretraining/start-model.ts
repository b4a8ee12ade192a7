/** The model that a pretraining starts from: its tokenizer, learned, and its weights, drawn. */
import { join } from 'node:path';
import type { ModelConfig } from '../checkpoint/checkpoint.ts';
import { writeFolder } from '../checkpoint/write-folder.ts';
import { UserError } from '../errors.ts';
import { exists } from '../platform/files.ts';
import { type Corpus, documentAt } from './corpus.ts';
import { initialWeights } from './initial-weights.ts';
import type { Pretraining } from './pretraining.ts';
import { learnTokenizer } from './tokenizer-files.ts';

/** Writes it into `folder`, unless it is there: a folder with a `config.json` is complete. */
export async function writeStartModel(pretraining: Pretraining, folder: string): Promise<void> {
  if (await exists(join(folder, 'config.json'))) return;
  const { corpus, tokenizer, model, seed } = pretraining;
  const config = configOf(pretraining);
  const documents = firstDocuments(corpus, tokenizer.documents);
  let tokenizerFiles: ReturnType<typeof learnTokenizer>;
  try {
    tokenizerFiles = learnTokenizer(documents, tokenizer.entries, model.context);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(error.message, { remedy: 'Learn it from more documents, or ask for fewer entries.' });
  }
  await writeFolder(folder, { config, tokenizerFiles, readTensor: initialWeights(config, seed) });
}

function configOf({ model, tokenizer }: Pretraining): ModelConfig {
  const { width, layers, heads, kvHeads, feedForward, context, ropeTheta } = model;
  return {
    architecture: 'llama',
    layers,
    width,
    heads,
    kvHeads,
    headDim: width / heads,
    feedForward,
    vocabulary: tokenizer.entries,
    context,
    rmsNormEpsilon: 1e-5,
    ropeTheta,
    tiedHead: true,
    qkvBias: false,
    outputBias: false,
    qkNorm: false,
    bosToken: 0,
    eosTokens: [0],
    padToken: 0,
  };
}

function* firstDocuments(corpus: Corpus, count: number): IterableIterator<string> {
  for (let index = 0; index < count; index++) yield documentAt(corpus, index);
}
