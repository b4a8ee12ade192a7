/**
 * The tokenizer inside a GGUF file as the files that Hugging Face's libraries read, so that one implementation
 * encodes for every source and a written model carries its tokenizer with it.
 * Field names: `gguf-py/gguf/constants.py`; token types: `enum llama_token_type` of llama.cpp.
 */
import { bytePairParts } from '../byte-pair-parts.ts';
import type { TokenizerFiles } from '../checkpoint.ts';
import { malformed } from '../malformed.ts';
import type { GgufFields } from './header.ts';
import { PRE_TOKENIZERS } from './pre-tokenizers.table.ts';
import { sentencePieceModel } from './sentencepiece.ts';

const CONTROL = 3;
const USER_DEFINED = 4;
const UNKNOWN = 2;
const key = (name: string) => `tokenizer.ggml.${name}`;

/** `context`: the model's context length, which transformers keeps in tokenizer_config.json. */
export function ggufTokenizer(file: string, fields: GgufFields, context: number): TokenizerFiles {
  const kind = fields.text(key('model'));
  if (kind !== 'gpt2' && kind !== 'llama') {
    throw malformed(
      file,
      kind === undefined ? 'the file holds no tokenizer' : `the tokenizer model ${kind} is not supported`,
      'Supported in GGUF: gpt2 (byte-level BPE) and llama (SentencePiece).',
    );
  }
  const tokens = fields.texts(key('tokens'));
  if (!tokens?.length) throw malformed(file, `the field ${key('tokens')} is missing or empty`);
  const types = fields.numbers(key('token_type')) ?? tokens.map(() => 1);
  if (types.length !== tokens.length) {
    throw malformed(file, `${tokens.length} tokens, but ${types.length} token types`);
  }
  const vocabulary = new Map(tokens.map((token, id) => [token, id]));
  if (vocabulary.size !== tokens.length) {
    const id = tokens.findIndex((token, at) => vocabulary.get(token) !== at);
    throw malformed(file, `the token ${JSON.stringify(tokens[id])} is in the vocabulary twice`);
  }
  const tokenAt = (name: string) => {
    const id = fields.number(key(name));
    if (id === undefined) return undefined;
    const token = tokens[id];
    if (token === undefined) throw malformed(file, `the field ${key(name)} is ${id}: there is no such token`);
    return { id, content: token };
  };
  const bos = tokenAt('bos_token_id');
  const eos = tokenAt('eos_token_id');
  const unknown = tokenAt('unknown_token_id');
  const pad = tokenAt('padding_token_id');

  const model =
    kind === 'gpt2' ? byteLevelModel(file, fields, vocabulary) : spModel(file, fields, tokens, types);
  const addBos = fields.flag(key('add_bos_token')) ?? model.addBos;
  const json = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: tokens.flatMap((content, id) =>
      types[id] === CONTROL || types[id] === USER_DEFINED || types[id] === UNKNOWN
        ? [
            {
              id,
              content,
              single_word: false,
              lstrip: false,
              rstrip: false,
              normalized: false,
              special: types[id] !== USER_DEFINED,
            },
          ]
        : [],
    ),
    normalizer: model.normalizer,
    pre_tokenizer: model.preTokenizer,
    post_processor: addBos && bos ? prepend(bos) : null,
    decoder: model.decoder,
    model: model.model,
  };
  const template = fields.text('tokenizer.chat_template');
  return {
    tokenizerJson: JSON.stringify(json),
    tokenizerConfig: {
      tokenizer_class: 'PreTrainedTokenizerFast',
      ...(bos && { bos_token: bos.content }),
      ...(eos && { eos_token: eos.content }),
      ...(unknown && { unk_token: unknown.content }),
      ...(pad && { pad_token: pad.content }),
      clean_up_tokenization_spaces: false,
      model_max_length: context,
    },
    ...(template !== undefined && { chatTemplate: template }),
  };
}

interface ModelParts {
  readonly normalizer: unknown;
  readonly preTokenizer: unknown;
  readonly decoder: unknown;
  readonly model: unknown;
  readonly addBos: boolean;
}

function byteLevelModel(
  file: string,
  fields: GgufFields,
  vocabulary: ReadonlyMap<string, number>,
): ModelParts {
  const name = fields.text(key('pre')) ?? 'default';
  const pre = Object.hasOwn(PRE_TOKENIZERS, name) ? PRE_TOKENIZERS[name] : undefined;
  if (!pre) {
    throw malformed(
      file,
      `the pre-tokenizer ${name} is not supported`,
      `Supported: ${Object.keys(PRE_TOKENIZERS).join(', ')}. The model's safetensors bring their own tokenizer.`,
    );
  }
  const merges = fields.texts(key('merges'));
  if (!merges) throw malformed(file, `the field ${key('merges')} is missing`);
  const pairs = merges.map((merge) => {
    // A space never stands inside a byte-level token, so the one space separates the two parts.
    const space = merge.indexOf(' ');
    const pair: [string, string] = [merge.slice(0, space), merge.slice(space + 1)];
    if (space < 1 || pair.some((part) => !vocabulary.has(part)) || !vocabulary.has(pair.join(''))) {
      throw malformed(file, `the merge ${JSON.stringify(merge)} does not join two tokens into a third`);
    }
    return pair;
  });
  return {
    normalizer: pre.normalizer,
    preTokenizer: pre.steps.length === 1 ? pre.steps[0] : { type: 'Sequence', pretokenizers: pre.steps },
    ...bytePairParts({
      vocab: Object.fromEntries(vocabulary),
      merges: pairs,
      ignoreMerges: pre.ignoreMerges,
    }),
    addBos: pre.addBos,
  };
}

function spModel(
  file: string,
  fields: GgufFields,
  tokens: readonly string[],
  types: readonly number[],
): ModelParts {
  const scores = fields.numbers(key('scores'));
  if (scores?.length !== tokens.length) {
    throw malformed(file, `${tokens.length} tokens, but ${scores?.length ?? 'no'} scores`);
  }
  const unknown = tokens[fields.number(key('unknown_token_id')) ?? 0] ?? null;
  const prefix = fields.flag(key('add_space_prefix')) ?? true;
  return { ...sentencePieceModel(tokens, types, scores, unknown, prefix), addBos: true };
}

/** Begin-of-text before every text, as `tokenizers`' TemplateProcessing writes it. */
function prepend(bos: { id: number; content: string }) {
  const special = { SpecialToken: { id: bos.content, type_id: 0 } };
  return {
    type: 'TemplateProcessing',
    single: [special, { Sequence: { id: 'A', type_id: 0 } }],
    pair: [special, { Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
    special_tokens: { [bos.content]: { id: bos.content, ids: [bos.id], tokens: [bos.content] } },
  };
}
