/**
 * A small model's own tokenizer, learned from its corpus: byte-level pairs, so that every text has tokens and comes
 * back unchanged; digits stand alone, so that a number is read digit by digit.
 */

import { BYTE_LETTERS, toByteLetters } from '../checkpoint/byte-letters.ts';
import { bytePairParts } from '../checkpoint/byte-pair-parts.ts';
import type { TokenizerFiles } from '../checkpoint/checkpoint.ts';
import { learnMerges } from './byte-pairs.ts';
import { splitWords } from './split-words.ts';

/** Ends every document and every answer. The only special token; id 0. */
export const END_OF_TEXT = '<|endoftext|>';

/**
 * A conversation is written as documents are (`src/procedural/layout.ts`): the question with its heading, then the
 * answer, whose text says itself whether a solution comes first. So nothing stands between prompt and answer.
 */
const CHAT_TEMPLATE =
  `{% for message in messages %}` +
  `{% if message['role'] == 'assistant' %}{{ message['content'] + eos_token }}` +
  `{% elif message['role'] == 'system' %}{{ message['content'] + '\\n' }}` +
  `{% else %}{{ 'Question: ' + message['content'] + '\\n' }}{% endif %}{% endfor %}`;

/** `entries`: tokens in all, at least 257. Throws RangeError when the documents are too few for so many. */
export function learnTokenizer(
  documents: Iterable<string>,
  entries: number,
  context: number,
): TokenizerFiles {
  const counts = new Map<string, number>();
  for (const document of documents)
    for (const word of splitWords(document)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = new Map([...counts].map(([word, count]) => [toByteLetters(word), count]));
  const wanted = entries - 1 - BYTE_LETTERS.length;
  const merges = learnMerges(words, wanted);
  if (merges.length < wanted)
    throw new RangeError(
      `the documents have only ${merges.length} pairs that occur twice, not the ${wanted} that ${entries} entries need`,
    );
  const tokens = [END_OF_TEXT, ...BYTE_LETTERS, ...merges.map((merge) => merge.join(''))];
  return {
    tokenizerJson: `${JSON.stringify(tokenizerJson(tokens, merges), null, 1)}\n`,
    tokenizerConfig: {
      tokenizer_class: 'PreTrainedTokenizerFast',
      bos_token: END_OF_TEXT,
      eos_token: END_OF_TEXT,
      pad_token: END_OF_TEXT,
      clean_up_tokenization_spaces: false,
      model_max_length: context,
    },
    chatTemplate: CHAT_TEMPLATE,
  };
}

/** In the layout of Hugging Face's tokenizers library. */
function tokenizerJson(tokens: readonly string[], merges: readonly (readonly [string, string])[]): object {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [
      {
        id: 0,
        content: END_OF_TEXT,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
        special: true,
      },
    ],
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Digits', individual_digits: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      ],
    },
    post_processor: null,
    ...bytePairParts({
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: merges.map((merge) => merge.join(' ')),
      ignoreMerges: false,
    }),
  };
}
