/** Reads a pretraining file: every problem at once, each with the line it is about. */
import { studyPath } from '../platform/package-folder.ts';
import { selectTasks, TASK_WORDS, withoutPrefix } from '../procedural/select.ts';
import type { Diagnostic } from '../study/diagnostics.ts';
import { describeIssue, didYouMean } from '../study/issue-text.ts';
import { parseYaml } from '../study/yaml-file.ts';
import { refuseOtherKind } from '../study/yaml-kinds.ts';
import type { CorpusPart } from './corpus.ts';
import type { Pretraining } from './pretraining.ts';
import { checkPretraining, type PartSection, type PretrainingSection, pretrainingKeys } from './schema.ts';

const KIND = {
  noun: 'pretraining',
  needs: 'name, model, tokenizer, corpus and training',
  example: studyPath('seedling.yaml'),
} as const;

/** Throws UserError with every problem of the text; `file` is the name shown. */
export function parsePretraining(file: string, text: string): Pretraining {
  return parseYaml<Pretraining>(file, text, KIND, (raw, valueAt) => {
    refuseOtherKind(raw, file, 'pretraining');
    const { section, issues } = checkPretraining(raw);
    const wrong = issues.flatMap((issue) => describeIssue(issue, { valueAt, knownKeys: pretrainingKeys }));
    const diagnostics = section ? between(section) : wrong;
    return { value: section && diagnostics.length === 0 ? resolved(section) : undefined, diagnostics };
  }).value;
}

/** Problems that need two values of the file, or a name that the product knows. */
function between({ model, corpus, training }: PretrainingSection): Diagnostic[] {
  const found: Diagnostic[] = [];
  const { hidden_size: width, num_attention_heads: heads, num_key_value_heads: kvHeads } = model;
  if (width % heads !== 0 || (width / heads) % 2 !== 0)
    found.push({
      path: ['model', 'num_attention_heads'],
      what: `hidden_size ${width} must be an even multiple of it, for the rotation of pairs`,
    });
  if (kvHeads !== undefined && heads % kvHeads !== 0)
    found.push({ path: ['model', 'num_key_value_heads'], what: `does not divide ${heads} heads` });
  if (training.max_length > model.max_position_embeddings)
    found.push({
      path: ['training', 'max_length'],
      what: `is more than the model's ${model.max_position_embeddings} positions`,
    });
  found.push(...betweenParts(corpus.parts, ['corpus', 'parts']));
  training.rounds.forEach(({ corpus: own }, at) => {
    found.push(...betweenParts(own?.parts ?? [], ['training', 'rounds', at, 'corpus', 'parts']));
  });
  return found;
}

function betweenParts(parts: readonly PartSection[], at: readonly PropertyKey[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  parts.forEach(({ procedural, facts, worked }, index) => {
    const path = [...at, index];
    if ((procedural === undefined) === (facts === undefined))
      found.push({ path, what: 'needs one of procedural and facts' });
    if (facts !== undefined && worked !== undefined)
      found.push({ path: [...path, 'worked'], what: 'facts have no solutions' });
    (procedural ?? []).forEach((word, index) => {
      if (TASK_WORDS.includes(withoutPrefix(word))) return;
      found.push({
        path: [...path, 'procedural', index],
        what: `there is no procedural task ${word}`,
        hint: didYouMean(withoutPrefix(word), TASK_WORDS),
      });
    });
  });
  return found;
}

function resolved({ name, seed, model, tokenizer, corpus, training }: PretrainingSection): Pretraining {
  return {
    name,
    seed,
    model: {
      width: model.hidden_size,
      layers: model.num_hidden_layers,
      heads: model.num_attention_heads,
      kvHeads: model.num_key_value_heads ?? model.num_attention_heads,
      feedForward: model.intermediate_size,
      context: model.max_position_embeddings,
      ropeTheta: model.rope_theta,
    },
    tokenizer: { entries: tokenizer.vocab_size, documents: tokenizer.documents },
    corpus: {
      seed: corpus.seed,
      parts: corpus.parts.map(resolvedPart),
      worked: corpus.worked,
      levels: corpus.levels,
    },
    batches: { documents: training.documents, longest: training.max_length },
    rounds: training.rounds.map(({ steps, learning_rate: learningRate, schedule, warmup, corpus: own }) => ({
      steps,
      learningRate,
      ...(schedule ? { schedule } : {}),
      ...(warmup === undefined ? {} : { warmup }),
      ...(own
        ? {
            corpus: {
              ...(own.parts ? { parts: own.parts.map(resolvedPart) } : {}),
              ...(own.levels ? { levels: own.levels } : {}),
            },
          }
        : {}),
    })),
    optimizer: {
      schedule: training.schedule,
      warmup: training.warmup,
      betas: training.betas,
      epsilon: 1e-8,
      weightDecay: training.weight_decay,
      clip: training.clip,
    },
    checkpointEvery: training.checkpoint_every,
  };
}

function resolvedPart({ weight, procedural, worked }: PartSection): CorpusPart {
  if (!procedural) return { weight, facts: 'world' };
  return { weight, tasks: selectTasks(procedural), ...(worked === undefined ? {} : { worked }) };
}
