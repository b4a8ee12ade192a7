/** Text to token ids and back: `@huggingface/tokenizers` on the content of a tokenizer.json. */
import { Tokenizer as Library } from '@huggingface/tokenizers';
import { z } from 'zod';
import { sha256 } from '../platform/files.ts';
import { byteLevelDecoder } from './byte-level-decoder.ts';
import type { Tokenizer, TokenizerFiles } from './checkpoint.ts';
import { malformed } from './malformed.ts';
import { withUnicodeSteps } from './tokenizer-steps.ts';
import { type EncodeText, wordEncoder } from './word-encoder.ts';

/** `file` is named when the content cannot be used. `vocabulary`: rows of the model's embedding. */
export function makeTokenizer(file: string, files: TokenizerFiles, vocabulary: number): Tokenizer {
  const { library, encode, byteLevel } = load(file, files);
  const added = [...library.get_added_tokens_decoder()].filter(([, token]) => token.special);
  const special = new Set(added.map(([id]) => id));
  const { model } = library;
  // The library's vocabulary array is as long as its largest id, also when ids are left out.
  const size = (model?.vocab.length ?? 0) as number;
  if (size === 0) throw malformed(file, 'the tokenizer has no vocabulary');
  if (size > vocabulary) {
    throw malformed(file, `the tokenizer has ${size} tokens, the model only ${vocabulary} embeddings`);
  }
  const { clean_up_tokenization_spaces: cleanUpField } = files.tokenizerConfig;
  const cleanUp = cleanUpField === true;
  const tokenOf = (id: number): string | undefined => library.id_to_token(id);
  const decode =
    byteLevel && !cleanUp && !model?.end_of_word_suffix
      ? byteLevelDecoder(
          new Set([...library.get_added_tokens_decoder().values()].map(({ content }) => content)),
          tokenOf,
        )
      : undefined;
  return {
    vocabulary: size,
    encode: (text, options) => encode(text, options?.addSpecial ?? false),
    decode: (ids, options) => {
      const shown = options?.skipSpecial ? ids.filter((id) => !special.has(id)) : ids;
      if (decode) return decode(shown);
      // The library refuses an empty list and prints `undefined` for an id it does not know.
      const known = shown.filter((id) => tokenOf(id) !== undefined);
      return known.length === 0 ? '' : library.decode(known, { clean_up_tokenization_spaces: cleanUp });
    },
    tokenId: (token) => library.token_to_id(token),
    isSpecial: (id) => special.has(id),
    controlTokens: added.map(([, { content }]) => content),
    fingerprint: sha256(`${files.tokenizerJson}\n${cleanUp}`),
  };
}

const id = z
  .int()
  .nonnegative()
  .max(2 ** 31);
/** What every tokenizer.json must have, so that the library does not fail in the middle of a text. */
const schema = z.looseObject({
  model: z.looseObject({
    type: z.string(),
    vocab: z.union([z.record(z.string(), id), z.array(z.tuple([z.string(), z.number()]))]),
  }),
  added_tokens: z.array(z.looseObject({ id, content: z.string().min(1) })).default([]),
  pre_tokenizer: z.looseObject({ type: z.string() }).nullable().default(null),
  normalizer: z.looseObject({ type: z.string() }).nullable().default(null),
  post_processor: z.looseObject({ type: z.string() }).nullable().default(null),
  decoder: z.looseObject({ type: z.string() }).nullable().default(null),
});

function load(
  file: string,
  files: TokenizerFiles,
): { readonly library: Library; readonly encode: EncodeText; readonly byteLevel: boolean } {
  try {
    const json = schema.parse(JSON.parse(files.tokenizerJson));
    const steps = withUnicodeSteps(json);
    const library = new Library(steps, { ...files.tokenizerConfig });
    const encode = wordEncoder(library, steps, files.tokenizerConfig);
    return {
      library,
      encode: encode ?? ((text, special) => library.encode(text, { add_special_tokens: special }).ids),
      byteLevel: steps.decoder?.type === 'ByteLevel',
    };
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const reason = issue
      ? `${issue.path.join('.')}: ${issue.message}`
      : error instanceof Error
        ? error.message
        : String(error);
    throw malformed(file, `no usable tokenizer: ${reason}`, undefined, error);
  }
}
